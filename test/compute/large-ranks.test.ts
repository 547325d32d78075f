import { describe, expect, test } from "vitest";
import { averageRanks } from "../../src/compute/average-ranks.ts";
import { kendallTauA } from "../../src/compute/kendall-tau.ts";
import { averageRanksSync, rankVectors } from "../../src/compute/rank-vectors.ts";
import { setPath } from "../../src/compute/which-path.ts";
import { computeEngine } from "../../src/compute/compute-engine.ts";
import { kendallTauA as tauOf } from "../../src/stats/kendall-tau-a.ts";
import { digest, noise } from "./series.ts";

const n = 2 ** 18 + 1234;
const vectors: Record<string, Float64Array> = {
  smooth: noise(n, 1),
  tied: noise(n, 2).map((value) => Math.round(value * 50)),
  "two values": noise(n, 3).map(Math.sign),
  "one far value": noise(n, 4).fill(1e12, 77, 78),
  "in order": noise(n, 5).sort(),
  equal: new Float64Array(n).fill(0.1),
  infinite: noise(n, 6).fill(Infinity, 5, 9).fill(-Infinity, 1000, 1001),
};

describe("ranks of vectors too long for the cache", () => {
  test.each(Object.entries(vectors))("%s", async (_, values) => {
    await (await computeEngine.pool())?.ready(2);
    const expected = digest([averageRanks(values)]);
    for (const jobs of [1, 2, 3])
      expect(digest(await rankVectors([values], { jobs }))).toBe(expected);
    for (const mode of ["kernels", "plain"] as const) {
      setPath(mode);
      expect(digest([averageRanksSync(values)])).toBe(expected);
      setPath("auto");
    }
  });

  test("NaN makes all ranks NaN", async () => {
    const [{ ranks }] = await rankVectors([noise(n, 1).fill(NaN, 9, 10)]);
    expect(ranks.every(Number.isNaN)).toBe(true);
  });
});

test("Kendall's tau of vectors with more distinct values than one tree of counters takes", async () => {
  const half = vectors.smooth.map((value, k) => value + vectors.infinite[(k + 2000) % n] / 2);
  const finite = half.map((value) => (Number.isFinite(value) ? value : 0));
  const [found] = await kendallTauA([vectors.smooth], [finite]);
  setPath("plain");
  expect(found).toBe(tauOf(vectors.smooth, finite));
  setPath("auto");
  expect(found).toBe(tauOf(vectors.smooth, finite));
});

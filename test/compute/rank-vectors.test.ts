import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { kendallTauA } from "../../src/compute/kendall-tau.ts";
import { rankVectors } from "../../src/compute/rank-vectors.ts";
import { setPath } from "../../src/compute/which-path.ts";
import { digest, noise } from "./series.ts";

/** What plain code makes of it. */
async function plain<T>(compute: () => Promise<T>): Promise<T> {
  setPath("plain");
  try {
    return await compute();
  } finally {
    setPath("auto");
  }
}

/** Smooth, tied, clumped and extreme values, where a sort by a linear key would be lost. */
const value = fc.oneof(
  fc.double({ noNaN: true }),
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0, -0, Infinity, -Infinity, 5e-324, 1e308, -1e308),
  fc.integer({ min: 0, max: 1000 }).map((k) => 1 + k * 2 ** -52),
);
const vector = fc.array(value, { maxLength: 300 }).map((values) => Float64Array.from(values));

describe("ranks", () => {
  test("are those of plain code, to the bit, for any values", async () => {
    await fc.assert(
      fc.asyncProperty(vector, async (values) => {
        expect(await rankVectors([values])).toEqual(await plain(() => rankVectors([values])));
      }),
      { numRuns: 300 },
    );
  });

  test("one far value leaves the others in one clump, which all 64 bits sort", async () => {
    const values = noise(200_000, 3);
    values[7] = 1e9;
    const [wasm] = await rankVectors([values]);
    expect(digest([wasm])).toBe(digest(await plain(() => rankVectors([values]))));
  });

  test.each([10, 100, 1000, 9000, 32_768, 32_769, 101_025])(
    "%i values that the leading bits of their places in the range do not tell apart",
    async (n) => {
      const near = noise(n, 4).map((value) => 1 + Math.floor(50 * value) * 2 ** -52);
      const clumps = noise(n, 5).map((value, k) => (k % 3) + Math.floor(n * value) * 2 ** -50);
      const vectors = [near, clumps, near.map((value, k) => (k === 1 ? 1000 : value))];
      const ranked = digest(await rankVectors(vectors));
      expect(ranked).toBe(digest(await plain(() => rankVectors(vectors))));
    },
  );

  test("any number of vectors on any number of threads", async () => {
    const vectors = Array.from({ length: 40 }, (_, v) => noise(5001, v + 1));
    const expected = digest(await plain(() => rankVectors(vectors)));
    for (const jobs of [1, 2, 3])
      expect(digest(await rankVectors(vectors, { jobs }))).toBe(expected);
  });

  test("NaN anywhere makes every rank of its vector NaN, and of no other", async () => {
    const vectors = [Float64Array.of(2, 1, 3), Float64Array.of(2, 1, NaN)];
    for (const ranked of [await rankVectors(vectors), await plain(() => rankVectors(vectors))]) {
      const [clean, spoilt] = ranked;
      expect([...clean.ranks]).toEqual([2, 1, 3]);
      expect([...spoilt.ranks]).toEqual([NaN, NaN, NaN]);
    }
  });

  test("equal values all get the middle rank, and no values get none", async () => {
    const [equal] = await rankVectors([new Float64Array(5).fill(0.1)]);
    expect(equal).toEqual({ ranks: new Float64Array(5).fill(3), tieSum: 120 });
    expect(await rankVectors([new Float64Array(0)])).toEqual([
      { ranks: new Float64Array(0), tieSum: 0 },
    ]);
    expect(await rankVectors([])).toEqual([]);
  });
});

describe("Kendall's tau-a", () => {
  test("is the count over all pairs, ties and all", async () => {
    const small = fc.tuple(
      fc.integer({ min: 2, max: 60 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer(),
    );
    await fc.assert(
      fc.asyncProperty(small, async ([n, levels, seed]) => {
        const x = noise(n, seed).map((v) => Math.round(v * levels));
        const y = noise(n, seed + 1).map((v) => Math.round(v * levels));
        const z = noise(n, seed + 2);
        const found = await kendallTauA([x, z], [y, z]);
        expect([...found]).toEqual([
          countTau(x, y),
          countTau(x, z),
          countTau(z, y),
          countTau(z, z),
        ]);
        expect(found).toEqual(await plain(() => kendallTauA([x, z], [y, z])));
      }),
      { numRuns: 150 },
    );
  });

  test("many ties in long vectors are those of plain code, to the bit", async () => {
    const x = noise(20_000, 1).map((v) => Math.round(v * 5000));
    const y = noise(20_000, 2).map((v) => Math.round(v * 3));
    for (const jobs of [1, 2]) {
      expect(await kendallTauA([x, y], [y, x], { jobs })).toEqual(
        await plain(() => kendallTauA([x, y], [y, x])),
      );
    }
  });

  test("is NaN for constant vectors and for NaN", async () => {
    const x = Float64Array.of(1, 2, 3);
    const sides = [
      [x, Float64Array.of(1, NaN, 2)],
      [new Float64Array(3), x],
    ] as const;
    for (const found of [await kendallTauA(...sides), await plain(() => kendallTauA(...sides))])
      expect([...found]).toEqual([NaN, 1, NaN, NaN]);
  });
});

function countTau(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) sum += Math.sign(x[i] - x[j]) * Math.sign(y[i] - y[j]);
  }
  const constant = (v: Float64Array) => v.every((value) => value === v[0]);
  return constant(x) || constant(y) ? NaN : sum / ((x.length * (x.length - 1)) / 2);
}

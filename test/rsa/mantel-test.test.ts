import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { computeRdm, Rdm, reorder, renamed } from "../../src/rdm/index.ts";
import { mantelTest } from "../../src/rsa/index.ts";
import { random } from "../../src/stats/index.ts";

interface Case {
  readonly n: number;
  readonly method: "spearman" | "pearson";
  readonly a: number[];
  readonly b: number[];
  readonly score: number;
  readonly greater: number;
  readonly both: number;
  readonly less: number;
}

const cases = JSON.parse(
  readFileSync(join(import.meta.dirname, "../reference/stats/mantel.json"), "utf8"),
) as Case[];
const quiet = { onProgress: false } as const;

test.each(cases)(
  "$n items, $method: every order once, as by brute force with scipy",
  async (one) => {
    for (const tail of ["greater", "both", "less"] as const) {
      const result = await mantelTest(new Rdm(one.a), new Rdm(one.b), {
        method: one.method,
        tail,
        ...quiet,
      });
      expect(result.exact).toBe(true);
      expect(result.score).toBeCloseTo(one.score, 12);
      expect(result.pValue).toBeCloseTo(one[tail], 12);
    }
  },
);

/** Patterns whose items have the same places for every seed, measured with noise of their own. */
function patterns(seed: number, n = 16): Rdm {
  const places = random(99);
  const { normal } = random(seed);
  const rows = Array.from({ length: n }, () =>
    Array.from({ length: 20 }, () => places.normal() + 0.5 * normal()),
  );
  return computeRdm(rows, { items: rows.map((_, i) => `i${i}`) });
}

test("finds shared structure, joined by label in whatever order, the same with the same seed", async () => {
  const [a, b] = [patterns(1), patterns(2)];
  const how = { permutations: 500, seed: 3, ...quiet };
  const result = await mantelTest(a, b, how);
  expect(result.exact).toBe(false);
  expect(result.pValue).toBe(1 / 500);
  expect(result.method).toBe(
    "Mantel test (spearman; one-sided, greater; 500 random orders of the items, seed 3)",
  );
  const turned = reorder(b, [...(b.items ?? [])].reverse());
  expect(await mantelTest(a, turned, how)).toEqual(result);
});

test("p values are uniform when there is nothing: about one in ten below 0.1", async () => {
  let below = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { next } = random(seed);
    const rdm = () => new Rdm(Array.from({ length: 28 }, next));
    const { pValue } = await mantelTest(rdm(), rdm(), { permutations: 99, seed, ...quiet });
    if (pValue <= 0.1) below++;
  }
  expect(below).toBeGreaterThan(7);
  expect(below).toBeLessThan(36);
});

test("what cannot be tested is refused, a constant has no score", async () => {
  const good = new Rdm([1, 2, 3, 4, 5, 6], { items: ["a", "b", "c", "d"] });
  const refused = (b: Rdm, options = {}) =>
    expect(mantelTest(good, b, { ...quiet, ...options })).rejects;
  await refused(new Rdm([1, 2, 3, 4, 5, NaN], { items: good.items })).toThrow(/are NaN.*subset/);
  await refused(new Rdm([1, 2, 3], { items: ["a", "b", "c"] })).toThrow(/missing|expected/);
  await refused(good, { method: "kendall" }).toThrow(/unknown method/);
  await refused(good, { tail: "up" }).toThrow(/unknown tail/);
  await refused(good, { permutations: 1 }).toThrow(/permutations/);
  const small = new Rdm([1, 2, 3], { items: ["a", "b", "c"] });
  await expect(mantelTest(small, small, quiet)).rejects.toThrow(/four or more/);
  const flat = new Rdm([1, 1, 1, 1, 1, 1], { items: good.items });
  expect((await mantelTest(good, renamed(flat, "flat"), quiet)).pValue).toBeNaN();
  const signal = AbortSignal.abort();
  const [a, b] = [patterns(1, 120), patterns(2, 120)];
  await expect(mantelTest(a, b, { signal, permutations: 50_000, ...quiet })).rejects.toThrow(
    /cancelled/,
  );
});

import { fc } from "../support/fast-check.ts";
import { describe, expect, test } from "vitest";
import { Rdm, withItems } from "../../src/rdm/index.ts";
import { compareMethodNames, compareRdms, type CompareMethod } from "../../src/rsa/index.ts";
import {
  isReferenceError,
  largestDifference,
  numbersOf,
  readReference,
  type ReferenceArray,
  type ReferenceError,
} from "../reference/read-reference.ts";
import { quiet } from "./toolbox.ts";

interface CompareCase {
  readonly method: CompareMethod;
  readonly case: string;
  readonly a: string;
  readonly b: string;
  readonly sigma_k?: "sigma1" | "sigma2";
  readonly output: ReferenceArray | ReferenceError;
}
interface Reference {
  readonly meta: Record<"V" | "Vn", ReferenceArray> & {
    readonly compare: Record<"M" | "E" | "sigma1" | "sigma2", ReferenceArray> & {
      readonly cases: readonly CompareCase[];
    };
  };
}

const { meta } = readReference<Reference>("./rsa/toolbox_rdms.json");
const { cases } = meta.compare;
const rowsOf = (array: ReferenceArray): Float64Array[] => {
  const [n, k] = array.shape;
  const data = numbersOf(array);
  return Array.from({ length: n }, (_, i) => data.slice(i * k, (i + 1) * k));
};
const [V, Vn, M, E] = [meta.V, meta.Vn, meta.compare.M, meta.compare.E].map(rowsOf);
const gap = V[0].map((_, pair) => (Vn.some((row) => Number.isNaN(row[pair])) ? 1 : 0));
/** rsatoolbox leaves a pair out everywhere when one RDM of the list lacks it: here all RDMs lack it alike. */
const masked = (rows: readonly Float64Array[]): Float64Array[] =>
  rows.map((row) => row.map((value, pair) => (gap[pair] === 1 ? NaN : value)));
const lists: Record<string, readonly Float64Array[]> = {
  M,
  V,
  E,
  Erev: [...E].reverse(),
  Z: V.map((row, i) => (i === 0 ? row.map(() => 0) : row)),
  C: V.map((row, i) => (i === 1 ? row.map(() => 1.5) : row)),
  MN: masked(M),
  Vn: masked(V),
};
const rdms = (name: string): Rdm[] => lists[name].map((row) => new Rdm(row));
const sigma1 = numbersOf(meta.compare.sigma1);
const sigma2 = { data: numbersOf(meta.compare.sigma2), shape: [6, 6] };
const sigmas = { sigma1, sigma2 };

async function scoresOf({ method, a, b, sigma_k }: CompareCase): Promise<Float64Array> {
  const sigma = sigma_k && sigmas[sigma_k];
  return (await compareRdms(rdms(a), rdms(b), { method, sigma, ...quiet })).scores;
}
function expected(c: CompareCase): Float64Array {
  if (isReferenceError(c.output)) throw new Error("no value in the reference");
  return numbersOf(c.output);
}
const named = (list: readonly CompareCase[]) =>
  list.map((c) => [`${c.method} ${c.case}`, c] as const);
const only = (...names: string[]) => named(cases.filter((c) => names.includes(c.case)));

describe("rsatoolbox' compare", () => {
  const toleranceOf = ({ method, sigma_k }: CompareCase): number => {
    if (method === "neg_riem_dist") return 1e-4;
    // There, roots of eigenvalues that are zero but for rounding.
    if (method.startsWith("bures")) return 1e-6;
    return sigma_k === "sigma2" ? 1e-4 : 1e-12;
  };
  test.each(only("plain", "nan_match", "sigma2"))("%s", async (_, c) => {
    expect(largestDifference(await scoresOf(c), expected(c))).toBeLessThan(toleranceOf(c));
  });

  test.each(only("nan_mismatch"))("%s is refused", async (_, c) => {
    await expect(
      compareRdms(
        rdms("M"),
        Vn.map((row) => new Rdm(row)),
        { method: c.method, ...quiet },
      ),
    ).rejects.toThrow(/NaN in different places.*ignoreNan/s);
  });

  test("an unknown method and RDMs of other sizes are refused", async () => {
    const odd = "nope" as CompareMethod;
    await expect(compareRdms(rdms("M"), rdms("V"), { method: odd, ...quiet })).rejects.toThrow(
      /unknown method/,
    );
    await expect(compareRdms(rdms("M"), new Rdm([1, 2, 3]), quiet)).rejects.toThrow(/6 items/);
    await expect(compareRdms([], rdms("V"), quiet)).rejects.toThrow(/no RDM/);
  });
});

describe("where rsatoolbox is wrong", () => {
  // There such an RDM scores 0, and numpy.putmask fills the scores of the others from the front: they move.
  test.each(only("zero", "const"))(
    "%s: NaN for it, and the others keep their scores",
    async (_, c) => {
      const at = c.case === "zero" ? 0 : 1;
      const plain = await scoresOf({ ...c, b: "V" });
      const found = await scoresOf(c);
      const others = (scores: Float64Array) => scores.filter((_s, k) => k % 5 !== at);
      expect(others(found)).toEqual(others(plain));
      const hasAngle = c.case === "const" && c.method.startsWith("cosine");
      for (const k of [at, 5 + at]) expect(Number.isNaN(found[k])).toBe(!hasAngle);
      if (hasAngle) expect(largestDifference(found, expected(c))).toBeLessThan(1e-12);
    },
  );

  test.each(only("sigma1", "sigma1_nan"))(
    "%s: variances are what their matrix is",
    async (_, c) => {
      const data = Float64Array.from({ length: 36 }, (_v, k) => (k % 7 === 0 ? sigma1[k / 7] : 0));
      const options = { method: c.method, ...quiet };
      const found = await scoresOf(c);
      const full = await compareRdms(rdms(c.a), rdms(c.b), {
        ...options,
        sigma: { data, shape: [6, 6] },
      });
      expect(largestDifference(found, full.scores)).toBeLessThan(1e-12);
      // Means that leave the variances out: near, and not the same.
      expect(largestDifference(found, expected(c))).toBeGreaterThan(1e-3);
      expect(largestDifference(found, expected(c))).toBeLessThan(0.03);
    },
  );

  test("an RDM is as similar to itself as can be", async () => {
    const one = new Rdm(E[0]);
    const alike = { bures: 1, bures_metric: 0, neg_riem_dist: 0 } as const;
    for (const method of compareMethodNames) {
      const score = (await compareRdms(one, one, { method, ...quiet })).single();
      expect(score).toBeCloseTo(method in alike ? alike[method as keyof typeof alike] : 1, 9);
    }
  });
});

describe("items", () => {
  const letters = ["a", "b", "c", "d", "e", "f"];
  const data = new Rdm(E[0], { items: letters, name: "data" });
  const backwards = withItems(data, letters);
  const reversed = (rdm: Rdm): Rdm => {
    const items = [...(rdm.items ?? [])].reverse();
    const condensed: number[] = [];
    items.forEach((a, i) => items.slice(i + 1).forEach((b) => condensed.push(rdm.between(a, b))));
    return new Rdm(condensed, { items, name: "reversed" });
  };

  test.each(compareMethodNames)("%s joins by label, not by position", async (method) => {
    const model = new Rdm(E[1], { items: letters });
    const options = { method, ...quiet };
    const straight = (await compareRdms(data, model, options)).single();
    expect((await compareRdms(data, reversed(model), options)).single()).toBeCloseTo(straight, 9);
    expect((await compareRdms(reversed(backwards), model, options)).single()).toBeCloseTo(
      straight,
      4,
    );
  });

  test("other labels are refused, what is shared is compared on request", async () => {
    const other = new Rdm(E[1], { items: ["b", "c", "d", "e", "f", "g"] });
    await expect(compareRdms(data, other, quiet)).rejects.toThrow(/other items than the first/);
    const result = await compareRdms(data, other, { items: "common", ...quiet });
    expect(result.single()).toBeGreaterThanOrEqual(-1);
    await expect(compareRdms(data, new Rdm(E[1]), quiet)).rejects.toThrow(/label the others/);
  });

  test("the result is labelled", async () => {
    const result = await compareRdms([data, reversed(data)], data, { method: "corr", ...quiet });
    expect(result.toTable().rows()).toMatchObject([
      { data: "data", model: "data" },
      { data: "reversed", model: "data" },
    ]);
    expect(result.score("reversed", "data")).toBeCloseTo(1, 12);
  });
});

describe("gaps", () => {
  test("ignoreNan compares, for each two RDMs, what both know", async () => {
    const gappy = Vn.map((row) => new Rdm(row));
    const found = await compareRdms(rdms("M"), gappy, {
      method: "corr",
      ignoreNan: true,
      ...quiet,
    });
    const both = M[0].map((value, pair) => (Number.isNaN(Vn[0][pair]) ? NaN : value));
    const alone = await compareRdms(new Rdm(both), gappy[0], { method: "corr", ...quiet });
    expect(found.scores[0]).toBe(alone.single());
    expect(found.scores[2]).toBe(
      (await compareRdms(new Rdm(M[0]), new Rdm(V[2]), { method: "corr", ...quiet })).single(),
    );
  });

  test("two RDMs that share no pair have no score; methods that need all pairs say so", async () => {
    const [left, right] = [new Rdm([1, NaN, NaN]), new Rdm([NaN, 2, 3])];
    expect((await compareRdms(left, right, { ignoreNan: true, ...quiet })).single()).toBeNaN();
    const hole = new Rdm([NaN, 2, 3]);
    await expect(compareRdms(hole, hole, { method: "bures", ...quiet })).rejects.toThrow(
      /needs every pair/,
    );
  });

  test("a full sigma with gaps is V itself, restricted", async () => {
    const options = {
      method: "cosine_cov",
      sigma: { data: sigma1.map((v) => v), shape: [6] },
      ...quiet,
    } as const;
    const byVariances = await compareRdms(rdms("MN"), rdms("Vn"), options);
    const diagonal = Float64Array.from({ length: 36 }, (_, k) => (k % 7 === 0 ? sigma1[k / 7] : 0));
    const byMatrix = await compareRdms(rdms("MN"), rdms("Vn"), {
      ...options,
      sigma: { data: diagonal, shape: [6, 6] },
    });
    expect(largestDifference(byVariances.scores, byMatrix.scores)).toBeLessThan(1e-12);
  });
});

test("a sigma that is no covariance is refused", async () => {
  const of = (sigma: Parameters<typeof compareRdms>[2]) =>
    compareRdms(rdms("M"), rdms("V"), { method: "corr_cov", ...sigma, ...quiet });
  await expect(of({ sigma: [1, 2] })).rejects.toThrow(/6 variances/);
  await expect(of({ sigma: [1, 1, 1, 1, 1, -1] })).rejects.toThrow(/variances above 0/);
  await expect(
    of({ sigma: { data: new Float64Array(36).fill(1), shape: [6, 6] } }),
  ).rejects.toThrow(/positive definite/);
  const skew = sigma2.data.slice();
  skew[1] += 1;
  await expect(of({ sigma: { data: skew, shape: [6, 6] } })).rejects.toThrow(/symmetric/);
});

describe("laws", () => {
  const vector = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 15, maxLength: 15 });
  const ranked = ["spearman", "rho-a", "tau-a", "tau-b"] as const;

  test("rank correlations do not change with any growing function", async () => {
    await fc.assert(
      fc.asyncProperty(vector, vector, fc.constantFrom(...ranked), async (x, y, method) => {
        const one = await compareRdms(new Rdm(x), new Rdm(y), { method, ...quiet });
        const two = await compareRdms(new Rdm(x.map((v) => v ** 3 + v)), new Rdm(y), {
          method,
          ...quiet,
        });
        expect(two.scores).toEqual(one.scores);
      }),
      { numRuns: 60 },
    );
  });

  test("all but the Riemannian distance are symmetric", async () => {
    const symmetric = compareMethodNames.filter((method) => method !== "neg_riem_dist");
    await fc.assert(
      fc.asyncProperty(vector, vector, fc.constantFrom(...symmetric), async (x, y, method) => {
        const one = (await compareRdms(new Rdm(x), new Rdm(y), { method, ...quiet })).single();
        const two = (await compareRdms(new Rdm(y), new Rdm(x), { method, ...quiet })).single();
        if (Number.isNaN(one)) expect(two).toBeNaN();
        else expect(two).toBeCloseTo(one, 8);
      }),
      { numRuns: 100 },
    );
  });
});

test("long RDMs: the same scores on any number of threads as from short ones' code", async () => {
  const n = 300;
  const at = (k: number, seed: number) => Math.sin(k * 12.9898 + seed * 78.233) * 43758.5453;
  const make = (seed: number) =>
    new Rdm(
      Float64Array.from({ length: (n * (n - 1)) / 2 }, (_, k) =>
        Math.round(50 * (at(k, seed) % 1)),
      ),
    );
  const [x, y] = [make(1), make(2)];
  for (const method of ["spearman", "tau-a", "tau-b"] as const) {
    const two = (await compareRdms([x, y], [y, x], { method, jobs: 2, ...quiet })).scores;
    const one = (await compareRdms([x, y], [y, x], { method, jobs: 1, ...quiet })).scores;
    expect(two).toEqual(one);
    expect(two[1]).toBeCloseTo(1, 12 - (method === "tau-a" ? 12 : 0));
    expect(two[0]).toBeCloseTo(two[3], 12);
  }
});

test("methods that take the cube of the items refuse too many, and do not hang", async () => {
  const big = new Rdm(new Float64Array((1001 * 1000) / 2).fill(1));
  for (const method of ["bures", "neg_riem_dist"] as const)
    await expect(compareRdms(big, big, { method, ...quiet })).rejects.toThrow(
      /1001 items.*at most/s,
    );
});

test("a comparison can be cancelled", async () => {
  const signal = AbortSignal.abort();
  const big = new Rdm(Float64Array.from({ length: (300 * 299) / 2 }, (_, k) => (k * 7919) % 1009));
  await expect(compareRdms(big, big, { signal, ...quiet })).rejects.toThrow(/cancelled/);
});

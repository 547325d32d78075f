import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { random } from "../../src/core/random.ts";
import { Rdm, withMeta } from "../../src/rdm/index.ts";
import { setPath } from "../../src/compute/which-path.ts";
import { evalBootstrap, type CompareMethod, type EvalResult } from "../../src/rsa/index.ts";
import { largestDifference, numbersOf } from "../reference/read-reference.ts";
import {
  casesOf,
  differenceButUndefined,
  models,
  outputOf,
  quiet,
  V,
  type InferenceCase,
} from "./toolbox.ts";

const ways = {
  eval_bootstrap: "both",
  eval_bootstrap_rdm: "rdms",
  eval_bootstrap_pattern: "items",
  eval_dual_bootstrap: "dual",
} as const;
type Func = keyof typeof ways;

function replay(c: InferenceCase): Promise<EvalResult> {
  const draws = (c.samples ?? []).map(({ rdm_idx, pattern_idx }) => ({
    rdms: rdm_idx && numbersOf(rdm_idx),
    items: pattern_idx && numbersOf(pattern_idx),
  }));
  const [method, resample] = [c.method as CompareMethod, ways[c.func as Func]];
  return evalBootstrap(models, V, { method, resample, draws, ...quiet });
}

const recorded = Object.keys(ways).flatMap((func) =>
  casesOf(func).map((c) => [`${func} ${c.method}`, c] as const),
);

describe("recorded bootstraps of rsatoolbox, replayed", () => {
  test.each(recorded)("%s", async (_, c) => {
    const result = await replay(c);
    const expected = outputOf(c);
    // A model that a sample leaves constant scores 0 there, and one drawn RDM is its own ceiling of 1.
    expect(
      differenceButUndefined(result.scores.data, numbersOf(expected.evaluations)),
    ).toBeLessThan(1e-12);
    expect(
      differenceButUndefined(
        result.noiseCeilings?.data ?? new Float64Array(),
        numbersOf(expected.noise_ceiling),
      ),
    ).toBeLessThan(1e-12);
    expect(result.dof).toBe(expected.dof);
    const t = result.test({ correction: "none" });
    // The models that no sample leaves constant have the same errors and tests.
    const whole = [0, 1, 2].filter((m) => !hasGaps(result, m));
    expect(whole).toContain(2);
    for (const m of whole) {
      const of = (values: ArrayLike<number> | undefined) => [values?.[m] ?? NaN];
      if (c.func === "eval_bootstrap_rdm" || whole.length === 3) {
        expect(largestDifference(of(result.means), of(numbersOf(expected.means)))).toBeLessThan(
          1e-12,
        );
        expect(largestDifference(of(t.zero.p), of(numbersOf(expected.p_zero)))).toBeLessThan(1e-12);
      }
      expect(largestDifference(of(result.sem), of(numbersOf(expected.sem)))).toBeLessThan(1e-12);
    }
  });

  /** Whether a sample that has scores has none of this model. */
  function hasGaps(result: EvalResult, m: number): boolean {
    const [nSamples, nModels, nValues] = result.scores.shape;
    const size = nModels * nValues;
    return Array.from({ length: nSamples }, (_, s) =>
      result.scores.data.subarray(s * size, (s + 1) * size),
    ).some(
      (scores) =>
        !scores.every(Number.isNaN) &&
        scores.subarray(m * nValues, (m + 1) * nValues).some(Number.isNaN),
    );
  }

  test("over RDMs, the ceiling stays in the covariance, which rsatoolbox overwrites", async () => {
    for (const c of casesOf("eval_bootstrap_rdm")) {
      const result = await replay(c);
      expect(result.covariance?.shape).toEqual([5, 5]);
      const theirs = numbersOf(outputOf(c).variances);
      const modelsOnly = result.covariance?.data.filter((_, k) => k % 5 < 3 && k < 15) ?? [];
      expect(largestDifference(modelsOnly, theirs)).toBeLessThan(1e-12);
      // With it, a model's distance from the ceiling varies otherwise than the model does.
      const p = result.test({ correction: "none" }).ceiling?.p ?? [];
      expect(largestDifference(p, numbersOf(outputOf(c).p_noise))).toBeGreaterThan(1e-3);
    }
  });

  test("bootstrap tests run, which raise in rsatoolbox (issue 379)", async () => {
    const [c] = casesOf("eval_bootstrap_rdm");
    const result = await replay(c);
    const { zero, ceiling, pairwise, words } = result.test({
      type: "bootstrap",
      correction: "none",
    });
    const scoresOf = (m: number) => result.scores.data.filter((_, k) => k % 3 === m);
    const share = (values: Float64Array) =>
      (values.filter((v) => v <= 0).length + 1) / (values.length + 1);
    expect([...zero.p]).toEqual([0, 1, 2].map((m) => share(scoresOf(m))));
    const lower = result.noiseCeilings?.data.subarray(0, 12) ?? new Float64Array();
    expect(ceiling?.p[1]).toBe(share(scoresOf(1).map((score, s) => lower[s] - score)));
    const ahead = scoresOf(2).filter((score, s) => score > scoresOf(0)[s]).length;
    expect(ahead).toBe(12);
    expect(pairwise.p[2]).toBeCloseTo(2 / 13, 12);
    expect(words).toContain("bootstrap tests");
  });
});

/** RDMs of 64 items that share something, one of them with many ties. */
function make(nItems: number): { data: Rdm[]; tested: Rdm[] } {
  const lot = random(11);
  const signal = Float64Array.from({ length: (nItems * (nItems - 1)) / 2 }, () => lot.normal());
  const noisy = () => signal.map((value) => value + lot.normal());
  const data = [noisy(), noisy().map((value) => Math.round(2 * value)), noisy(), noisy()];
  const tested = [noisy(), signal.map((value) => (value > 0 ? 1 : 0)), signal.map(() => 3)];
  return {
    data: data.map((values) => new Rdm(values)),
    tested: tested.map((values, k) => new Rdm(values, { name: `model ${k}` })),
  };
}

describe("samples that weigh ranks anew", () => {
  const { data, tested } = make(40);
  beforeAll(() => setPath("kernels"));
  afterAll(() => setPath("auto"));

  test.each(
    (["spearman", "rho-a", "corr", "cosine"] as const).flatMap((method) =>
      (["items", "both", "dual"] as const).map((resample) => [method, resample] as const),
    ),
  )("%s over %s: as with items drawn and ranked", async (method, resample) => {
    const options = { method, resample, samples: 5, seed: 5, ...quiet };
    const fast = await evalBootstrap(tested, data, options);
    setPath("plain");
    const plain = await evalBootstrap(tested, data, options);
    setPath("kernels");
    expect(largestDifference(fast.scores.data, plain.scores.data)).toBeLessThan(1e-12);
    expect(
      largestDifference(fast.noiseCeilings?.data ?? [], plain.noiseCeilings?.data ?? []),
    ).toBeLessThan(1e-12);
    // Of a constant nothing is known by correlation, in no sample.
    expect(Number.isNaN(fast.means[2])).toBe(method !== "cosine");
  });

  test("the same on any number of threads, and draws can be replayed", async () => {
    const options = { samples: 4, seed: 2, ...quiet };
    const one = await evalBootstrap(tested, data, { ...options, jobs: 1 });
    const two = await evalBootstrap(tested, data, { ...options, jobs: 2 });
    expect(two.scores.data).toEqual(one.scores.data);
    const again = await evalBootstrap(tested, data, { draws: one.draws, ...quiet });
    expect(again.scores.data).toEqual(one.scores.data);
    const other = await evalBootstrap(tested, data, { ...options, seed: 3 });
    expect(other.scores.data).not.toEqual(one.scores.data);
  });
});

describe("ceilings of many drawn RDMs by samples", () => {
  afterAll(() => setPath("auto"));
  const nItems = 30;
  const nPairs = (nItems * (nItems - 1)) / 2;
  const draw = random(26);
  const base = Float64Array.from({ length: nPairs }, draw.normal);
  const noisy = (name: string, steps: number): Rdm =>
    new Rdm(
      Float64Array.from(base, (value) => Math.round((value + draw.normal()) * steps) / steps),
      { name },
    );
  const many = [...Array.from({ length: 9 }, (_, k) => noisy(`s${k}`, k < 4 ? 2 : 1e9))];
  const constant = new Rdm(new Float64Array(nPairs).fill(3), { name: "same" });
  const grouped = (rdms: readonly Rdm[]): Rdm[] =>
    rdms.map((rdm, k) => withMeta(rdm, { subject: k < 2 ? "one" : `s${k}` }));

  test.each([
    ["dual", [...many, noisy("s9", 3)], {}],
    ["rdms", [...many, constant], {}],
    ["rdms", grouped([...many, noisy("s9", 3)]), { groupBy: "subject" }],
    ["dual", grouped([...many, constant]), { groupBy: "subject", method: "rho-a" }],
    ["rdms", many, { noiseCeiling: false }],
  ] as const)("%s", async (resample, data, more) => {
    const options = { resample, samples: 6, seed: 3, onProgress: false, ...more } as const;
    const two = [noisy("m1", 1), noisy("m2", 1e9)];
    setPath("kernels");
    const found = await evalBootstrap(two, data, options);
    setPath("plain");
    const expected = await evalBootstrap(two, data, options);
    expect(largestDifference(found.scores.data, expected.scores.data)).toBeLessThan(1e-12);
    const [a, b] = [found.noiseCeilings?.data ?? [], expected.noiseCeilings?.data ?? []];
    expect(a).toHaveLength(b.length);
    expect(largestDifference(a, b)).toBeLessThan(1e-12);
  });
});

describe("an evaluation by bootstrap", () => {
  test("tells a good model from a bad one, with progress", async () => {
    const { data, tested } = make(64);
    const told: number[] = [];
    const result = await evalBootstrap(tested.slice(0, 2), data, {
      method: "corr",
      samples: 60,
      onProgress: ({ done, total }) => told.push(done / total),
    });
    expect(result.kind).toBe("dual bootstrap");
    expect(result.tests?.zero.adjusted[0]).toBeLessThan(0.01);
    expect(told.at(-1)).toBe(1);
    expect([...told].sort((a, b) => a - b)).toEqual(told);
    expect(result.confidence({ level: 0.9 }).lower[0]).toBeGreaterThan(0);
  });

  test("percentile intervals and their limits", async () => {
    const { data, tested } = make(24);
    const options = { resample: "both", samples: 50, method: "corr", ...quiet } as const;
    const result = await evalBootstrap(tested.slice(0, 1), data, options);
    const { lower, upper } = result.confidence({ type: "bootstrap", level: 0.8 });
    const inside = result.scores.data.filter((score) => score >= lower[0] && score <= upper[0]);
    expect(inside.length / 50).toBeCloseTo(0.8, 1);
    expect(() => result.confidence({ type: "bootstrap", level: 0.99 })).toThrow(
      /draw at least 400/,
    );
  });

  test("over the items of one RDM: errors and tests, and no ceiling", async () => {
    const { data, tested } = make(24);
    const result = await evalBootstrap(tested.slice(0, 1), data[0], { samples: 30, ...quiet });
    expect(result.resampled).toBe("items");
    expect(result.sem?.[0]).toBeGreaterThan(0);
    expect(result.noiseCeiling).toBeUndefined();
    expect(result.summary()).toContain("there is no noise ceiling");
    for (const resample of ["rdms", "both", "dual"] as const)
      await expect(evalBootstrap(tested, data[0], { resample, ...quiet })).rejects.toThrow(
        /there is none to draw/,
      );
  });

  test("without ceilings of samples the ceiling is that of the data", async () => {
    const { data, tested } = make(24);
    const options = { samples: 5, noiseCeiling: false, ...quiet };
    const result = await evalBootstrap(tested.slice(0, 1), data, { ...options, resample: "items" });
    const ceilings = result.noiseCeilings?.data ?? [];
    expect(new Set(ceilings.slice(0, 5)).size).toBe(1);
  });

  test("samples with two items are counted as lost", async () => {
    const draws = [
      { items: [0, 0, 0, 1, 1, 1] },
      { items: [0, 1, 2, 3, 4, 5] },
      { items: [0, 1, 2, 3, 4, 4] },
    ];
    const result = await evalBootstrap(models, V, { resample: "items", draws, ...quiet });
    expect(result.scores.data.slice(0, 3).every(Number.isNaN)).toBe(true);
    expect(result.notes[0]).toBe(
      "1 of 3 samples had fewer than 3 different items and were left out.",
    );
  });

  test("what cannot be drawn is refused, and a job can be cancelled", async () => {
    await expect(
      evalBootstrap(models, V, { draws: [{ items: [9] }], resample: "items", ...quiet }),
    ).rejects.toThrow(/positions from 0 to 5/);
    await expect(evalBootstrap(models, V, { samples: 1, ...quiet })).rejects.toThrow(/samples/);
    await expect(evalBootstrap(models, V, { resample: "all" as "both", ...quiet })).rejects.toThrow(
      /choose items/,
    );
    const stop = new AbortController();
    const { data, tested } = make(64);
    const running = evalBootstrap(tested, data, {
      samples: 100_000,
      signal: stop.signal,
      onProgress: ({ done }) => done > 3 && stop.abort(),
    });
    await expect(running).rejects.toThrow(/cancelled/);
  });
});

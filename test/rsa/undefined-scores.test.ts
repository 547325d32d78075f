import { describe, expect, test } from "vitest";
import { Rdm, withMeta } from "../../src/rdm/index.ts";
import {
  compareMethodNames,
  evalBootstrap,
  evalBootstrapCrossval,
  evalCrossval,
  evalFixed,
  fitModel,
  fitWeighted,
  interpolatedModel,
  mantelTest,
  noiseCeiling,
  rsa,
  rsaMetricNames,
  selectModel,
  weightedModel,
} from "../../src/rsa/index.ts";
import { signedRankP } from "../../src/rsa/tests/signed-rank.ts";
import { meanOfKnown, meanOverGroups } from "../../src/stats/known-scores.ts";
import { largestDifference } from "../reference/read-reference.ts";
import { quiet } from "./toolbox.ts";

const up = new Rdm([1, 2, 3, 4, 5, 6], { name: "up" });
const down = new Rdm([6, 5, 4, 3, 2, 1], { name: "down" });
const flats = [0.1, 1.81, 1, 0].map((value) => new Rdm(new Float64Array(6).fill(value)));
const correlations = ["spearman", "corr", "tau-b", "corr_cov"] as const;

describe.each(correlations.map((method) => [method]))("a constant data RDM, by %s", (method) => {
  test.each(flats.map((flat) => [flat.condensed[0], flat] as const))(
    "of %d chooses no model and is said",
    (_, flat) => {
      const fit = fitModel(selectModel([down, up]), [up, flat], { method });
      expect([...fit.theta]).toEqual([1]);
      expect(fit.score).toBeCloseTo(1, 12);
      expect(fit.notes.join()).toContain("1 of 2 data RDMs have no score");
      expect(fitModel(interpolatedModel([down, up]), [up, flat], { method }).theta[1]).toBeCloseTo(
        1,
        6,
      );
      const without = fitWeighted([down, up], [up], { method }).theta;
      const withIt = fitWeighted([down, up], [up, flat], { method }).theta;
      withIt.forEach((weight, k) => expect(weight).toBeCloseTo(without[k], 9));
    },
  );

  test("alone tells no parameters: NaN, and said", () => {
    for (const model of [
      selectModel([down, up]),
      interpolatedModel([down, up]),
      weightedModel([down, up]),
    ]) {
      const fit = fitModel(model, [flats[0]], { method });
      expect([...fit.theta].every(Number.isNaN)).toBe(true);
      expect(fit.score).toBeNaN();
      expect(fit.rdm.condensed.every(Number.isNaN)).toBe(true);
      expect(fit.notes.join()).toContain("No parameters were found");
    }
  });

  test("a constant model is not selected, first or last, and has no mean and no p", async () => {
    expect([...fitModel(selectModel([flats[0], down, up]), [up], { method }).theta]).toEqual([2]);
    expect([...fitModel(selectModel([down, flats[1]]), [up], { method }).theta]).toEqual([0]);
    const { means, tests } = await evalFixed([up, flats[0]], [up, down, up], { method, ...quiet });
    expect(means[1]).toBeNaN();
    expect(tests?.zero.p[1]).toBeNaN();
  });
});

test("regression on constants alone is no regression", () => {
  for (const by of ["regress", "regress-nonnegative"] as const) {
    const parts = [new Rdm([1, 2, 3, 1, 5, 2]), new Rdm([2, 1, 1, 4, 0, 3])];
    const fit = fitWeighted(parts, [flats[0]], { method: "corr", by });
    expect([...fit.theta].every(Number.isNaN)).toBe(true);
  }
});

test("evalCrossval: a constant data RDM moves no mean", async () => {
  const eight = (seed: number): Rdm =>
    new Rdm(Array.from({ length: 28 }, (_, k) => 3 * k + ((k * 7 + seed * 5) % 11)));
  const parts = [
    new Rdm(Array.from({ length: 28 }, (_, k) => 28 - k)),
    new Rdm(Array.from({ length: 28 }, (_, k) => k)),
  ];
  const model = selectModel(parts, { name: "either" });
  const good = [eight(0), eight(1), eight(2)];
  const options = { method: "corr", kItems: 1, kRdms: 2, shuffle: false, ...quiet } as const;
  const flat = new Rdm(new Float64Array(28).fill(0.1), { name: "flat" });
  const result = await evalCrossval(model, [...good, flat], options);
  expect(result.means[0]).toBeGreaterThan(0.9);
  expect(result.notes.join()).toContain("left out: flat");
  const lone = { ...options, kRdms: 4 };
  const each = await evalCrossval(model, [...good, flat], lone);
  expect(each.means[0]).toBeGreaterThan(0.9);
  expect(each.notes.join()).toContain("1 of 4 scores of folds are undefined");
});

describe("groups count once, in every evaluation", () => {
  const subject = (rdm: Rdm, s: string): Rdm => withMeta(rdm, { s });
  const data = [...Array.from({ length: 9 }, () => subject(up, "a")), subject(down, "b")];
  const how = { method: "corr", groupBy: "s", ...quiet } as const;
  const model = new Rdm([1, 2, 3, 4, 5, 6], { name: "m" });

  test("evalFixed, evalBootstrap, evalCrossval: one mean", async () => {
    expect((await evalFixed(model, data, how)).means[0]).toBeCloseTo(0, 12);
    const items = [{ items: [0, 1, 2, 3] }, { items: [3, 2, 1, 0] }];
    const byItems = await evalBootstrap(model, data, { ...how, resample: "items", draws: items });
    expect(byItems.means[0]).toBeCloseTo(0, 12);
    const rdms = [{ rdms: [0, 1] }, { rdms: [0, 0] }];
    const byRdms = await evalBootstrap(model, data, { ...how, resample: "rdms", draws: rdms });
    expect(largestDifference(byRdms.scores.data, [0, 1])).toBeLessThan(1e-12);
    const whole = { rdms: data.map((_, i) => i), items: [0, 1, 2, 3] };
    const fold = { train: whole, test: whole };
    expect((await evalCrossval(model, data, { ...how, folds: [fold] })).means[0]).toBeCloseTo(
      0,
      12,
    );
    const both = await evalBootstrapCrossval(model, data, {
      ...how,
      resample: "rdms",
      kItems: 1,
      kRdms: 1,
      draws: [{ rdms: [0, 1] }, { rdms: [1, 0] }],
    });
    expect(both.means[0]).toBeCloseTo(0, 12);
  });

  test("the ceilings of folds count a group once", async () => {
    const three = [...data, subject(new Rdm([1, 2, 3, 4, 6, 5]), "c")];
    const all = three.map((_, i) => i);
    const fold = {
      train: { rdms: [10], items: [0, 1, 2, 3] },
      test: { rdms: all.slice(0, 10), items: [0, 1, 2, 3] },
    };
    const { noiseCeiling: found } = await evalCrossval(model, three, { ...how, folds: [fold] });
    // The pool is c alone: r with a, and minus r with b, whose mean is 0.
    expect(found?.lower).toBeCloseTo(0, 12);
  });
});

test("means of known scores and over groups", () => {
  expect(meanOfKnown([1, NaN, 3])).toBe(2);
  expect(meanOfKnown([NaN])).toBeNaN();
  expect(meanOverGroups([1, 3, 10], [0, 0, 1])).toBe(6);
  expect(meanOverGroups([1, NaN, 10], [0, 0, 1])).toBe(5.5);
  expect(meanOverGroups([1, NaN], [0, 1])).toBe(1);
  expect(meanOverGroups([1, 3, 10], [0, 0, 1], [2, 2, 1])).toBeCloseTo(14 / 3, 12);
  expect(meanOverGroups([], [])).toBeNaN();
});

describe("tests of what does not differ", () => {
  test("scores that are all the same give no t and no significance, by rounding too", async () => {
    const same = [up, new Rdm([2, 4, 6, 8, 10, 12]), new Rdm([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])];
    const result = await evalFixed([up, down], same, { method: "corr", ...quiet });
    expect([...(result.tests?.zero.p ?? [])]).toEqual([NaN, NaN]);
    expect(result.tests?.pairwise.p[1]).toBeNaN();
    expect(result.notes.join()).toContain("do not differ");
    const drawn = await evalBootstrap([up, down], same, {
      method: "corr",
      resample: "rdms",
      samples: 20,
      ...quiet,
    });
    expect([...(drawn.tests?.zero.p ?? [])]).toEqual([NaN, NaN]);
  });

  test("Wilcoxon's test: of undefined differences none, of equal ones 1", () => {
    expect(signedRankP([NaN, NaN])).toBeNaN();
    expect(signedRankP([])).toBeNaN();
    expect(signedRankP([0, 0])).toBe(1);
    expect(signedRankP([NaN, 0])).toBe(1);
  });
});

test("Wilcoxon's normal branch corrects for ties", () => {
  // 60 differences of sizes 1, 2 and 3, 20 each: T = 3 (20³ − 20) = 23,940. Ranks 10.5, 30.5, 50.5. Of each size 5 are
  // negative: W+ = 15 · 91.5 = 1372.5, mean 915, variance 60·61·121/24 − 23,940/48 = 18,452.5 − 498.75 = 17,953.75,
  // z = 457.5 / 133.9916 = 3.414393; p = erfc(z / √2), by Python's math.erfc.
  const differences = [1, 2, 3].flatMap((size) =>
    Array.from({ length: 20 }, (_, k) => (k < 5 ? -size : size)),
  );
  expect(signedRankP(differences)).toBeCloseTo(WILCOXON, 10);
});
const WILCOXON = 0.0006392428858928281;

test("the bootstrap's t against the ceiling is that of the differences in each sample", async () => {
  const data = [
    [1, 2, 3, 4, 5, 6],
    [2, 1, 3, 4, 6, 5],
    [1, 2, 3, 4, 6, 5],
    [1, 4, 2, 3, 6, 5],
    [3, 1, 2, 6, 4, 5],
  ].map((values) => new Rdm(values));
  const models = [new Rdm([1, 2, 4, 3, 5, 6], { name: "m" })];
  const result = await evalBootstrap(models, data, {
    method: "corr",
    resample: "rdms",
    samples: 60,
    seed: 2,
    ...quiet,
  });
  const lower = result.noiseCeilings?.data.subarray(0, 60) ?? new Float64Array();
  const pairs = [...result.scores.data.keys()].filter((s) => !Number.isNaN(lower[s]));
  const differences = pairs.map((s) => result.scores.data[s] - lower[s]);
  const middle = differences.reduce((a, b) => a + b, 0) / differences.length;
  const variance =
    differences.reduce((sum, d) => sum + (d - middle) ** 2, 0) / (differences.length - 1);
  const t = (result.means[0] - (result.noiseCeiling?.lower ?? NaN)) / Math.sqrt((variance * 5) / 4);
  // Student's t with 4 degrees of freedom: P(|T| > t) = 1 − u (1.5 − u² / 2), u = t / √(4 + t²).
  const u = Math.abs(t) / Math.sqrt(4 + t * t);
  const p = 1 - u * (1.5 - (u * u) / 2);
  expect(result.test({ correction: "none" }).ceiling?.p[0]).toBeCloseTo(p, 10);
});

describe("what is degenerate", () => {
  test.each(rsaMetricNames.map((metric) => [metric]))("rsa by %s", (metric) => {
    const other = new Rdm([2, 1, 4, 3, 6, 4]);
    for (const flat of flats) {
      const [score] = rsa(flat, [up, other], { metric }).scores;
      if (metric === "regression") expect(score).toBe(0);
      else expect(score).toBeNaN();
    }
    const unknown = new Rdm(new Float64Array(6).fill(NaN));
    for (const ignoreNan of [true, false])
      expect([...rsa(unknown, [up, other], { metric, ignoreNan }).scores]).toEqual([NaN, NaN]);
  });

  test("one item and two items: no score, no model chosen, no significance", async () => {
    const two = [new Rdm([1], { name: "x" }), new Rdm([3], { name: "y" })];
    for (const method of compareMethodNames) {
      if (["cosine", "cosine_cov", "bures", "bures_metric", "neg_riem_dist"].includes(method))
        continue;
      const { score } = fitModel(selectModel(two), two, { method });
      expect(Number.isNaN(score) || score === 0).toBe(true);
      const result = await evalFixed(two[0], [two[0], two[1]], { method, ...quiet });
      expect(result.tests?.zero.p[0] ?? NaN).toBeNaN();
    }
  });

  test("a constant RDM has no Mantel test", async () => {
    for (const method of ["pearson", "spearman"] as const)
      for (const flat of flats) {
        const { score, pValue } = await mantelTest(up, flat, { method, ...quiet });
        expect([score, pValue]).toEqual([NaN, NaN]);
      }
  });

  test("a bootstrap of no draws is refused", async () => {
    const draws: [] = [];
    await expect(evalBootstrap(up, [up, down], { draws, ...quiet })).rejects.toThrow(/draws/);
    await expect(evalBootstrapCrossval(up, [up, down], { draws, ...quiet })).rejects.toThrow(
      /draws/,
    );
    await expect(noiseCeiling([up, flats[0]], quiet)).rejects.toThrow(/constant/);
  });
});

describe("fits do not depend on units", () => {
  test.each(["spearman", "tau-a", "corr", "bures"] as const)("%s", (method) => {
    const values = (seed: number) =>
      Array.from({ length: 15 }, (_, k) => 1 + ((k * k * 7 + seed * 13 + k * seed) % 17));
    const parts = [1, 2, 3].map((seed) => new Rdm(values(seed)));
    const data = [4, 5].map((seed) => new Rdm(values(seed)));
    const { score } = fitWeighted(parts, data, { method });
    for (const factor of [1e6, 1e-6]) {
      const scaled = [parts[0], new Rdm(parts[1].condensed.map((d) => d * factor)), parts[2]];
      const fit = fitWeighted(scaled, data, { method });
      expect(fit.score).toBeCloseTo(score, 9);
      // In the units that were given: the prediction of these weights has this score.
      const own = fitModel(selectModel([fit.rdm]), data, { method });
      expect(own.score).toBeCloseTo(fit.score, 12);
    }
  });
});

test("non-negative weights where one wants to be 0 and is", () => {
  const parts = [new Rdm([0, 1, 0]), new Rdm([0, 2, 3]), new Rdm([2, 2, 1])];
  const { theta } = fitWeighted(parts, [new Rdm([0, 2, 0])], {
    method: "cosine",
    by: "regress-nonnegative",
  });
  expect(largestDifference(theta, [1, 0, 0])).toBeLessThan(1e-12);
});

import { describe, expect, test } from "vitest";
import { jupyterDisplay } from "../../src/core/display.ts";
import { Rdm, renamed, subset, withMeta } from "../../src/rdm/index.ts";
import {
  evalBootstrap,
  evalCrossval,
  evalFixed,
  fixedModel,
  noiseCeiling,
  weightedModel,
  type CompareMethod,
} from "../../src/rsa/index.ts";
import { largestDifference, numbersOf, type ReferenceArray } from "../reference/read-reference.ts";
import { casesOf, M, models, outputOf, quiet, V } from "./toolbox.ts";

const fixed = casesOf("eval_fixed").filter(({ data }) => data === "V");
const near = (ours: ArrayLike<number> | undefined, theirs: ReferenceArray, tolerance = 1e-12) =>
  expect(largestDifference(ours ?? [], numbersOf(theirs))).toBeLessThan(tolerance);

describe("rsatoolbox' eval_fixed", () => {
  test.each(fixed.map((c) => [c.method, c] as const))("%s", async (method, c) => {
    const result = await evalFixed(models, V, { method: method as CompareMethod, ...quiet });
    const expected = outputOf(c);
    near(result.scores.data, expected.evaluations);
    near(result.means, expected.means);
    near(result.sem, expected.sem);
    near(
      [result.noiseCeiling?.lower ?? NaN, result.noiseCeiling?.upper ?? NaN],
      expected.noise_ceiling,
    );
    near(
      result.covariance?.data.map((value) => (value * 4) / 5),
      expected.variances,
    );
    expect(result.dof).toBe(expected.dof);
    const t = result.test({ correction: "none" });
    near(t.zero.p, expected.p_zero);
    near(t.ceiling?.p, expected.p_noise);
    near(t.pairwise.p, expected.p_pairwise);
    const signedRank = result.test({ type: "ranksum", correction: "none" });
    near(signedRank.pairwise.p, expected.all_ranksum[0]);
    near(signedRank.zero.p, expected.all_ranksum[1]);
    near(signedRank.ceiling?.p, expected.all_ranksum[2]);
    near(
      result.means.map((mean, m) => mean - (result.ci?.lower[m] ?? NaN)),
      expected.errorbars_ci95[0],
    );
  });

  test.each(casesOf("boot_noise_ceiling").map((c) => [c.method, c] as const))(
    "noise ceiling by %s",
    async (method, { output }) => {
      const { lower, upper } = await noiseCeiling(V, { method: method as CompareMethod, ...quiet });
      expect(largestDifference([lower, upper], output as number[])).toBeLessThan(1e-12);
    },
  );
});

describe("RDMs that belong together", () => {
  const subjects = ["s0", "s1", "s2", "s0", "s1"];
  const grouped = V.map((rdm, i) => withMeta(rdm, { subject: subjects[i] }));
  const options = { groupBy: "subject", ...quiet };

  test.each(casesOf("boot_noise_ceiling_subj").map((c) => [c.method, c] as const))(
    "are left out of the ceiling together: %s",
    async (method, { output }) => {
      const how = { method: method as CompareMethod, ...options };
      const { lower, upper } = await noiseCeiling(grouped, how);
      expect(largestDifference([lower, upper], output as number[])).toBeLessThan(1e-12);
    },
  );

  test("count as one subject in errors and tests", async () => {
    const result = await evalFixed(models, grouped, { method: "corr", ...options });
    const each = (await evalFixed(models, V, { method: "corr", ...quiet })).scores.data;
    expect(result.scores.shape).toEqual([1, 3, 3]);
    expect(result.dof).toBe(2);
    expect(result.scores.data[0]).toBeCloseTo((each[0] + each[3]) / 2, 12);
    expect(result.scores.data[2]).toBeCloseTo(each[2], 12);
  });

  test("one subject is one subject, with however many RDMs", async () => {
    const same = V.map((rdm) => withMeta(rdm, { subject: "s0" }));
    await expect(noiseCeiling(same, options)).rejects.toThrow(/one alone cannot/);
    expect((await evalFixed(models, same, options)).sem).toBeUndefined();
    await expect(evalBootstrap(models, same, { resample: "rdms", ...options })).rejects.toThrow(
      /RDMs of one group/,
    );
    await expect(evalFixed(models, V, options)).rejects.toThrow(/says nothing of it/);
  });

  test("are drawn and dealt together", async () => {
    const draws = [{ rdms: [0, 0, 1] }, { rdms: [2, 2, 0] }];
    const how = { method: "corr", resample: "rdms", draws, ...options } as const;
    const drawn = await evalBootstrap(models, grouped, how);
    const one = (await evalFixed(models, V, { method: "corr", ...quiet })).scores.data;
    const first = (2 * (one[0] + one[3]) + one[1] + one[4]) / 6;
    expect(drawn.scores.data[0]).toBeCloseTo(first, 12);
    const split = { method: "corr", kItems: 1, kRdms: 3, shuffle: false, ...options } as const;
    const dealt = await evalCrossval(models, grouped, split);
    expect(dealt.scores.data[0]).toBeCloseTo((one[0] + one[3]) / 2, 12);
  });
});

describe("alignment", () => {
  const [c] = casesOf("subset_pattern_then_eval_fixed");
  const labelsA = c.order_a ?? [];
  const items = [...labelsA.slice(0, 2), ...labelsA.slice(2)];

  test("by label, where subsetting both sides and comparing by position is wrong", async () => {
    // The same RDM in two orders of its items: rsatoolbox' recipe compares places.
    const data = new Rdm(V[0].condensed.slice(0, 10), { items });
    const other = subset(data, c.order_b ?? []);
    const result = await evalFixed(renamed(other, "itself"), data, { method: "corr", ...quiet });
    expect(result.means[0]).toBeCloseTo(1, 12);
    const byPosition = await evalFixed(new Rdm(other.condensed), new Rdm(data.condensed), {
      method: "corr",
      ...quiet,
    });
    expect(byPosition.means[0]).toBeLessThan(0.9);
    expect(numbersOf(c.as_is as ReferenceArray)[0]).toBeLessThan(0.1);
    expect(numbersOf(c.after_sort_by as ReferenceArray)[0]).toBeCloseTo(1, 12);
  });

  test("labels that disagree are refused", async () => {
    const data = V.map((rdm) => new Rdm(rdm.condensed, { items: ["a", "b", "c", "d", "e", "f"] }));
    const model = new Rdm(models[0].condensed, { items: ["a", "b", "c", "d", "e", "x"] });
    await expect(evalFixed(model, data, quiet)).rejects.toThrow(/1 item is missing/);
    await expect(evalFixed(models[0], data, quiet)).rejects.toThrow(/labels/);
    const result = await evalFixed(model, data, { items: "common", ...quiet });
    expect(result.nItems).toBe(5);
  });
});

describe("one data RDM", () => {
  test("no ceiling, no error, no test: said, not invented", async () => {
    const result = await evalFixed(models, V[0], quiet);
    expect(result.means[0]).toBeCloseTo(0.1392857142857143, 12);
    expect([result.noiseCeiling, result.sem, result.ci, result.tests]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(result.summary()).toContain("no noise ceiling, no standard error and no test");
    expect(() => result.test()).toThrow(/One data RDM/);
    expect(() => result.test({ type: "ranksum" })).toThrow(/several/);
    expect(() => result.confidence()).toThrow(/One data RDM/);
  });

  test("has no noise ceiling of its own (rsatoolbox says 1.0)", async () => {
    await expect(noiseCeiling([V[0]], quiet)).rejects.toThrow(/1 RDM.*which one alone cannot/s);
  });
});

describe("bad input", () => {
  const constant = new Rdm(new Float64Array(15).fill(2), { name: "flat" });

  test("a constant data RDM has no score and is named; the others have theirs", async () => {
    const result = await evalFixed(models, [...V, constant], { method: "corr", ...quiet });
    const without = await evalFixed(models, V, { method: "corr", ...quiet });
    expect(result.scores.data.filter((_, k) => k % 6 === 5).every(Number.isNaN)).toBe(true);
    expect([...result.means]).toEqual([...without.means]);
    expect([...(result.sem ?? [])]).toEqual([...(without.sem ?? [])]);
    expect(result.noiseCeiling?.upper).toBeCloseTo(without.noiseCeiling?.upper ?? NaN, 12);
    expect(result.notes.join()).toContain("left out: flat");
    await expect(noiseCeiling([...V, constant], quiet)).rejects.toThrow(/data RDM flat/);
  });

  test("a constant model has no mean, error or p value, and spoils no correction", async () => {
    const result = await evalFixed([...models, constant], V, { method: "corr", ...quiet });
    const without = await evalFixed(models, V, { method: "corr", ...quiet });
    expect(result.means[3]).toBeNaN();
    expect(result.tests?.zero.adjusted[3]).toBeNaN();
    expect([...(result.tests?.zero.adjusted ?? [])].slice(0, 3)).toEqual([
      ...(without.tests?.zero.adjusted ?? []),
    ]);
    expect(result.summary()).toContain("flat: undefined");
  });

  test("NaN in different places is refused, or left out everywhere", async () => {
    const gappy = V.map(
      ({ condensed }, i) => new Rdm(condensed.map((v, pair) => (i === 0 && pair < 2 ? NaN : v))),
    );
    await expect(evalFixed(models, gappy, quiet)).rejects.toThrow(/NaN in different places/);
    const result = await evalFixed(models, gappy, { ignoreNan: true, method: "corr", ...quiet });
    const hole = (rdm: Rdm) =>
      new Rdm(
        rdm.condensed.map((v, pair) => (pair < 2 ? NaN : v)),
        { name: rdm.name },
      );
    const all = await evalFixed(models.map(hole), V.map(hole), { method: "corr", ...quiet });
    expect([...result.means]).toEqual([...all.means]);
    expect(result.notes[0]).toBe("2 of 15 pairs are NaN and were left out.");
  });

  test("models of one name, none, and one without parameters", async () => {
    await expect(evalFixed([models[0], models[0]], V, quiet)).rejects.toThrow(/two called m0/);
    await expect(evalFixed([], V, quiet)).rejects.toThrow(/models.*no RDM/);
    await expect(evalFixed(weightedModel(M), V, quiet)).rejects.toThrow(/without parameters/);
  });
});

test("a fixed model of several RDMs predicts their mean, where rsatoolbox raises", async () => {
  const both = await evalFixed(fixedModel(M, { name: "both" }), V, { method: "corr", ...quiet });
  const mean = new Rdm(M[0].condensed.map((value, pair) => (value + M[1].condensed[pair]) / 2));
  expect([...both.means]).toEqual([
    ...(await evalFixed(mean, V, { method: "corr", ...quiet })).means,
  ]);
});

describe("the result", async () => {
  const result = await evalFixed(models, V, { method: "corr", ...quiet });

  test("says in words what was done and found", () => {
    expect(result.summary()).toBe(
      [
        "3 models compared by corr with 5 data RDMs of 6 items; fixed.",
        "m0: 0.281 ± 0.091, p = 0.027 against 0, p = 0.050 against the noise ceiling.",
        "m1: 0.148 ± 0.128, p = 0.157 against 0, p = 0.050 against the noise ceiling.",
        "m2: 0.729 ± 0.065, p < 0.001 against 0, p = 0.069 against the noise ceiling.",
        "Noise ceiling: 0.570 to 0.735.",
        "Values are mean ± SEM; p values: t tests (against 0 one-sided, else two-sided), FDR-corrected (Benjamini–Hochberg).",
      ].join("\n"),
    );
  });

  test("is a table, and shows itself as one", () => {
    expect(result.toTable().column("model")).toEqual(["m0", "m1", "m2"]);
    expect(result.toTable().column("mean")).toEqual([...result.means]);
    const shown = result[jupyterDisplay]();
    expect(shown["text/html"]).toMatch(/<td[^>]*>m0<\/td>/);
    expect(shown["text/plain"]).toContain("Noise ceiling");
  });

  test("each pair of models is one test in the correction", () => {
    const { p, adjusted } = result.test({ correction: "bonferroni" }).pairwise;
    expect(adjusted[2]).toBeCloseTo(Math.min(1, 3 * p[2]), 15);
    expect(adjusted[2]).toBe(adjusted[6]);
    expect([adjusted[0], adjusted[4], adjusted[8]]).toEqual([1, 1, 1]);
    expect(() => result.test({ correction: "none", type: "bootstrap" })).toThrow(/evalBootstrap/);
    expect(() => result.test({ type: "z" as "t" })).toThrow(/unknown test/);
    expect(() => result.confidence({ level: 95 })).toThrow(/0.95/);
  });
});

import { describe, expect, test } from "vitest";
import { Rdm } from "../../src/rdm/index.ts";
import {
  evalBootstrapCrossval,
  evalCrossval,
  evalFixed,
  selectModel,
  weightedModel,
} from "../../src/rsa/index.ts";
import { largestDifference, numbersOf } from "../reference/read-reference.ts";
import { casesOf, M, models, quiet, V, type ToolboxResult } from "./toolbox.ts";

interface Sets {
  readonly train: readonly { subj: number[]; pat: number[] }[];
  readonly test: readonly { subj: number[]; pat: number[] }[];
  readonly result: ToolboxResult;
}
const method = "corr";

describe("rsatoolbox' crossval on sets_k_fold", () => {
  test.each(
    casesOf("crossval_sets_k_fold").map((c) => [c.k_rdm ?? 1, c.k_pattern ?? 1, c] as const),
  )("%i parts of the RDMs, %i of the items", async (kRdms, kItems, c) => {
    const { result, train, test: tested } = c.output as Sets;
    const fixed = models[0];
    const choice = selectModel(M, { name: "choice" });
    const options = { method, kRdms, kItems, shuffle: false, ...quiet } as const;
    const found = await evalCrossval([fixed, choice], V, options);
    expect(largestDifference(found.scores.data, numbersOf(result.evaluations))).toBeLessThan(1e-12);
    expect(largestDifference(found.means, numbersOf(result.means))).toBeLessThan(1e-12);
    // Their sets, given.
    const folds = train.map(({ subj, pat }, k) => ({
      train: { rdms: subj, items: pat },
      test: { rdms: tested[k].subj, items: tested[k].pat },
    }));
    const replayed = await evalCrossval([fixed, choice], V, { method, folds, ...quiet });
    expect(largestDifference(replayed.scores.data, found.scores.data)).toBeLessThan(1e-12);
    const [lower, upper] = numbersOf(result.noise_ceiling);
    if (kRdms === 1) {
      // There each RDM predicts itself too: what it calls lower is the upper bound.
      expect(found.noiseCeiling?.upper).toBeCloseTo(lower, 12);
      expect(found.noiseCeiling?.lower).toBeLessThan(lower);
    } else {
      expect(found.noiseCeiling?.lower).toBeCloseTo(lower, 12);
      if (kItems === 1) expect(found.noiseCeiling?.upper).toBeCloseTo(upper, 12);
      // There all items are pooled and then the tested ones compared: not the best prediction of those.
      else expect(found.noiseCeiling?.upper).toBeGreaterThan(upper);
    }
  });
});

describe("cross-validation", () => {
  const parts = weightedModel(M, { name: "weighted" });

  test("a fitted model does not profit from its parameters when the data say nothing", async () => {
    const noise = Array.from(
      { length: 6 },
      (_, s) =>
        new Rdm(
          Float64Array.from(
            { length: 190 },
            (_v, k) => (Math.sin((k + 1) * (s + 2) * 12.9898) * 43758.5453) % 1,
          ),
        ),
    );
    const many = weightedModel(
      Array.from(
        { length: 8 },
        (_, m) =>
          new Rdm(
            Float64Array.from(
              { length: 190 },
              (_v, k) => (Math.cos((k + 3) * (m + 1) * 7.7) * 999.7) % 1,
            ),
          ),
      ),
      { name: "eight" },
    );
    const options = { method, by: "regress", ...quiet } as const;
    const result = await evalCrossval(many, noise, { ...options, kItems: 2, kRdms: 3 });
    expect(Math.abs(result.means[0])).toBeLessThan(0.15);
    expect(result.scores.shape).toEqual([1, 1, 6]);
  });

  test("no errors and no tests are made of folds", async () => {
    const result = await evalCrossval(parts, V, { method, kItems: 1, ...quiet });
    expect([result.sem, result.ci, result.tests]).toEqual([undefined, undefined, undefined]);
    expect(result.summary()).toContain("evalBootstrapCrossval gives both");
    expect(() => result.test()).toThrow(/training data/);
  });

  test("the seed decides who is dealt where", async () => {
    const options = { method, kItems: 2, kRdms: 2, ...quiet } as const;
    const one = await evalCrossval(parts, V, { ...options, seed: 1 });
    expect((await evalCrossval(parts, V, { ...options, seed: 1 })).scores.data).toEqual(
      one.scores.data,
    );
    expect((await evalCrossval(parts, V, { ...options, seed: 2 })).scores.data).not.toEqual(
      one.scores.data,
    );
  });

  test("not split at all, a fixed model scores as it does fixed", async () => {
    const result = await evalCrossval(models[0], V, { method, kItems: 1, kRdms: 1, ...quiet });
    const fixed = await evalFixed(models[0], V, { method, ...quiet });
    expect(result.means[0]).toBeCloseTo(fixed.means[0], 12);
    expect(result.noiseCeiling?.lower).toBeCloseTo(fixed.noiseCeiling?.lower ?? NaN, 12);
  });

  test("more parts than there can be are refused; one RDM has no ceiling", async () => {
    await expect(evalCrossval(parts, V, { kItems: 3, ...quiet })).rejects.toThrow(/kItems.*to 2/);
    await expect(evalCrossval(parts, V, { kRdms: 6, ...quiet })).rejects.toThrow(/kRdms.*to 5/);
    const alone = await evalCrossval(parts, V[0], { method, kItems: 2, ...quiet });
    expect(alone.noiseCeiling).toBeUndefined();
  });
});

describe("cross-validation in bootstrap samples", () => {
  const parts = weightedModel(M, { name: "weighted" });
  const options = { method, kItems: 1, kRdms: 2, by: "regress", samples: 80, ...quiet } as const;

  test("gives errors and tests to flexible models", async () => {
    const result = await evalBootstrapCrossval([parts, models[2]], V, {
      ...options,
      resample: "rdms",
    });
    expect(result.scores.shape).toEqual([80, 2, 4]);
    expect(result.sem?.[1]).toBeGreaterThan(0);
    expect(result.means[1]).toBeCloseTo(0.73, 1);
    expect(result.tests?.zero.adjusted[1]).toBeLessThan(0.01);
    expect(result.test({ type: "bootstrap" }).zero.p[1]).toBeLessThan(0.05);
    expect(result.noiseCeiling?.lower).toBeLessThan(result.noiseCeiling?.upper ?? NaN);
  });

  test("copies of an RDM or item never stand on both sides", async () => {
    // One RDM drawn four times, another once: what is trained on one is tested on the other.
    const draws = [{ rdms: [0, 0, 0, 0, 1] }, { rdms: [2, 2, 2, 2, 2] }, { rdms: [0, 1, 2, 3, 4] }];
    const result = await evalBootstrapCrossval(models, V, { ...options, resample: "rdms", draws });
    const fixed = await evalFixed(models, V, { method, ...quiet });
    const first = result.scores.data.slice(0, 4).sort();
    const one = [fixed.scores.data[0], fixed.scores.data[1]];
    expect(largestDifference(first, Float64Array.of(...one, ...one).sort())).toBeLessThan(1e-12);
    expect(result.notes[0]).toContain("1 of 3 samples had too few different items or data RDMs");
    expect(result.notes[0]).toContain("(33 %)");
    const same = [{ rdms: [2, 2, 2, 2, 2] }, { rdms: [1, 1, 1, 1, 1] }];
    const none = evalBootstrapCrossval(models, V, { ...options, resample: "rdms", draws: same });
    await expect(none).rejects.toThrow("kRdms");
  });

  test("over items and RDMs, with a seed", async () => {
    const both = { ...options, kRdms: 1, samples: 10 };
    const one = await evalBootstrapCrossval([parts], V, both);
    expect((await evalBootstrapCrossval([parts], V, both)).scores.data).toEqual(one.scores.data);
    expect(one.resampled).toBe("both");
    await expect(evalBootstrapCrossval([parts], V, { ...both, repeats: 0 })).rejects.toThrow(
      /repeats/,
    );
  });
});

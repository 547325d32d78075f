import { describe, expect, test } from "vitest";
import {
  bandedRidgeCv,
  crossValidateRidge,
  lassoLarsCv,
  leaveOneRunOut,
  random,
  ridgeCv,
  stratifiedKFold,
  clean,
} from "tsrsa";

const quiet = { onProgress: false } as const;
const { normal } = random(5);
const X = Array.from({ length: 12 }, () => [normal(), normal()]);
const Y = X.map(([a, b]) => 3 * a - 2 * b + 0.01 * normal());
const alphas = [1e-4, 1, 1000];

describe("a test fold of one row", () => {
  const lone = /a test fold of one row has no R²/;
  const runs = leaveOneRunOut(X.map((_, at) => (at === 5 ? "alone" : "others")).map((r, at) => (r === "alone" ? r : `${r} ${at % 2}`))); // prettier-ignore

  test.each([
    ["as many folds as rows", X.length],
    ["a run of one row", runs],
    ["one row a run", leaveOneRunOut(X.map((_, at) => at))],
  ] as const)("%s: refused wherever penalties or models are scored", async (_name, folds) => {
    await expect(ridgeCv(X, Y, { alphas, folds, ...quiet })).rejects.toThrow(lone);
    await expect(ridgeCv(X, Y, { alphas, folds, score: "correlation", ...quiet })).rejects.toThrow(
      lone,
    );
    await expect(crossValidateRidge(X, Y, { folds, ...quiet })).rejects.toThrow(lone);
    await expect(
      bandedRidgeCv(X, Y, { a: [0], b: [1] }, { alphas, folds, nWeightings: 1, ...quiet }),
    ).rejects.toThrow(lone);
  });

  test("the lasso compares squared errors, which one row has", async () => {
    const { coef } = await lassoLarsCv(X, Y, { folds: X.length, ...quiet });
    expect(coef.data[0]).toBeCloseTo(3, 1);
    expect(coef.data[1]).toBeCloseTo(-2, 1);
  });
});

describe("a target that is constant in a fold", () => {
  for (const value of [0, 0.1, 1.81])
    test(`at ${value}: no score there, and its means are those of the other folds`, async () => {
      const flat = Y.map((y, at) => (at < 4 ? value : y));
      const both = Y.map((y, at) => [y, flat[at]]);
      const scores = await crossValidateRidge(X, both, { alpha: 1e-4, folds: 3, ...quiet });
      const [r2, r] = [scores.r2.data, scores.correlation.data];
      expect([r2[1], r[1]]).toEqual([NaN, NaN]);
      expect(scores.meanR2[1]).toBeCloseTo((r2[3] + r2[5]) / 2, 12);
      expect(scores.meanCorrelation[1]).toBeCloseTo((r[3] + r[5]) / 2, 12);
      expect(scores.flat).toHaveLength(0);
      const model = await ridgeCv(X, flat, { alphas, folds: 3, ...quiet });
      expect(model.cvScores.data.every(Number.isFinite)).toBe(true);
    });

  test("in every fold: no score at all", async () => {
    const steps = Y.map((_, at) => (at < 6 ? 0.1 : 1.81));
    const options = { folds: 2, ...quiet };
    expect((await crossValidateRidge(X, steps, options)).meanR2[0]).toBeNaN();
    const { cvScores, alpha } = await ridgeCv(X, steps, { alphas, ...options });
    expect([Array.from(cvScores.data), alpha[0]]).toEqual([[NaN, NaN, NaN], 1000]);
    const groups = { a: [0], b: [1] };
    const banded = await bandedRidgeCv(X, steps, groups, { alphas, nWeightings: 1, ...options });
    expect(banded.cvScore[0]).toBeNaN();
  });

  test("does not take the others' choice with it when one penalty is for all", async () => {
    const both = Y.map((y, at) => [y, at < 6 ? 0.1 : 1.81]);
    const options = { alphas, folds: 2, perTarget: false, ...quiet };
    expect((await ridgeCv(X, both, options)).alpha[0]).toBe(1e-4);
  });
});

test.each([[[0.1, 10]], [[10, 0.1]]])(
  "of equally good penalties the larger is taken for all targets too: %j",
  async (order) => {
    // The feature is 0 in the training rows' fold partners: no penalty changes a prediction.
    const zero = Y.map(() => [0]);
    const options = { alphas: order, folds: 3, intercept: true, ...quiet };
    for (const perTarget of [true, false])
      expect((await ridgeCv(zero, Y, { ...options, perTarget })).alpha[0]).toBe(10);
  },
);

describe("more values than a call may have arguments", () => {
  test("classes", () => {
    const classes = Array.from({ length: 260_000 }, (_, at) => at >> 1);
    expect(stratifiedKFold(classes, 2)[0].test).toHaveLength(130_000);
  });

  test("volumes of a run with confounds", () => {
    const n = 200_000;
    const data = Float64Array.from({ length: n }, (_, at) => Math.sin(at));
    const confounds = { data: data.map((_, at) => Math.cos(3 * at)), shape: [n, 1] };
    expect(clean({ data, shape: [n, 1] }, { confounds }).data).toHaveLength(n);
  });
});

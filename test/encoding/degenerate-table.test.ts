import { describe, expect, test } from "vitest";
import {
  bandedRidgeCv,
  correlationScore,
  crossValidatedPredictions,
  crossValidateRidge,
  explainableVariance,
  lassoLarsCv,
  leaveOneRunOut,
  r2Score,
  random,
  ridge,
  ridgeCv,
  scorePairs,
  scoreSignificance,
  variancePartition,
  type FoldsOption,
} from "tsrsa";

const quiet = { onProgress: false } as const;
const { normal } = random(3);
const X = Array.from({ length: 12 }, () => [normal(), normal(), normal()]);
const Y = X.map(([a, b]) => 3 * a - 2 * b + 0.1 * normal());
const alphas = [0.01, 1, 100];
const groups = { a: [0], b: [1, 2] };
const numbers = (list: ArrayLike<number>): number[] => Array.from(list);

/** All that scores or chooses, on the same rows. */
const scored = (x: number[][], y: number[], folds: FoldsOption): [string, () => Promise<unknown>][] => [
  ["ridgeCv", () => ridgeCv(x, y, { alphas, folds, ...quiet })],
  ["crossValidateRidge", () => crossValidateRidge(x, y, { folds, ...quiet })],
  ["bandedRidgeCv", () => bandedRidgeCv(x, y, groups, { folds, nWeightings: 1, ...quiet })],
  ["variancePartition", () => variancePartition(x, y, groups, { folds, ...quiet })],
]; // prettier-ignore

describe.each([0.1, 1.81, 0, 1e30])("a constant target of %d", (value) => {
  const flat = Y.map(() => value);
  test("is named, has no score, and its coefficients are 0", async () => {
    const { r2, correlation, meanR2, meanCorrelation, flat: named } = await crossValidateRidge(X, flat, { folds: 3, ...quiet }); // prettier-ignore
    expect(numbers(named)).toEqual([0]);
    for (const scores of [r2.data, correlation.data])
      expect(numbers(scores)).toEqual([NaN, NaN, NaN]);
    expect([meanR2[0], meanCorrelation[0]]).toEqual([NaN, NaN]);
    const model = await ridge(X, flat);
    expect([...model.coef.data, model.intercept[0]]).toEqual([0, 0, 0, value]);
  });
  test("chooses nothing: the largest penalty, and no score", async () => {
    const { alpha, cvScores } = await ridgeCv(X, flat, { alphas, folds: 3, ...quiet });
    expect([alpha[0], ...cvScores.data]).toEqual([100, NaN, NaN, NaN]);
    const nested = await crossValidateRidge(X, flat, { alpha: alphas, folds: 3, ...quiet });
    expect([...nested.r2.data, ...nested.alpha.data]).toEqual([NaN, NaN, NaN, 100, 100, 100]);
    const banded = await bandedRidgeCv(X, flat, groups, {
      alphas,
      folds: 3,
      nWeightings: 1,
      ...quiet,
    });
    expect([banded.cvScore[0], banded.alphas.a[0]]).toEqual([NaN, 200]);
    const parts = await variancePartition(X, flat, groups, { folds: 3, ...quiet });
    expect(parts.flatMap(({ r2, common }) => [r2[0], common[0]])).toEqual(new Array(6).fill(NaN));
  });
  test("beside others takes nothing from them", async () => {
    const both = Y.map((y) => [value, y]);
    const alone = await crossValidateRidge(X, Y, { alpha: alphas, folds: 3, ...quiet });
    const beside = await crossValidateRidge(X, both, { alpha: alphas, folds: 3, ...quiet });
    expect(beside.meanR2[1]).toBeCloseTo(alone.meanR2[0], 12);
    expect([1, 3, 5].map((at) => beside.alpha.data[at])).toEqual(numbers(alone.alpha.data));
    const one = { alphas, folds: 3, perTarget: false, ...quiet };
    expect((await ridgeCv(X, both, one)).alpha[1]).toBe((await ridgeCv(X, Y, one)).alpha[0]);
  });
  test("has no variance to explain, no correlation and no significance", async () => {
    const rows = flat.map((y) => [y]);
    const ceiling = explainableVariance([rows, rows]);
    expect([ceiling.explainableVariance[0], ceiling.correlation[0]]).toEqual([NaN, NaN]);
    expect(correlationScore(flat, Y)[0]).toBeNaN();
    const found = await scoreSignificance(flat, Y, { permutations: 9, blockLength: 2, ...quiet });
    expect([found.correlation[0], found.pValues[0], found.fdr.nSignificant]).toEqual([NaN, NaN, 0]);
  });
  test("as truth: R² is scikit-learn's 1 or 0 in r2Score, NaN where a mean is made of it", () => {
    expect([r2Score(flat, flat)[0], r2Score(flat, Y)[0]]).toEqual([1, 0]);
    expect([scorePairs(flat, flat).r2, scorePairs(flat, Y).r2]).toEqual([NaN, NaN]);
  });
});

describe("a constant feature", () => {
  const withFlat = X.map(([a, b]) => [a, 1.81, b]);
  const without = X.map(([a, b]) => [a, b]);
  test("has coefficient 0 and changes nothing", async () => {
    const model = await ridge(withFlat, Y, { alpha: 0.5 });
    const plain = await ridge(without, Y, { alpha: 0.5 });
    expect(model.coef.data[1]).toBe(0);
    expect(model.coef.data[2]).toBeCloseTo(plain.coef.data[1], 12);
    const options = { alpha: alphas, folds: 3, ...quiet };
    const scores = await crossValidateRidge(withFlat, Y, options);
    const others = await crossValidateRidge(without, Y, options);
    scores.r2.data.forEach((r2, fold) => expect(r2).toBeCloseTo(others.r2.data[fold], 12));
    const { coef } = await lassoLarsCv(withFlat, Y, { folds: 3, ...quiet });
    expect(coef.data[1]).toBe(0);
  });
  test("alone predicts the mean: R² of it, and no correlation", async () => {
    const constant = X.map(() => [0.1]);
    const { r2, correlation } = await crossValidateRidge(constant, Y, { folds: 3, ...quiet });
    const predicted = await crossValidatedPredictions(constant, Y, { folds: 3, ...quiet });
    const first = r2Score(Y.slice(0, 4), numbers(predicted.data.subarray(0, 4)))[0];
    expect(r2.data[0]).toBeCloseTo(first, 12);
    expect(numbers(correlation.data)).toEqual([NaN, NaN, NaN]);
    const { alpha } = await ridgeCv(constant, Y, { alphas, folds: 3, score: "correlation", ...quiet }); // prettier-ignore
    expect(alpha[0]).toBe(100);
  });
});

describe("too few rows", () => {
  test.each(scored(X.slice(0, 1), Y.slice(0, 1), 2))("one row: %s refuses it", async (_, call) => {
    await expect(call()).rejects.toThrow(/two rows or more/);
  });
  test.each(scored(X.slice(0, 2), Y.slice(0, 2), 2))("two rows, a row a fold: %s refuses it", async (_, call) => {
    await expect(call()).rejects.toThrow(/fold 0 of one row/);
  }); // prettier-ignore
  test("two rows can be fitted, but nobody trains on one", async () => {
    const { coef } = await ridge(X.slice(0, 2), Y.slice(0, 2));
    expect(coef.data.every(Number.isFinite)).toBe(true);
    await expect(
      crossValidatedPredictions(X.slice(0, 2), Y.slice(0, 2), { folds: 2, ...quiet }),
    ).rejects.toThrow(/fold 0, which leaves one row to train on/);
  });
});

test("NaN is refused by name, in features and targets, by all", async () => {
  const holed = X.map((row, at) => (at === 3 ? [row[0], NaN, row[2]] : row));
  for (const [, call] of scored(holed, Y, 3)) await expect(call()).rejects.toThrow(/row 3/);
  const gap = Y.map((value, at) => (at === 7 ? NaN : value));
  for (const [, call] of scored(X, gap, 3)) await expect(call()).rejects.toThrow(/NaN at row 7/);
});

test("folds of unequal size, one of them flat: its score is undefined and decides no penalty", async () => {
  const runs = X.map((_, at) => (at < 2 ? "a" : at < 5 ? "b" : "c"));
  const flat = Y.map((y, at) => (at < 2 ? 0.1 : y));
  const options = { folds: leaveOneRunOut(runs), ...quiet };
  const { r2, meanR2 } = await crossValidateRidge(X, flat, { alpha: 0.01, ...options });
  expect(r2.data[0]).toBeNaN();
  expect(meanR2[0]).toBeCloseTo((r2.data[1] + r2.data[2]) / 2, 14);
  const { cvScores, alpha } = await ridgeCv(X, flat, { alphas, ...options });
  const byHand = await Promise.all(
    alphas.map(async (one) => (await crossValidateRidge(X, flat, { alpha: one, ...options })).meanR2[0]), // prettier-ignore
  );
  byHand.forEach((score, a) => expect(cvScores.data[a]).toBeCloseTo(score, 12));
  expect(alpha[0]).toBe(alphas[byHand.indexOf(Math.max(...byHand))]);
});

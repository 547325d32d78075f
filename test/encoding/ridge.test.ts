import { describe, expect, test } from "vitest";
import { crossValidateRidge } from "../../src/encoding/cross-validate-ridge.ts";
import { crossValidatedPredictions } from "../../src/encoding/cross-validated-predictions.ts";
import { predictResponses } from "../../src/encoding/linear-model.ts";
import { correlationScore, r2Score } from "../../src/encoding/r2-score.ts";
import { ridge } from "../../src/encoding/ridge.ts";
import { ridgeCv } from "../../src/encoding/ridge-cv.ts";
import { leaveOneRunOut } from "../../src/encoding/segments.ts";
import { random } from "../../src/core/random.ts";
import { kFold } from "../../src/stats/folds.ts";
import { farthest, readPacked } from "../reference/encoding/read.ts";

const quiet = { onProgress: false } as const;

describe("ridge agrees with scikit-learn", () => {
  interface Case {
    X: number[][];
    Y: number[][] | number[];
    alpha: number | number[];
    fit_intercept: boolean;
    coef: number[][] | number[];
    intercept: number[] | number;
    X_new: number[][];
    pred: number[][] | number[];
  }
  const { cases } = readPacked<{ cases: Case[] }>("ridge.json");
  test.each(cases.map((one, i) => [i, one] as const))("case %i", async (_, one) => {
    const model = await ridge(one.X, one.Y, { alpha: one.alpha, intercept: one.fit_intercept });
    expect(farthest(model.coef.data, one.coef.flat())).toBeLessThan(1e-9);
    const offsets = typeof one.intercept === "number" ? [one.intercept] : one.intercept;
    if (one.fit_intercept) expect(farthest(model.intercept, offsets)).toBeLessThan(1e-9);
    expect(farthest(predictResponses(model, one.X_new).data, one.pred.flat())).toBeLessThan(1e-9);
  });
});

test("R² agrees with scikit-learn's raw values, its edge rules included", () => {
  const { cases } = readPacked<{ cases: { y: number[][]; p: number[][]; raw: number[] }[] }>(
    "r2.json",
  );
  for (const { y, p, raw } of cases) expect(farthest(r2Score(y, p), raw)).toBeLessThan(1e-12);
});

/** Responses that follow a few features, with a large offset. */
function simulate(n: number, p: number, nTargets: number, seed = 1) {
  const { normal } = random(seed);
  const numbers = (count: number) => Float64Array.from({ length: count }, () => normal());
  const x = numbers(n * p);
  const w = numbers(p * nTargets);
  const y = numbers(n * nTargets);
  for (let row = 0; row < n; row++)
    for (let t = 0; t < nTargets; t++) {
      y[row * nTargets + t] += 500;
      for (let j = 0; j < p; j++)
        y[row * nTargets + t] += (0.5 * x[row * p + j] * w[j * nTargets + t]) / Math.sqrt(p);
    }
  return { stimuli: { data: x, shape: [n, p] }, responses: { data: y, shape: [n, nTargets] } };
}

function rowsOf(
  { data, shape: [, width] }: { data: Float64Array; shape: number[] },
  rows: Int32Array,
) {
  const part = Float64Array.from(
    { length: rows.length * width },
    (_, at) => data[rows[Math.floor(at / width)] * width + (at % width)],
  );
  return { data: part, shape: [rows.length, width] };
}

test.each([
  [97, 11, 70],
  [40, 60, 5],
])(
  "scores from products are those of predictions, %i rows, %i features",
  async (n, p, nTargets) => {
    const { stimuli, responses } = simulate(n, p, nTargets);
    const scores = await crossValidateRidge(stimuli, responses, { alpha: 7, folds: 4, ...quiet });
    for (const [fold, { train, test }] of kFold(n, 4).entries()) {
      const model = await ridge(rowsOf(stimuli, train), rowsOf(responses, train), { alpha: 7 });
      const predicted = predictResponses(model, rowsOf(stimuli, test));
      const part = (data: Float64Array) => data.subarray(fold * nTargets, (fold + 1) * nTargets);
      const observed = rowsOf(responses, test);
      expect(farthest(part(scores.r2.data), r2Score(observed, predicted))).toBeLessThan(1e-10);
      expect(
        farthest(part(scores.correlation.data), correlationScore(observed, predicted)),
      ).toBeLessThan(1e-10);
    }
  },
);

test("the numbers are the same on any number of threads, and for float32 responses that hold them", async () => {
  const { stimuli, responses } = simulate(300, 20, 700);
  const rounded = Float32Array.from(responses.data);
  const run = (data: Float64Array | Float32Array, jobs: number) =>
    crossValidateRidge(
      stimuli,
      { data, shape: responses.shape },
      { alpha: [1, 10], folds: 3, jobs, ...quiet },
    );
  const one = await run(rounded, 1);
  expect((await run(rounded, 3)).r2).toEqual(one.r2);
  expect((await run(Float64Array.from(rounded), 2)).r2).toEqual(one.r2);
});

test("with several penalties each target's is chosen within the training rows", async () => {
  const { stimuli, responses } = simulate(60, 8, 6);
  const alphas = [0.1, 10, 1000];
  const nested = await crossValidateRidge(stimuli, responses, {
    alpha: alphas,
    folds: 5,
    ...quiet,
  });
  for (const [fold, { train, test }] of kFold(60, 5).entries()) {
    // Inner folds are the other outer ones, which lie in four equal stretches of the training rows.
    const inner = await ridgeCv(rowsOf(stimuli, train), rowsOf(responses, train), {
      alphas,
      folds: 4,
      ...quiet,
    });
    const own = Array.from(nested.alpha.data.subarray(fold * 6, (fold + 1) * 6));
    expect(own).toEqual(Array.from(inner.alpha));
    const predicted = predictResponses(inner, rowsOf(stimuli, test));
    const r2 = r2Score(rowsOf(responses, test), predicted);
    expect(farthest(nested.r2.data.subarray(fold * 6, (fold + 1) * 6), r2)).toBeLessThan(1e-10);
  }
});

test("of equally good penalties the larger is taken", async () => {
  const { stimuli, responses } = simulate(60, 3, 4);
  const { alpha, cvScores } = await ridgeCv(stimuli, responses, {
    alphas: [1e-13, 1e-12, 1e-14],
    ...quiet,
  });
  expect(Array.from(alpha)).toEqual([1e-12, 1e-12, 1e-12, 1e-12]);
  expect(cvScores.shape).toEqual([3, 4]);
});

test("one penalty for all is the best on average", async () => {
  const { stimuli, responses } = simulate(80, 10, 9);
  const options = { alphas: [0.1, 30, 3000], ...quiet };
  const { alpha, cvScores } = await ridgeCv(stimuli, responses, { ...options, perTarget: false });
  const means = [0, 1, 2].map((a) =>
    cvScores.data.subarray(a * 9, (a + 1) * 9).reduce((sum, x) => sum + x, 0),
  );
  expect(new Set(alpha)).toEqual(new Set([options.alphas[means.indexOf(Math.max(...means))]]));
});

test("leaving runs out, wherever their rows lie", async () => {
  const { stimuli, responses } = simulate(30, 4, 3);
  const runs = Array.from({ length: 30 }, (_, row) => `run ${row % 3}`);
  const scores = await crossValidateRidge(stimuli, responses, {
    alpha: 1,
    folds: leaveOneRunOut(runs),
    ...quiet,
  });
  const rows = Int32Array.from({ length: 30 }, (_, row) => row);
  const model = await ridge(
    rowsOf(
      stimuli,
      rows.filter((row) => row % 3 > 0),
    ),
    rowsOf(
      responses,
      rows.filter((row) => row % 3 > 0),
    ),
    { alpha: 1 },
  );
  const left = rows.filter((row) => row % 3 === 0);
  const r2 = r2Score(rowsOf(responses, left), predictResponses(model, rowsOf(stimuli, left)));
  expect(farthest(scores.r2.data.subarray(0, 3), r2)).toBeLessThan(1e-10);
});

test("predictions of left-out rows have the scores", async () => {
  const { stimuli, responses } = simulate(50, 6, 4);
  const { data } = await crossValidatedPredictions(stimuli, responses, { alpha: 2, folds: 5 });
  const { r2 } = await crossValidateRidge(stimuli, responses, { alpha: 2, folds: 5, ...quiet });
  const last = Int32Array.from({ length: 10 }, (_, row) => 40 + row);
  const own = r2Score(rowsOf(responses, last), rowsOf({ data, shape: [50, 4] }, last));
  expect(farthest(r2.data.subarray(16, 20), own)).toBeLessThan(1e-10);
});

describe("bad input", () => {
  const rows = [[1, 2], [3, 5], [2, 2], [0, 1]]; // prettier-ignore
  const y = [1, 2, 3, 4];
  test("rows that do not match", async () => {
    await expect(ridge(rows, [1, 2, 3])).rejects.toThrow(/4 rows of responses.*found 3.*pairRuns/);
  });
  test("NaN names its place", async () => {
    await expect(ridge(rows, [1, NaN, 3, 4])).rejects.toThrow(
      /responses: "NaN at row 1, column 0"/,
    );
    await expect(ridge([[1], [Infinity]], [1, 2])).rejects.toThrow(/stimuli: "Infinity at row 1/);
  });
  test("alpha below 0, no number or of another number of targets", async () => {
    await expect(ridge(rows, y, { alpha: -1 })).rejects.toThrow(/alpha: -1/);
    await expect(ridge(rows, y, { alpha: NaN })).rejects.toThrow(/alpha: NaN/);
    await expect(ridge(rows, y, { alpha: [1, 2] })).rejects.toThrow(/one a target/);
    await expect(crossValidateRidge(rows, y, { alpha: [], folds: 2 })).rejects.toThrow(
      /empty list/,
    );
  });
  test("more folds than rows, folds that overlap or do not train on the rest", async () => {
    await expect(crossValidateRidge(rows, y, { folds: 5 })).rejects.toThrow(/from 2 to the 4 rows/);
    const fold = (train: number[], test: number[]) => ({
      train: Int32Array.from(train),
      test: Int32Array.from(test),
    });
    await expect(
      crossValidateRidge(rows, y, { folds: [fold([1, 2, 3], [0]), fold([1, 2, 3], [0])] }),
    ).rejects.toThrow(/fold 1 tests row 0 as another/);
    await expect(
      crossValidateRidge(rows, y, { folds: [fold([1, 2], [0]), fold([0, 2, 3], [1])] }),
    ).rejects.toThrow(/fold 0 trains on 2 of the 3/);
    await expect(crossValidateRidge(rows, y, { folds: 2, alpha: [1, 2] })).rejects.toThrow(
      /three or more/,
    );
    expect(() => leaveOneRunOut([1, 1])).toThrow(/two runs or more/);
  });
  test("collinear features: the shortest solution for a fit, a refusal for scores", async () => {
    const twice = rows.map(([a]) => [a, a]);
    const model = await ridge(twice, y, { alpha: 0 });
    expect(model.coef.data[0]).toBeCloseTo(model.coef.data[1], 12);
    await expect(crossValidateRidge(twice, y, { alpha: 0, folds: 2, ...quiet })).rejects.toThrow(
      /collinear/,
    );
    const { meanR2 } = await crossValidateRidge(twice, y, { alpha: 1, folds: 2, ...quiet });
    expect(meanR2[0]).toBeLessThan(1);
  });
  test("constant targets are named, have coefficients of 0 and no score", async () => {
    const targets = rows.map(([a], row) => [7.1, a + 0.1 * row]);
    const model = await ridge(rows, targets);
    expect(Array.from(model.flat)).toEqual([0]);
    expect([model.coef.data[0], model.coef.data[1], model.intercept[0]]).toEqual([0, 0, 7.1]);
    const scores = await crossValidateRidge(rows, targets, { folds: 2, ...quiet });
    expect([scores.r2.data[0], scores.r2.data[2], scores.meanR2[0]]).toEqual([NaN, NaN, NaN]);
    expect(scores.correlation.data[0]).toBeNaN();
  });
  test("other features than those of the training", async () => {
    expect(() =>
      predictResponses(
        {
          coef: { data: new Float64Array(2), shape: [1, 2] },
          intercept: new Float64Array(1),
          features: { mean: new Float64Array(2), scale: new Float64Array(2) },
          flat: new Int32Array(0),
        },
        [[1]],
      ),
    ).toThrow(/2 features/);
  });
  test("a job that is cancelled", async () => {
    const { stimuli, responses } = simulate(40, 4, 3);
    await expect(
      crossValidateRidge(stimuli, responses, { folds: 4, signal: AbortSignal.abort(), ...quiet }),
    ).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

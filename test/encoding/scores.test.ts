import { describe, expect, test } from "vitest";
import { random } from "../../src/core/random.ts";
import { bandedRidgeCv } from "../../src/encoding/banded-ridge-cv.ts";
import { explainableVariance } from "../../src/encoding/explainable-variance.ts";
import { firDelays } from "../../src/encoding/fir-delays.ts";
import { predictResponses } from "../../src/encoding/linear-model.ts";
import { pairRuns } from "../../src/encoding/pair-runs.ts";
import { correlationScore, r2Score } from "../../src/encoding/r2-score.ts";
import { scoreSignificance } from "../../src/encoding/score-significance.ts";
import { variancePartition } from "../../src/encoding/variance-partition.ts";

const quiet = { onProgress: false } as const;

describe("delays", () => {
  const stimuli = [[1, 10], [2, 20], [3, 30], [4, 40]]; // prettier-ignore
  test("fill with 0, look back and ahead, side by side", () => {
    const { data, shape } = firDelays(stimuli, { delays: [1, -1] });
    expect(shape).toEqual([4, 4]);
    expect(Array.from(data)).toEqual([0, 0, 2, 20, 1, 10, 3, 30, 2, 20, 4, 40, 3, 30, 0, 0]);
  });
  test("nothing crosses from one run into another, also of the same name later on", () => {
    const { data } = firDelays([[1], [2], [3]], { delays: [1, 2], runs: ["a", "b", "a"] });
    expect(Array.from(data)).toEqual([0, 0, 0, 0, 0, 0]);
  });
  test("bad input", () => {
    expect(() => firDelays(stimuli, { delays: [0.5] })).toThrow(/delays\[0\]: 0.5/);
    expect(() => firDelays(stimuli, { delays: [1], runs: [1, 2] })).toThrow(
      /a run for each of 4 rows/,
    );
  });
});

describe("pairing runs", () => {
  test("names the run that does not match", () => {
    expect(() =>
      pairRuns(
        [
          [[1], [2]],
          [[1], [2]],
        ],
        [[[1], [2]], [[1]]],
      ),
    ).toThrow(/run 2: a stimulus for each of 1 volumes, found 2/);
    expect(() => pairRuns([[[1], [2]]], [])).toThrow(/stimuli of 0 runs/);
    expect(() => pairRuns([[[1]]], [[[1]]], { delayVolumes: 1 })).toThrow(/none would be left/);
    expect(() => pairRuns([[[1]], [[1, 2]]], [[[1]], [[1]]])).toThrow(
      /run 2: 1 columns of stimuli/,
    );
  });
  test("keeps which run a row is of", () => {
    const { runs } = pairRuns(
      [
        [[1], [2], [3]],
        [[4], [5]],
      ],
      [
        [[1], [2], [3]],
        [[4], [5]],
      ],
      { delayVolumes: 1 },
    );
    expect(Array.from(runs)).toEqual([0, 0, 1]);
  });
});

describe("scores", () => {
  test("a constant target scores 1 when predicted exactly, else 0; its correlation is NaN", () => {
    expect(Array.from(r2Score([[2, 2], [2, 2]], [[2, 2], [2, 3]]))).toEqual([1, 0]); // prettier-ignore
    expect(Array.from(correlationScore([2, 2, 2], [1, 2, 3]))).toEqual([NaN]);
  });
  test("bad input", () => {
    expect(() => r2Score([1, 2], [1, 2, 3])).toThrow(/predictions of 2 × 1/);
    expect(() => r2Score([1, NaN], [1, 2])).toThrow(/NaN/);
  });
});

/** The numbers are those of the voxelwise tutorials' formula in numpy. */
describe("explainable variance", () => {
  const repeats = [
    [[1, 0.5], [2, -1], [4, 0], [3, 2], [0, 1]],
    [[1.5, 1], [2, 0], [3, -2], [3.5, 1], [-1, 0.3]],
  ]; // prettier-ignore
  test.each([
    [{}, [0.901669634667432, 0.480944530724416]],
    [{ biasCorrection: false }, [0.950834817333716, 0.740472265362208]],
    [{ biasCorrection: false, standardize: false }, [0.948430493273543, 0.739342485549133]],
  ])("%o", (options, expected) => {
    const { explainableVariance: ev, correlation } = explainableVariance(repeats, options);
    expected.forEach((value, j) => expect(ev[j]).toBeCloseTo(value, 12));
    expect(correlation[1]).toBe(Math.sqrt(Math.max(0, ev[1])));
  });
  test("noise has none on average, repeats that are the same all", () => {
    const { normal } = random(3);
    const noise = () => Array.from({ length: 200 }, () => Array.from({ length: 300 }, normal));
    const { explainableVariance: ev } = explainableVariance([noise(), noise(), noise()]);
    expect(Math.abs(ev.reduce((sum, x) => sum + x, 0) / 300)).toBeLessThan(0.02);
    expect(explainableVariance([repeats[0], repeats[0]]).explainableVariance[0]).toBeCloseTo(1, 12);
  });
  test("bad input", () => {
    expect(() => explainableVariance([repeats[0]])).toThrow(/two repeats or more/);
    expect(() => explainableVariance([repeats[0], repeats[1].slice(1)])).toThrow(
      /repeats of 5 × 2/,
    );
  });
});

/** Two feature spaces and their sum: targets follow the first, the second, both, or nothing. */
function spaces(n: number) {
  const { normal } = random(5);
  const stimuli = Array.from({ length: n }, () => Array.from({ length: 7 }, normal));
  const responses = stimuli.map((x) =>
    [x[0] - x[1], x[3] + x[5], x[0] + x[4], 0].map((y) => y + 0.3 * normal()),
  );
  return { stimuli, responses, groups: { near: [0, 1], far: [2, 3, 4, 5, 6] } };
}

test("variance is divided among groups of features, and the areas add up", async () => {
  const { stimuli, responses, groups } = spaces(300);
  const parts = await variancePartition(stimuli, responses, groups, {
    alpha: 1,
    folds: 5,
    ...quiet,
  });
  const [near, far, both] = parts;
  expect(parts.map(({ groups: names }) => names)).toEqual([["near"], ["far"], ["near", "far"]]);
  [0, 1, 2, 3].forEach((t) => {
    expect(near.common[t] + far.common[t] + both.common[t]).toBeCloseTo(both.r2[t], 12);
    expect(near.common[t]).toBeCloseTo(both.r2[t] - far.r2[t], 12);
  });
  expect([
    near.common[0] > 0.9,
    far.common[0] < 0.05,
    far.common[1] > 0.9,
    near.common[2] > 0.4,
  ]).toEqual([true, true, true, true]);
  await expect(variancePartition(stimuli, responses, { a: [0], b: [0] })).rejects.toThrow(
    /"b\\" shares column 0|shares column 0/,
  );
});

test("banded ridge gives each group its penalty, and predictions are in raw features", async () => {
  const { stimuli, responses, groups } = spaces(200);
  const model = await bandedRidgeCv(stimuli, responses, groups, { nWeightings: 4, ...quiet });
  expect(model.alphas.near[0]).toBeLessThan(model.alphas.far[0]);
  expect(model.alphas.far[1]).toBeLessThan(model.alphas.near[1]);
  const r2 = r2Score(responses, predictResponses(model, stimuli));
  expect(Math.min(r2[0], r2[1], r2[2])).toBeGreaterThan(0.9);
  expect(await bandedRidgeCv(stimuli, responses, groups, { nWeightings: 4, ...quiet })).toEqual(
    model,
  );
  await expect(bandedRidgeCv(stimuli, responses, { a: [0], b: [1] })).rejects.toThrow(
    /column 2 in no group/,
  );
});

describe("significance of predictions", () => {
  const { normal } = random(11);
  const n = 400;
  /** Noise that remembers itself for about ten rows, in 60 targets. */
  const slow = () => {
    const rows = [Array.from({ length: 60 }, normal)];
    while (rows.length < n) rows.push(rows[rows.length - 1].map((x) => 0.9 * x + normal()));
    return rows;
  };
  test("a signal is found, and slow noise is not called one", async () => {
    const observed = slow();
    const predicted = slow().map((row, t) => row.map((x, j) => (j < 5 ? observed[t][j] + x : x)));
    const test_ = await scoreSignificance(observed, predicted, {
      blockLength: 40,
      permutations: 400,
      ...quiet,
    });
    expect(test_.fdr.significant.slice(0, 5)).toEqual([true, true, true, true, true]);
    expect(test_.fdr.nSignificant).toBeLessThan(9);
    expect(test_.pValues[0]).toBe(1 / 401);
    const single = await scoreSignificance(observed, predicted, {
      blockLength: 1,
      permutations: 400,
      ...quiet,
    });
    const called = (p: Float64Array) => p.subarray(5).filter((value) => value < 0.05).length;
    expect(called(single.pValues)).toBeGreaterThan(2 * called(test_.pValues));
    expect(test_.method).toMatch(
      /400 shuffles of blocks of 40 rows, seed 0; false discovery rate 0.05/,
    );
  });
  test("a constant prediction is no test; blocks end with runs; bad input", async () => {
    const y = Array.from({ length: 30 }, (_, t) => [Math.sin(t), Math.cos(t * t)]);
    const fit = y.map(([a]) => [a, 1]);
    const found = await scoreSignificance(y, fit, { blockLength: 3, permutations: 20, ...quiet });
    expect([found.correlation[0] > 0.99, Number.isNaN(found.pValues[1])]).toEqual([true, true]);
    await expect(scoreSignificance(y, fit, { blockLength: 10, ...quiet })).rejects.toThrow(
      /30 rows are 3 blocks/,
    );
    const runs = y.map((_, t) => t % 15);
    await expect(
      scoreSignificance(y, fit, { blockLength: 10, runs, permutations: 5, ...quiet }),
    ).resolves.toBeDefined();
    await expect(scoreSignificance(y, fit.slice(1), quiet)).rejects.toThrow(
      /predictions of 30 × 2/,
    );
  });
});

import { describe, expect, test } from "vitest";
import { crossValidateRidge } from "../../src/encoding/cross-validate-ridge.ts";
import { pairRuns } from "../../src/encoding/pair-runs.ts";
import { receptiveField } from "../../src/encoding/receptive-field.ts";
import { farthest, readPacked } from "../reference/encoding/read.ts";

interface Mini {
  /** Run, volume, pixel as in the CSV files. */
  raw_labels: number[][][];
  first_stimulus_2d: number[][];
  y: number[][];
  scores: number[][];
  mean_scores_clipped: number[];
  rf_normalize_true: { alpha: number; coef: number[] }[];
  rf_standardscaler: { alpha: number; coef: number[] }[];
}
const mini = readPacked<Mini>("miyawaki_mini.json");

/** A row of a label file becomes an image in Fortran order, and features are its pixels in C order. */
function stimulus(row: readonly number[]): number[] {
  return row.map((_, pixel) => row[Math.floor(pixel / 10) + 10 * (pixel % 10)]);
}

describe("the Miyawaki example in small, from label files to receptive fields", () => {
  const quiet = { onProgress: false } as const;
  const runs = mini.raw_labels.map((run) => run.map(stimulus));
  const nVolumes = runs[0].length;
  // The reference has the responses shifted already; volumes before them are dropped again.
  const responses = runs.map((_, run) => {
    const own = mini.y.slice(run * (nVolumes - 2), (run + 1) * (nVolumes - 2));
    return [own[0], own[0], ...own];
  });
  const paired = pairRuns(runs, responses, { delayVolumes: 2 });

  test("pixels are laid out as the example does", () => {
    expect(runs[0][0]).toEqual(mini.first_stimulus_2d.flat());
    expect(paired.stimuli.shape).toEqual([mini.y.length, 100]);
    expect(Array.from(paired.responses.data)).toEqual(mini.y.flat());
  });

  test("ridge scores", async () => {
    const folds = mini.scores.length;
    const scores = await crossValidateRidge(paired.stimuli, paired.responses, {
      alpha: 100,
      folds,
      ...quiet,
    });
    expect(farthest(scores.r2.data, mini.scores.flat())).toBeLessThan(1e-9);
    const clipped = scores.meanR2.map((value) => Math.max(0, value));
    expect(farthest(clipped, mini.mean_scores_clipped)).toBeLessThan(1e-9);
  });

  test.each([
    ["seed", mini.rf_normalize_true],
    ["0.13", mini.rf_standardscaler],
  ] as const)("receptive fields of era %s", async (era, expected) => {
    const { fields, alpha } = await receptiveField(paired.stimuli, paired.responses, {
      shape: [10, 10],
      era,
      ...quiet,
    });
    expect(expected.length).toBeGreaterThan(0);
    expected.forEach((one, voxel) => {
      expect(farthest(fields.data.subarray(voxel * 100, (voxel + 1) * 100), one.coef)).toBeLessThan(
        1e-9,
      );
      expect(alpha[voxel]).toBeCloseTo(one.alpha, 10);
    });
  });
});

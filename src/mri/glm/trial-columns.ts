import { fineGrid, pulsesOnGrid, convolve, interpolate, smallestStep } from "./fine-grid.ts";
import type { RegressorOptions } from "./regressors.ts";
import { responseKernels } from "./response-kernels.ts";
import type { Trial } from "./trial-table.ts";

/** The columns of each trial by kernel, as they are: column k of trial i at [i][k]. */
export function trialColumns(
  frameTimesS: Float64Array,
  trials: readonly Trial[],
  { hrf, firDelays, oversampling, minOnsetS }: RegressorOptions,
): Float64Array[][] {
  const grid = fineGrid(frameTimesS, oversampling, minOnsetS);
  const kernels = responseKernels(hrf, smallestStep(frameTimesS), oversampling, firDelays);
  return trials.map((trial) => {
    const signal = pulsesOnGrid([trial], grid);
    return kernels.map(({ samples }) =>
      interpolate(grid.times, convolve(signal, samples), frameTimesS),
    );
  });
}

/** Columns added up. */
export function sumOf(columns: readonly Float64Array[], n: number): Float64Array {
  const sum = new Float64Array(n);
  for (const column of columns) for (let t = 0; t < n; t++) sum[t] += column[t];
  return sum;
}

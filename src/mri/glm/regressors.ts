import { orthogonalInTurn, type NamedColumn } from "./drifts.ts";
import {
  convolve,
  fineGrid,
  interpolate,
  pulsesOnGrid,
  smallestStep,
  type Pulse,
} from "./fine-grid.ts";
import { responseKernels, type HrfModel } from "./response-kernels.ts";

/** How events become columns. */
export interface RegressorOptions {
  readonly hrf: HrfModel;
  readonly firDelays: readonly number[];
  readonly oversampling: number;
  readonly minOnsetS: number;
}

/**
 * A function that makes the columns of one condition of its events: one a kernel, each at right angles to those before
 * it, but for `fir`.
 */
export function regressorsOf(
  frameTimesS: Float64Array,
  { hrf, firDelays, oversampling, minOnsetS }: RegressorOptions,
): (condition: string, pulses: readonly Pulse[]) => NamedColumn[] {
  const grid = fineGrid(frameTimesS, oversampling, minOnsetS);
  const kernels = responseKernels(hrf, smallestStep(frameTimesS), oversampling, firDelays);
  // The mean over a volume that `fir` takes looks ahead by all but one of its samples.
  const ahead = hrf === "fir" ? oversampling - 1 : 0;
  const times = grid.times.subarray(0, grid.times.length - ahead);
  return (condition, pulses) => {
    const signal = pulsesOnGrid(pulses, grid);
    const columns = kernels.map(({ samples }) =>
      interpolate(times, convolve(signal, samples).subarray(ahead), frameTimesS),
    );
    const own = hrf === "fir" ? columns : orthogonalInTurn(columns);
    return own.map((values, k) => ({ name: `${condition}${kernels[k].suffix}`, values }));
  };
}

import { roundHalfEven } from "../../stats/round-half-even.ts";

/** Points in time between volumes, in seconds. */
export interface FineGrid {
  readonly first: number;
  readonly last: number;
  readonly times: Float64Array;
}

/** Smallest step between volumes; nilearn calls it the TR. */
export function smallestStep(frameTimesS: Float64Array): number {
  let step = Infinity;
  for (let k = 1; k < frameTimesS.length; k++)
    step = Math.min(step, frameTimesS[k] - frameTimesS[k - 1]);
  return step;
}

/**
 * The grid on which events are laid, from `minOnsetS` before the first volume to one volume after the last, as
 * nilearn has it: its step is exactly tr / oversampling only when volumes begin at 0.
 */
export function fineGrid(
  frameTimesS: Float64Array,
  oversampling: number,
  minOnsetS: number,
): FineGrid {
  const n = frameTimesS.length;
  const [min, max] = [frameTimesS[0], frameTimesS[n - 1]];
  const last = max * (1 + 1 / (n - 1));
  const points = ((n - 1) / (max - min)) * (last - min - minOnsetS) * oversampling + 1;
  return gridOf(min + minOnsetS, last, roundHalfEven(points));
}

function gridOf(first: number, last: number, nPoints: number): FineGrid {
  const step = (last - first) / (nPoints - 1);
  const times = Float64Array.from({ length: nPoints }, (_, at) => at * step + first);
  times[nPoints - 1] = last;
  return { first, last, times };
}

/** Where and how high: onset and duration in seconds, amplitude. */
export interface Pulse {
  readonly onset: number;
  readonly duration: number;
  readonly amplitude: number;
}

/** Events as steps on the grid; overlapping ones add up, and one of duration 0 is a single sample. */
export function pulsesOnGrid(pulses: readonly Pulse[], { times }: FineGrid): Float64Array {
  const latest = times.length - 1;
  const steps = new Float64Array(times.length);
  for (const { onset, amplitude } of pulses)
    steps[Math.min(firstAtLeast(times, onset), latest)] += amplitude;
  for (const { onset, duration, amplitude } of pulses) {
    const from = Math.min(firstAtLeast(times, onset), latest);
    const to = Math.min(firstAtLeast(times, onset + duration), latest);
    steps[to === from && to < latest ? to + 1 : to] -= amplitude;
  }
  let sum = 0;
  return steps.map((step) => (sum += step));
}

function firstAtLeast(times: Float64Array, wanted: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first samples of a convolution, as many as the signal has. */
export function convolve(signal: Float64Array, kernel: Float64Array): Float64Array {
  const out = new Float64Array(signal.length);
  for (let from = 0; from < signal.length; from++) {
    const value = signal[from];
    if (value === 0) continue;
    const n = Math.min(kernel.length, signal.length - from);
    for (let k = 0; k < n; k++) out[from + k] += value * kernel[k];
  }
  return out;
}

/** Values at other times, on straight lines between samples. */
export function interpolate(
  times: Float64Array,
  values: Float64Array,
  wanted: Float64Array,
): Float64Array {
  return wanted.map((time) => {
    const high = Math.min(Math.max(firstAtLeast(times, time), 1), times.length - 1);
    const low = high - 1;
    const slope = (values[high] - values[low]) / (times[high] - times[low]);
    return slope * (time - times[low]) + values[low];
  });
}

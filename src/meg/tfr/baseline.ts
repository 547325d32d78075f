import { InvalidArgument } from "../../core/errors.ts";
import type { TfrBaseline, TfrBaselineMode } from "./tfr-options.ts";

/** What is made of a value with the mean and the standard deviation of its baseline. */
type Correction = (value: number, mean: number, spread: number) => number;

const corrections: Readonly<Record<TfrBaselineMode, Correction>> = {
  mean: (value, mean) => value - mean,
  ratio: (value, mean) => value / mean,
  logratio: (value, mean) => Math.log10(value / mean),
  percent: (value, mean) => (value - mean) / mean,
  zscore: (value, mean, spread) => (value - mean) / spread,
  zlogratio: (value, mean, spread) => Math.log10(value / mean) / spread,
};

/** Which samples are the baseline, both ends included. Throws `InvalidArgument` where there is none. */
export function baselineSamples(
  times: Float64Array,
  { fromS, toS }: TfrBaseline,
): [number, number] {
  const [low, high] = [fromS ?? times[0], toS ?? times[times.length - 1]];
  // As MNE, ends are compared after rounding, so that 0.3 − 0.1 finds 0.2.
  const inside = Array.from(times.keys()).filter(
    (at) => times[at] >= low - 1e-10 && times[at] <= high + 1e-10,
  );
  if (inside.length === 0)
    throw new InvalidArgument(
      "baseline",
      `${low} to ${high} s`,
      `no sample lies in it; the data go from ${times[0]} to ${times[times.length - 1]} s`,
    );
  return [inside[0], inside[inside.length - 1] + 1];
}

/** Power against a baseline, row by row: every epoch, channel and frequency by itself. */
export function againstBaseline(
  power: Float64Array,
  times: Float64Array,
  baseline: TfrBaseline,
): Float64Array {
  const [from, to] = baselineSamples(times, baseline);
  const n = times.length;
  const out = new Float64Array(power.length);
  const correct = corrections[baseline.mode];
  for (let start = 0; start < power.length; start += n) {
    const base = power.subarray(start + from, start + to);
    const mean = meanOf(base);
    const spread =
      baseline.mode === "zlogratio"
        ? spreadOf(base.map((value) => Math.log10(value / mean)))
        : spreadOf(base);
    for (let t = start; t < start + n; t++) out[t] = correct(power[t], mean, spread);
  }
  return out;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation, divided by n. */
function spreadOf(values: Float64Array): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
}

import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { ClusterFinder } from "./find-clusters.ts";
import type { Tail } from "./tail.ts";

/** Threshold-free cluster enhancement: how the thresholds run, and how height and extent count. */
export interface TfceOptions {
  /** The lowest threshold, in units of the statistic. Default: 0. */
  readonly start?: number;
  /** Distance of the thresholds. Default: 0.2. */
  readonly step?: number;
  /** Power of the height H. Default: 2. */
  readonly heightPower?: number;
  /** Power of the extent E. Default: 0.5. */
  readonly extentPower?: number;
}

const tfceNames: OptionNames<TfceOptions> = {
  start: true,
  step: true,
  heightPower: true,
  extentPower: true,
};

/** More thresholds than this are a mistake in `step`. */
const MOST_THRESHOLDS = 100_000;

/** TFCE options with their defaults. Throws `InvalidArgument`. */
export function tfceSettings(options: TfceOptions): Required<TfceOptions> {
  checkOptions(options, tfceNames);
  const { start = 0, step = 0.2, heightPower = 2, extentPower = 0.5 } = options;
  if (!(step > 0)) throw new InvalidArgument("tfce.step", step, "give a distance above 0");
  if (!(start >= 0))
    throw new InvalidArgument("tfce.start", start, "give a threshold of 0 or more");
  return { start, step, heightPower, extentPower };
}

/**
 * Scores of threshold-free cluster enhancement, written into `out`: at every position the sum over thresholds h of
 * (extent of its cluster at h)^E · h^H · dh (Smith & Nichols 2009). Agrees with MNE-Python from 1.13 on; before, the
 * extent was always 1 on a one-dimensional lattice, and the height did not count.
 */
export function enhance(
  values: Float64Array,
  tail: Tail,
  settings: Required<TfceOptions>,
  finder: ClusterFinder,
  out: Float64Array,
): void {
  const { start, step, heightPower, extentPower } = settings;
  out.fill(0);
  const count = Math.ceil((highest(values, tail) - start) / step);
  if (count > MOST_THRESHOLDS)
    throw new InvalidArgument("tfce.step", step, `that is ${count} thresholds; take larger steps`);
  for (let t = 0; t < count; t++) {
    const threshold = start + t * step;
    const weight = threshold ** heightPower * (t === 0 ? start : step);
    if (weight === 0) continue;
    const add = (queue: Int32Array, size: number): void => {
      const score = weight * size ** extentPower;
      for (let k = 0; k < size; k++) out[queue[k]] += score;
    };
    if (tail !== "less") finder.each(values, threshold, 1, add);
    if (tail !== "greater") finder.each(values, threshold, -1, add);
  }
}

function highest(values: Float64Array, tail: Tail): number {
  let most = -Infinity;
  for (const value of values) {
    const size = tail === "both" ? Math.abs(value) : tail === "greater" ? value : -value;
    if (size > most && size !== Infinity) most = size;
  }
  return most;
}

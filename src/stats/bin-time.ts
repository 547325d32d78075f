import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { finite, kind, listOf, numbers, positive } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { Matrix } from "../core/matrix.ts";

/** Which samples go together. */
export interface BinTimeOptions {
  /** Bins of this length, from `startS` on; what is over at the end is left out. */
  readonly widthS?: number;
  /** Where the first bin begins. Default: the first time. */
  readonly startS?: number;
  /** Instead of a width: from and to of each bin, in seconds; `to` is not in it. */
  readonly bins?: readonly (readonly [number, number])[];
}

const bin = kind(
  "two finite numbers as [from, to], the earlier first",
  (value) =>
    Array.isArray(value) &&
    value.length === 2 &&
    value.every(Number.isFinite) &&
    value[0] < value[1],
);

const binTimeNames: OptionNames<BinTimeOptions> = {
  widthS: positive,
  startS: finite,
  bins: listOf(bin),
};

/** Values averaged over bins of time. */
export interface BinnedTime extends Matrix<Float64Array> {
  /** The mean of the times in each bin. */
  readonly times: Float64Array;
  /** How many samples each has. */
  readonly counts: Int32Array;
}

/** A time this near to an edge, in steps between samples, is on it: times in files are rounded. */
const onEdge = 1e-3;

/**
 * Average over bins of time: … × times in, … × bins out. Samples at the end of a bin are in the next. Agrees with
 * `bin_time` of rsatoolbox for bins that name their samples.
 *
 * @param values - any array whose last axis is time, as epochs × channels × times.
 * @param times - the time of each sample in seconds, ascending.
 * @throws InvalidArgument for a bin without samples, times that do not ascend, or neither width nor bins; ShapeMismatch.
 * @example
 * import { binTime } from "tsrsa";
 * const values = { data: Float64Array.of(1, 2, 3, 4), shape: [1, 4] };
 * binTime(values, [0, 0.1, 0.2, 0.3], { widthS: 0.2 }).data; // Float64Array(2) [ 1.5, 3.5 ]
 */
export function binTime(
  values: Matrix,
  times: ArrayLike<number>,
  options: BinTimeOptions,
): BinnedTime {
  checkOptions(options, binTimeNames);
  const { data, shape } = checkedMatrix(values, "values");
  numbers(times, "times");
  const n = shape.at(-1) ?? 0;
  if (times.length !== n) throw new ShapeMismatch(`${n} times, one per sample`, `${times.length}`);
  const at = Float64Array.from(times);
  if (at.some((time, k) => !Number.isFinite(time) || (k > 0 && time <= at[k - 1])))
    throw new InvalidArgument("times", "times that do not ascend", "give one for each sample");
  const members = edges(at, options).map(([from, to]) => samplesIn(at, from, to));
  const nRows = n === 0 ? 0 : data.length / n;
  const out = new Float64Array(nRows * members.length);
  for (let row = 0; row < nRows; row++)
    members.forEach(([first, last], b) => {
      let sum = 0;
      for (let k = first; k < last; k++) sum += Number(data[row * n + k]);
      out[row * members.length + b] = sum / (last - first);
    });
  return {
    ...{ data: out, shape: [...shape.slice(0, -1), members.length] },
    times: Float64Array.from(members, ([first, last]) => meanBetween(at, first, last)),
    counts: Int32Array.from(members, ([first, last]) => last - first),
  };
}

function edges(times: Float64Array, { widthS, startS, bins }: BinTimeOptions) {
  if ((widthS === undefined) === (bins === undefined))
    throw new InvalidArgument("options", "neither or both", "give widthS, or bins");
  if (bins !== undefined) {
    if (startS !== undefined)
      throw new InvalidArgument(
        "startS",
        startS,
        "it belongs to widthS; bins say where they begin",
      );
    if (bins.length > 0) return bins;
    throw new InvalidArgument("bins", "none", "give at least one");
  }
  const [width, start] = [widthS ?? 0, startS ?? times[0]];
  const step = stepOf(times);
  // The last sample lasts as long as the others.
  const count = Math.floor((times[times.length - 1] + step - start) / width + onEdge);
  if (count >= 1)
    return Array.from({ length: count }, (_, b) => [start + b * width, start + (b + 1) * width]);
  throw new InvalidArgument("widthS", width, "not one whole bin fits into the times");
}

function stepOf(times: Float64Array): number {
  return times.length < 2 ? 0 : (times[times.length - 1] - times[0]) / (times.length - 1);
}

/** First sample of a bin, and that behind the last. Throws `InvalidArgument` for none. */
function samplesIn(times: Float64Array, from: number, to: number): readonly [number, number] {
  const slack = onEdge * stepOf(times);
  const after = (edge: number): number => {
    const found = times.findIndex((time) => time >= edge - slack);
    return found < 0 ? times.length : found;
  };
  const [first, last] = [after(from), after(to)];
  if (last > first) return [first, last];
  throw new InvalidArgument("bins", `[${from}, ${to}]`, "it has no sample; give a wider one");
}

function meanBetween(values: Float64Array, first: number, last: number): number {
  return values.subarray(first, last).reduce((sum, value) => sum + value, 0) / (last - first);
}

import { InvalidArgument } from "../../core/errors.ts";
import { cells, object } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { Matrix, MatrixLike } from "../../core/matrix.ts";
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import { toMeasurements, type Measurements } from "./measurements.ts";
import { checkedPrecision, timesPrecision } from "./products.ts";

/** Which row is of which item and run, and what is known of the noise of channels. */
export interface ItemNoiseOptions {
  /** The item of each row. */
  readonly labels: readonly string[];
  /** The run of each row; an item is in a run once. */
  readonly runs: ArrayLike<string | number>;
  /** Inverse covariance of the noise of channels, by whose root the residuals are whitened. Default: not whitened. */
  readonly precision?: MatrixLike;
}

const itemNoiseNames: OptionNames<ItemNoiseOptions> = {
  labels: cells,
  runs: cells,
  precision: object,
};

/** A covariance of the noise of items. */
export interface ItemNoise extends Matrix<Float64Array> {
  /** The items of rows and columns, sorted. */
  readonly items: readonly string[];
}

/**
 * The covariance of the noise between items of one run, nItems × nItems, for the `sigma` of `compareRdms`: what the
 * patterns of a run have in common beside their items' means, over runs − 1 and channels. Agrees with
 * `sigmak_from_measurements` of rsatoolbox, except that a pair of items seen together in one run only is refused (there
 * infinite).
 *
 * @param rows - nObservations × nChannels.
 * @throws InvalidArgument for a pair of items that fewer than two runs have, an item that is twice in a run, or values
 *   that are not finite; ShapeMismatch.
 * @example
 * import { itemNoise } from "tsrsa";
 * const rows = [[1, 0], [0, 1], [3, 0], [0, 3]];
 * itemNoise(rows, { labels: ["a", "b", "a", "b"], runs: [1, 1, 2, 2] }).data; // Float64Array(4) [ 1, 0, 0, 1 ]
 */
export function itemNoise(rows: MatrixLike, options: ItemNoiseOptions): ItemNoise {
  checkOptions(options, itemNoiseNames);
  const of = toMeasurements(rows, Array.from(options.labels, String), options.runs);
  if (options.runs === undefined)
    throw new InvalidArgument("runs", undefined, "say which run each row is of");
  if (!of.data.every(Number.isFinite))
    throw new InvalidArgument(
      "rows",
      "values that are not finite",
      "leave out rows that lack some",
    );
  const { nItems: n, nChannels: p, items = [] } = of;
  const precision = checkedPrecision(options.precision, p);
  const white = timesPrecision(residuals(of), p, precision && rootOf(precision, p));
  const at = placesOf(of, items);
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++)
      data[i * n + j] = data[j * n + i] = covariance(white, p, at, i, j, items);
  return { data, shape: [n, n], items };
}

/** Rows less the mean of their item. */
function residuals({ data, nChannels: p, itemOf, nItems }: Measurements): Float64Array {
  const means = new Float64Array(nItems * p);
  const counts = new Int32Array(nItems);
  itemOf.forEach((item) => counts[item]++);
  itemOf.forEach((item, row) => {
    for (let c = 0; c < p; c++) means[item * p + c] += data[row * p + c] / counts[item];
  });
  return data.map((value, k) => value - means[itemOf[Math.floor(k / p)] * p + (k % p)]);
}

/** The row of each item in each run; −1 where it has none. Throws `InvalidArgument` for two. */
function placesOf(
  { itemOf, runOf, nRuns, nItems }: Measurements,
  items: readonly string[],
): readonly Int32Array[] {
  const at = Array.from({ length: nRuns }, () => new Int32Array(nItems).fill(-1));
  itemOf.forEach((item, row) => {
    const run = at[runOf?.[row] ?? 0];
    if (run[item] >= 0)
      throw new InvalidArgument(
        "rows",
        `${items[item]} twice in one run`,
        "average the rows of an item in each run first, with averageByLabel",
      );
    run[item] = row;
  });
  return at;
}

function covariance(
  white: Float64Array,
  p: number,
  at: readonly Int32Array[],
  i: number,
  j: number,
  items: readonly string[],
): number {
  const both = at.filter((run) => run[i] >= 0 && run[j] >= 0);
  if (both.length < 2)
    throw new InvalidArgument(
      "runs",
      i === j ? items[i] : `${items[i]} and ${items[j]}`,
      "fewer than two runs have them, which tells nothing of their noise; leave such items out",
    );
  let sum = 0;
  for (const run of both)
    for (let c = 0; c < p; c++) sum += white[run[i] * p + c] * white[run[j] * p + c];
  return sum / (both.length - 1) / p;
}

/** The symmetric square root of a precision. Throws `InvalidArgument` for one below 0. */
function rootOf(precision: Float64Array, p: number): Float64Array {
  const { values, vectors } = symmetricEigen(precision, p);
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  if (values.some((value) => !(value >= -1e-10 * largest)))
    throw new InvalidArgument(
      "precision",
      "not positive definite",
      "give the inverse of a covariance",
    );
  const root = new Float64Array(p * p);
  values.forEach((value, k) => {
    const length = Math.sqrt(Math.max(0, value));
    const row = vectors.subarray(k * p, (k + 1) * p);
    for (let a = 0; a < p; a++)
      for (let b = 0; b < p; b++) root[a * p + b] += length * row[a] * row[b];
  });
  return root;
}

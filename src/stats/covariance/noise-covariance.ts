import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toRows, type Matrix, type MatrixLike } from "../../core/matrix.ts";
import { cells, oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import {
  diagonalCovariance,
  fullCovariance,
  shrunkToDiagonal,
  shrunkToIdentity,
  type ResidualSums,
} from "./shrink.ts";
import { rowsByLabel } from "./rows-by-label.ts";
import { demeaned, productSums } from "./sums.ts";

/** Every estimator by name. */
export const covarianceEstimators = {
  full: fullCovariance,
  diagonal: diagonalCovariance,
  "shrunk-to-identity": shrunkToIdentity,
  "shrunk-to-diagonal": shrunkToDiagonal,
} satisfies Record<string, (residuals: ResidualSums) => Float64Array>;

/** How a noise covariance is estimated. */
export type CovarianceMethod = keyof typeof covarianceEstimators;

/** How to estimate a noise covariance. */
export interface NoiseCovarianceOptions {
  /**
   * `full`: as it is. `diagonal`: variances alone. `shrunk-to-identity`: Ledoit & Wolf (2004).
   * `shrunk-to-diagonal` (default): Schäfer & Strimmer (2005); a channel that is constant, or but for rounding, has
   * variance 0 and no part in how far the others are shrunk.
   */
  readonly method?: CovarianceMethod;
  /**
   * The item of each row, when the rows are repeated measurements: what differs within an item is noise. Items may
   * have different numbers of rows. Without labels the rows are residuals already.
   */
  readonly labels?: readonly string[];
  /**
   * The run of each row, when the rows are residuals of several runs: each run has a mean of its own, and all are
   * pooled.
   */
  readonly runs?: ArrayLike<string | number>;
  /**
   * Degrees of freedom. Default: rows − 1 (of each run), or with labels rows − items. Say it for residuals of a
   * regression: rows less columns of the design, added up over runs.
   */
  readonly dof?: number;
}

const noiseCovarianceNames: OptionNames<NoiseCovarianceOptions> = {
  method: oneOf(Object.keys(covarianceEstimators), "covariance method"),
  labels: cells,
  runs: cells,
  dof: true,
};

/**
 * The covariance of noise over channels, nChannels × nChannels, from residuals or repeated measurements.
 *
 * Agrees with rsatoolbox's `cov_from_residuals` and `cov_from_unbalanced`. Its `cov_from_measurements` counts
 * (items − 1) · repeats degrees of freedom where there are items · (repeats − 1), so that its estimate is wrong by that
 * ratio; ours is right.
 *
 * @param rows - nObservations × nChannels.
 * @throws InvalidArgument when there is nothing to estimate from, or a value is not finite; ShapeMismatch for a wrong
 *   number of labels; UnknownOption for an unknown method.
 * @example
 * import { noiseCovariance } from "tsrsa";
 * noiseCovariance([[1, 2], [3, 1], [2, 6]], { method: "full" }).data; // Float64Array(4) [ 1, -0.5, -0.5, 7 ]
 */
export function noiseCovariance(
  rows: MatrixLike,
  options: NoiseCovarianceOptions = {},
): Matrix<Float64Array> {
  checkOptions(options, noiseCovarianceNames);
  const { method = "shrunk-to-diagonal" } = options;
  const { data, shape } = toRows(rows, "rows");
  const [n, p] = shape;
  if (n * p === 0 || !data.every(Number.isFinite))
    throw new InvalidArgument(
      "rows",
      n * p === 0 ? `${n} × ${p}` : "values that are not finite",
      "give finite values; leave out rows and channels that lack some",
    );
  const groups = groupsOf(n, options);
  const dof = options.dof ?? n - groups.length;
  if (!(dof > 0) || n < 2)
    throw new InvalidArgument(
      "dof",
      dof,
      "there is nothing left to estimate noise from: some items need more than one row",
    );
  const within = groups.length === 1 ? demeaned(data, n) : demeanedWithin(data, p, groups);
  const estimate = covarianceEstimators[method]({ ...productSums(within, p), n, p, dof });
  return { data: estimate, shape: [p, p] };
}

/** Rows that share a mean: those of an item, or of a run. */
function groupsOf(n: number, { labels, runs }: NoiseCovarianceOptions): readonly number[][] {
  if (labels !== undefined && runs !== undefined)
    throw new InvalidArgument("runs", "given with labels", "pass one of the two");
  for (const [name, list] of [
    ["labels", labels],
    ["runs", runs],
  ] as const) {
    if (list === undefined) continue;
    if (list.length !== n) throw new ShapeMismatch(`${n} ${name}, one per row`, `${list.length}`);
    return rowsByLabel(list);
  }
  return [Array.from({ length: n }, (_, row) => row)];
}

/** Rows minus the mean of their group. */
function demeanedWithin(
  data: Float64Array,
  p: number,
  groups: readonly (readonly number[])[],
): Float64Array {
  const rows = new Float64Array(data.length);
  for (const at of groups) {
    const own = new Float64Array(at.length * p);
    at.forEach((row, i) => own.set(data.subarray(row * p, (row + 1) * p), i * p));
    const centred = demeaned(own, at.length);
    at.forEach((row, i) => rows.set(centred.subarray(i * p, (i + 1) * p), row * p));
  }
  return rows;
}

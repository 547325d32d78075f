import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toRows, type Matrix, type MatrixLike } from "../../core/matrix.ts";
import { cells, oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import {
  diagonalCovariance,
  fullCovariance,
  shrunkToDiagonal,
  shrunkToIdentity,
  type Residuals,
} from "./shrink.ts";
import { demeaned } from "./sums.ts";

const estimators = {
  full: fullCovariance,
  diagonal: diagonalCovariance,
  "shrunk-to-identity": shrunkToIdentity,
  "shrunk-to-diagonal": shrunkToDiagonal,
} satisfies Record<string, (residuals: Residuals) => Float64Array>;

/** How a noise covariance is estimated. */
export type CovarianceMethod = keyof typeof estimators;

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
  /** Degrees of freedom. Default: rows − 1, or with labels rows − items. Say it for residuals of a regression. */
  readonly dof?: number;
}

const noiseCovarianceNames: OptionNames<NoiseCovarianceOptions> = {
  method: oneOf(Object.keys(estimators), "covariance method"),
  labels: cells,
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
  const { method = "shrunk-to-diagonal", labels } = options;
  const { data, shape } = toRows(rows, "rows");
  const [n, p] = shape;
  if (n * p === 0 || !data.every(Number.isFinite))
    throw new InvalidArgument(
      "rows",
      n * p === 0 ? `${n} × ${p}` : "values that are not finite",
      "give finite values; leave out rows and channels that lack some",
    );
  const within = labels === undefined ? { rows: data, nItems: 1 } : withinItems(data, n, labels);
  const dof = options.dof ?? n - within.nItems;
  if (!(dof > 0) || n < 2)
    throw new InvalidArgument(
      "dof",
      dof,
      "there is nothing left to estimate noise from: some items need more than one row",
    );
  const estimate = estimators[method]({ rows: demeaned(within.rows, n), n, p, dof });
  return { data: estimate, shape: [p, p] };
}

function withinItems(
  data: Float64Array,
  n: number,
  labels: readonly string[],
): { rows: Float64Array; nItems: number } {
  if (labels.length !== n) throw new ShapeMismatch(`${n} labels, one per row`, `${labels.length}`);
  const p = data.length / n;
  const rows = new Float64Array(data.length);
  const places = new Map<string, number[]>();
  labels.forEach((label, at) => places.set(label, [...(places.get(label) ?? []), at]));
  for (const at of places.values()) {
    const own = new Float64Array(at.length * p);
    at.forEach((row, i) => own.set(data.subarray(row * p, (row + 1) * p), i * p));
    const centred = demeaned(own, at.length);
    at.forEach((row, i) => rows.set(centred.subarray(i * p, (i + 1) * p), row * p));
  }
  return { rows, nItems: places.size };
}

import { InvalidArgument } from "../../core/errors.ts";
import { factorize } from "../../linalg/cholesky.ts";
import { dotAt } from "../../linalg/dot.ts";
import {
  covarianceEstimators,
  type CovarianceMethod,
} from "../../stats/covariance/noise-covariance.ts";
import type { ResidualSums } from "../../stats/covariance/shrink.ts";

/** The covariance of series that have noise. */
export function noiseCovarianceOf(
  sums: ResidualSums,
  method: CovarianceMethod,
): { kept: Int32Array; covariance: Float64Array } {
  const { p, products } = sums;
  const all = Int32Array.from({ length: p }, (_, i) => i);
  const kept = all.filter((i) => products[i * (p + 1)] > 0);
  const own = kept.length === p ? sums : withoutFlat(sums, kept);
  return { kept, covariance: covarianceEstimators[method](own) };
}

function withoutFlat(sums: ResidualSums, kept: Int32Array): ResidualSums {
  const k = kept.length;
  const take = (matrix: Float64Array): Float64Array =>
    Float64Array.from(
      { length: k * k },
      (_, at) => matrix[kept[Math.floor(at / k)] * sums.p + kept[at % k]],
    );
  return { ...sums, products: take(sums.products), squares: take(sums.squares), p: k };
}

/** The factor of a covariance. Throws `InvalidArgument` when it has none. */
export function factorOf(covariance: Float64Array, n: number): Float64Array {
  const { lower, failedAt } = factorize(covariance, n);
  if (failedAt === undefined) return lower;
  refuseIndefinite(n);
}

/** Throws `InvalidArgument` for a covariance that has no factor. */
export function refuseIndefinite(n: number): never {
  throw new InvalidArgument(
    "noise",
    `a covariance of ${n} voxels that is not positive definite`,
    'there are too few residuals for so many voxels; say method: "shrunk-to-diagonal"',
  );
}

/**
 * L⁻¹ x of rows: nRows × width × kept, the numbers of one moment together.
 *
 * @param rows - nRows × p × width.
 */
export function whitenRows(
  rows: Float64Array,
  p: number,
  width: number,
  kept: Int32Array,
  lower: Float64Array,
): Float64Array {
  const k = kept.length;
  const nRows = rows.length / (p * width);
  const out = new Float64Array(nRows * width * k);
  let to = 0;
  for (let row = 0; row < nRows; row++)
    for (let w = 0; w < width; w++, to += k)
      for (let i = 0; i < k; i++) {
        const value = rows[(row * p + kept[i]) * width + w];
        out[to + i] = (value - dotAt(lower, i * k, out, to, i)) / lower[i * k + i];
      }
  return out;
}

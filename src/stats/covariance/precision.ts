import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { factorize, inverseOf } from "../../linalg/cholesky.ts";
import { toRows, type Matrix, type MatrixLike } from "../../core/matrix.ts";

/**
 * The inverse of a covariance, nChannels × nChannels: what `mahalanobis` and `crossnobis` take.
 * Agrees with `numpy.linalg.inv`.
 *
 * @throws ShapeMismatch unless it is square; InvalidArgument when it is not positive definite, as a full covariance of
 *   fewer rows than channels.
 * @example
 * import { precisionMatrix } from "tsrsa";
 * precisionMatrix([[4, 0], [0, 16]]).data; // Float64Array(4) [ 0.25, 0, 0, 0.0625 ]
 */
export function precisionMatrix(covariance: MatrixLike): Matrix<Float64Array> {
  const { data, shape } = toRows(covariance);
  const [p, columns] = shape;
  if (p !== columns || p === 0) throw new ShapeMismatch("a square covariance", shape.join(" × "));
  const { lower, failedAt } = factorize(data, p);
  if (failedAt !== undefined) throw notPositive(failedAt);
  return { data: inverseOf(lower, p), shape: [p, p] };
}

function notPositive(channel: number): InvalidArgument {
  return new InvalidArgument(
    "covariance",
    `not positive definite at channel ${channel}`,
    "there are too few rows for so many channels, or a constant one; estimate it with shrinkage",
  );
}

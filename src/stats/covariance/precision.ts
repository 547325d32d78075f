import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
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
  const root = choleskyRoot(data, p);
  const inverse = new Float64Array(p * p);
  for (let column = 0; column < p; column++) {
    const solution = solved(root, p, column);
    for (let i = 0; i < p; i++) inverse[i * p + column] = solution[i];
  }
  return { data: inverse, shape: [p, p] };
}

/** The lower triangle L with L · Lᵀ = covariance. */
function choleskyRoot(data: Float64Array, p: number): Float64Array {
  const root = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = data[i * p + j];
      for (let k = 0; k < j; k++) sum -= root[i * p + k] * root[j * p + k];
      if (i !== j) root[i * p + j] = sum / root[j * p + j];
      else if (sum > Number.EPSILON * p * Math.abs(data[i * p + i]))
        root[i * p + i] = Math.sqrt(sum);
      else throw notPositive(i);
    }
  }
  return root;
}

/** The column of the inverse that belongs to this unit vector. */
function solved(root: Float64Array, p: number, column: number): Float64Array {
  const x = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    let sum = i === column ? 1 : 0;
    for (let k = 0; k < i; k++) sum -= root[i * p + k] * x[k];
    x[i] = sum / root[i * p + i];
  }
  for (let i = p - 1; i >= 0; i--) {
    let sum = x[i];
    for (let k = i + 1; k < p; k++) sum -= root[k * p + i] * x[k];
    x[i] = sum / root[i * p + i];
  }
  return x;
}

function notPositive(channel: number): InvalidArgument {
  return new InvalidArgument(
    "covariance",
    `not positive definite at channel ${channel}`,
    "there are too few rows for so many channels, or a constant one; estimate it with shrinkage",
  );
}

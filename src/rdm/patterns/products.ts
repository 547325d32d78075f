import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { isMatrix, toRows, type MatrixLike } from "../../core/matrix.ts";

/** For every pair of items: Σ (a_i − a_j) · (b_i − b_j) over channels, divided by `divisor`. */
export function differenceProducts(
  a: Float64Array,
  b: Float64Array,
  p: number,
  divisor: number,
): Float64Array {
  const n = a.length / p;
  const condensed = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let sum = 0;
      for (let c = 0; c < p; c++)
        sum += (a[i * p + c] - a[j * p + c]) * (b[i * p + c] - b[j * p + c]);
      condensed[at++] = sum / divisor;
    }
  }
  return condensed;
}

/** Every row times a symmetric matrix; the rows themselves without one. */
export function timesPrecision(
  rows: Float64Array,
  p: number,
  precision: Float64Array | undefined,
): Float64Array {
  if (precision === undefined) return rows;
  const out = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row += p) {
    for (let c = 0; c < p; c++) {
      let sum = 0;
      for (let d = 0; d < p; d++) sum += precision[c * p + d] * rows[row + d];
      out[row + c] = sum;
    }
  }
  return out;
}

/** A precision for `p` channels. Throws `ShapeMismatch` for another size, `InvalidArgument` unless it is symmetric. */
export function checkedPrecision(
  precision: MatrixLike | undefined,
  p: number,
): Float64Array | undefined {
  if (precision === undefined) return undefined;
  const { data, shape } = toRows(precision);
  if (shape[0] !== p || shape[1] !== p)
    throw new ShapeMismatch(`a precision of ${p} × ${p}, channels × channels`, shape.join(" × "));
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [data[i * p + j], data[j * p + i]];
      if (!(Math.abs(a - b) <= 1e-8 * (Math.abs(a) + Math.abs(b)) + Number.MIN_VALUE))
        throw new InvalidArgument("precision", "not symmetric", "give the inverse of a covariance");
    }
  }
  return data;
}

/** True for several matrices, one per run. */
export function isList(
  precision: MatrixLike | readonly MatrixLike[] | undefined,
): precision is readonly MatrixLike[] {
  if (precision === undefined || isMatrix(precision as MatrixLike)) return false;
  const [first] = precision as readonly unknown[];
  if (typeof first !== "object" || first === null) return false;
  // A matrix among others has a shape; rows of rows are matrices too.
  return "shape" in first || typeof (first as ArrayLike<unknown>)[0] === "object";
}

/** The mean of several condensed vectors; values that are `NaN` in one do not count there. */
export function meanOfKnown(vectors: readonly Float64Array[]): Float64Array {
  return vectors[0].map((_, at) => {
    let [sum, count] = [0, 0];
    for (const vector of vectors) {
      if (Number.isNaN(vector[at])) continue;
      sum += vector[at];
      count++;
    }
    return sum / count;
  });
}

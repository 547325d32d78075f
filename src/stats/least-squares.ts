import { ShapeMismatch } from "../core/errors.ts";
import { largestOf } from "../core/extremes.ts";
import { listOf, numbers } from "../core/gate/kinds.ts";
import { toVector } from "../core/gate/vector.ts";
import { dot } from "../linalg/dot.ts";
import { hasNaN } from "./has-nan.ts";
import { singularValues } from "../linalg/singular-values.ts";

/**
 * The pseudo-inverse of a matrix of few long columns: one row of weights per column, so that `row · y` is the
 * least-squares coefficient of that column, with the shortest solution when columns are collinear. Directions with a
 * singular value at most `relativeCutoff` of the largest count as zero (default: machine epsilon times the larger
 * side, as `numpy.linalg.lstsq(rcond=None)`). All `NaN` when a value is `NaN`.
 */
export function pseudoInverse(
  columns: readonly Float64Array[],
  relativeCutoff = Number.EPSILON * Math.max(columns.length, columns[0]?.length ?? 0),
): Float64Array[] {
  if (columns.some(hasNaN))
    return columns.map((column) => new Float64Array(column.length).fill(NaN));
  const { scaled, values, v } = singularValues(columns);
  const cutoff = relativeCutoff * Math.max(0, largestOf(values));
  return columns.map((column, i) => {
    const weights = new Float64Array(column.length);
    values.forEach((value, j) => {
      if (value > cutoff) addScaled(weights, scaled[j], v[i][j] / (value * value));
    });
    return weights;
  });
}

/**
 * Coefficients that minimise ‖y − Σ coefficient · column‖; the shortest such when columns are collinear.
 * Nothing is centred and there is no intercept. Agrees with `numpy.linalg.lstsq(rcond=None)`.
 * Throws `ShapeMismatch` when a column and `y` differ in length, `InvalidArgument` for what is no list of numbers.
 *
 * @example
 * import { leastSquares } from "tsrsa";
 * leastSquares([[1, 0, 1], [0, 1, 1]], [1, 2, 3]).map((c) => Math.round(c)); // Float64Array(2) [ 1, 2 ]
 */
export function leastSquares(
  columns: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
): Float64Array {
  const target = toVector(y, "y");
  listOf(numbers)(columns, "columns");
  for (const [i, column] of columns.entries()) {
    if (column.length !== target.length)
      throw new ShapeMismatch(
        `${target.length} values in column ${i}, as in y`,
        `${column.length}`,
      );
  }
  const weights = pseudoInverse(columns.map((column) => Float64Array.from(column)));
  return Float64Array.from(weights, (row) => dot(row, target));
}

function addScaled(sum: Float64Array, values: Float64Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] += factor * values[i];
}

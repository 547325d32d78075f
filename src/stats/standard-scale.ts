import { InvalidArgument } from "../core/errors.ts";
import { toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";

/** Columns with mean 0 and standard deviation 1, and what was done to them. */
export interface StandardScaled extends Matrix<Float64Array> {
  readonly mean: Float64Array;
  /** Standard deviation of each column; 1 for a constant one, which becomes 0. */
  readonly scale: Float64Array;
}

/**
 * Standardise columns: (x − mean) / standard deviation, divided by n. Agrees with scikit-learn's `StandardScaler`.
 *
 * @param rows - nRows × nColumns, one row or more.
 * @throws InvalidArgument for NaN, infinite or no values.
 * @example
 * import { standardScale } from "tsrsa";
 * const { data, mean } = standardScale([[1, 7], [3, 7]]);
 * data; // Float64Array(4) [ -1, 0, 1, 0 ]
 * mean; // Float64Array(2) [ 2, 7 ]
 */
export function standardScale(rows: MatrixLike): StandardScaled {
  const { data, shape } = toRows(rows);
  const [n, width] = shape;
  if (data.length === 0 || !data.every(Number.isFinite))
    throw new InvalidArgument("rows", "no values, or some not finite", "give finite numbers");
  const mean = columnMeans(data, n, width);
  const variance = new Float64Array(width);
  data.forEach((value, at) => (variance[at % width] += (value - mean[at % width]) ** 2 / n));
  const scale = variance.map((value, j) => {
    const rounding = n * Number.EPSILON * value + (n * mean[j] * Number.EPSILON) ** 2;
    return value <= rounding ? 1 : Math.sqrt(value);
  });
  const scaled = data.map((value, at) => (value - mean[at % width]) / scale[at % width]);
  return { data: scaled, shape, mean, scale };
}

/** Means of the columns, about the first row so that a constant column has exactly its value. */
export function columnMeans(data: Float64Array, n: number, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let row = 0, at = 0; row < n; row++)
    for (let j = 0; j < width; j++, at++) sums[j] += data[at] - data[j];
  return sums.map((sum, j) => data[j] + sum / n);
}

import { InvalidArgument } from "../core/errors.ts";
import { toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";

/** Mean and scale of each column, learned from some rows. */
export interface ColumnScale {
  readonly mean: Float64Array;
  /** Population standard deviation; 1 where a column is constant. */
  readonly scale: Float64Array;
}

/**
 * Each column minus its mean, divided by its population standard deviation: every voxel weighs the same. A constant
 * column becomes zeros. Agrees with scikit-learn's `StandardScaler`. Throws `InvalidArgument` for `NaN` or no rows.
 *
 * @param rows - nRows × nColumns, for example images × vertices.
 * @example
 * import { standardizeColumns } from "tsrsa";
 * standardizeColumns([[1, 5], [3, 5]]).data; // Float64Array(4) [ -1, 0, 1, 0 ]
 */
export function standardizeColumns(rows: MatrixLike): Matrix<Float64Array> {
  const matrix = toRows(rows);
  return scaleColumns(matrix, columnScale(matrix));
}

/** Learn means and scales from the rows at `places`; default: all. Throws `InvalidArgument` for `NaN` or no rows. */
export function columnScale(
  { data, shape }: Matrix<Float64Array>,
  places: ArrayLike<number> = Int32Array.from({ length: shape[0] }, (_, at) => at),
): ColumnScale {
  const width = shape[1];
  const n = places.length;
  if (n === 0) throw new InvalidArgument("rows", "none", "a scale needs at least one row");
  const mean = new Float64Array(width);
  const scale = new Float64Array(width);
  for (let r = 0; r < n; r++)
    for (let c = 0; c < width; c++) mean[c] += data[places[r] * width + c] / n;
  for (let r = 0; r < n; r++)
    for (let c = 0; c < width; c++) scale[c] += (data[places[r] * width + c] - mean[c]) ** 2 / n;
  for (let c = 0; c < width; c++) {
    if (!Number.isFinite(scale[c]))
      throw new InvalidArgument(
        `column ${c}`,
        scale[c],
        "it has NaN or infinite values; leave it out",
      );
    // A constant whose mean was rounded has a spurious scale of a bit or two.
    const tiny = 10 * Number.EPSILON * Math.abs(mean[c]);
    scale[c] = Math.sqrt(scale[c]) <= tiny || scale[c] === 0 ? 1 : Math.sqrt(scale[c]);
  }
  return { mean, scale };
}

/** Apply a scale learned before. */
export function scaleColumns(
  { data, shape }: Matrix<Float64Array>,
  { mean, scale }: ColumnScale,
): Matrix<Float64Array> {
  const width = shape[1];
  const scaled = data.map((value, at) => (value - mean[at % width]) / scale[at % width]);
  return { data: scaled, shape };
}

import { InvalidArgument } from "./errors.ts";
import { listOf, whole } from "./gate/kinds.ts";
import { toRows, type Matrix, type MatrixLike } from "./matrix.ts";

/**
 * Some columns of a matrix, in the order given: voxels of responses, features of stimuli. Throws `InvalidArgument` for a
 * column that is not there.
 *
 * @param rows - nRows × nColumns.
 * @param columns - numbers of columns, from 0.
 * @returns nRows × as many as were asked for, float64.
 * @example
 * import { takeColumns } from "tsrsa";
 * takeColumns([[1, 2, 3], [4, 5, 6]], [2, 0]).data; // Float64Array(4) [ 3, 1, 6, 4 ]
 */
export function takeColumns(rows: MatrixLike, columns: readonly number[]): Matrix<Float64Array> {
  const { data, shape } = toRows(rows, "rows");
  const [nRows, nColumns] = shape;
  listOf(whole(0))(columns, "columns");
  const strange = columns.find((at) => at >= nColumns);
  if (strange !== undefined)
    throw new InvalidArgument("columns", strange, `give whole numbers from 0 to ${nColumns - 1}`);
  const taken = new Float64Array(nRows * columns.length);
  for (let row = 0; row < nRows; row++)
    columns.forEach((from, to) => {
      taken[row * columns.length + to] = data[row * nColumns + from];
    });
  return { data: taken, shape: [nRows, columns.length] };
}

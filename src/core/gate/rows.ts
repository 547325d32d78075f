import { InvalidArgument, ShapeMismatch } from "../errors.ts";
import { toNumber } from "./number.ts";
import { checkEnd, isList, isNumericArray } from "./vector.ts";

/** A list of rows of numbers as one block in C order. Throws for rows of different length and values that are no numbers. */
export function joinRows(rows: ArrayLike<unknown>, argument: string): Float64Array {
  checkEnd(rows, argument);
  const width = rows.length === 0 ? 0 : checkedRow(rows[0], argument, 0).length;
  const data = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const row = checkedRow(rows[i], argument, i);
    if (row.length !== width)
      throw new ShapeMismatch(`${width} numbers in row ${i}, as in row 0`, `${row.length}`);
    copyRow(row, data.subarray(i * width, (i + 1) * width), argument, i);
  }
  return data;
}

function checkedRow(row: unknown, argument: string, i: number): ArrayLike<unknown> {
  if (isList(row)) return row;
  throw new InvalidArgument(
    `${argument}, row ${i}`,
    row,
    "give one list of numbers for each row, as [[1, 2], [3, 4]]",
  );
}

function copyRow(row: ArrayLike<unknown>, to: Float64Array, argument: string, i: number): void {
  if (isNumericArray(row)) return to.set(row);
  for (let j = 0; j < to.length; j++)
    to[j] = toNumber(row[j], () => `${argument}, row ${i}, column ${j}`);
}

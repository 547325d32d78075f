import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toRows, type Matrix, type MatrixLike } from "../../core/matrix.ts";
import type { Cell } from "../../table/columns.ts";

/** Trials as rows, with one entry of every list for each. Throws `InvalidArgument`, `ShapeMismatch`. */
export function checkedTrials(
  trials: MatrixLike,
  lists: Readonly<Record<string, ArrayLike<Cell> | undefined>>,
): Matrix<Float64Array> {
  const rows = toRows(trials, "trials");
  for (const [name, list] of Object.entries(lists))
    if (list === undefined) throw new InvalidArgument(name, undefined, "give one for each trial");
    else if (list.length !== rows.shape[0])
      throw new ShapeMismatch(
        `${rows.shape[0]} ${name}, one for each trial`,
        `${list.length}`,
        "give one for each row",
      );
  return rows;
}

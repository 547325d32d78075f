import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { asTable, type TableLike } from "../../table/as-table.ts";
import type { NamedColumn } from "./drifts.ts";

/** The columns of a table of confounds, one row a volume. Throws `ShapeMismatch`; `InvalidArgument` naming column and row. */
export function confoundColumns(input: TableLike | undefined, nVolumes: number): NamedColumn[] {
  if (input === undefined) return [];
  const table = asTable(input);
  if (table.names.length > 0 && table.length !== nVolumes)
    throw new ShapeMismatch(
      `${nVolumes} rows of confounds, as the run has volumes`,
      `${table.length}`,
      "were volumes removed? Confounds and images must be of the same volumes",
    );
  return table.names.map((name) => {
    const values = Float64Array.from(table.column(name), (cell, row) => {
      if (typeof cell === "number" && Number.isFinite(cell)) return cell;
      throw new InvalidArgument(
        `confound ${JSON.stringify(name)} in row ${row + 1}`,
        cell === null ? "missing (n/a)" : cell,
        'give a number for every volume; readConfounds(file, { missing: "first-row-zero" }) puts 0 where derivatives begin',
      );
    });
    return { name, values };
  });
}

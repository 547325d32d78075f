import type { Matrix } from "../core/matrix.ts";
import { alignByLabel } from "./align.ts";
import { averageByLabel } from "./average-by-label.ts";
import type { Cell } from "./columns.ts";
import { Table } from "./table.ts";

/** How many observations went into a row. */
const COUNT = "nAveraged";

/** Rows averaged by the values of a column, sorted, and of the table what all rows of a value agree in. */
export function averageRows(
  patterns: Matrix<Float64Array>,
  table: Table,
  column: string,
): { patterns: Matrix<Float64Array>; table: Table } {
  const alignment = alignByLabel(table.column(column));
  const members = alignment.items.map((_, item) =>
    [...alignment.index.keys()].filter((row) => alignment.index[row] === item),
  );
  const agreed = table.names
    .filter((name) => name !== COUNT)
    .flatMap((name): [string, Cell[]][] => {
      const cells = table.column(name);
      const same = members.every((rows) =>
        rows.every((row) => Object.is(cells[row], cells[rows[0]])),
      );
      return same ? [[name, members.map((rows) => cells[rows[0]])]] : [];
    });
  return {
    patterns: averageByLabel(patterns, alignment),
    table: new Table(new Map([...agreed, [COUNT, members.map((rows) => rows.length)]])),
  };
}

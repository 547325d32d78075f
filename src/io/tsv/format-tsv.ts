import { text } from "../../core/gate/kinds.ts";
import { InvalidArgument } from "../../core/errors.ts";
import type { Cell } from "../csv/cells.ts";
import { formatCsv } from "../csv/index.ts";

/** Columns by name, as tables have them. */
export interface NamedColumns {
  readonly names: readonly string[];
  column(name: string): ArrayLike<unknown>;
}

/**
 * The text of a table between tabs as BIDS has it: a header line, then a line a row; null and NaN become `n/a`.
 *
 * @throws InvalidArgument for text with a tab, a quote or an end of line in it, which such a table cannot hold.
 * @example
 * import { asTable, formatTsv } from "tsrsa";
 * formatTsv(asTable([{ item: "cup", score: 0.5 }, { item: "key", score: NaN }])); // "item\tscore\ncup\t0.5\nkey\tn/a\n"
 */
export function formatTsv(table: NamedColumns): string {
  const columns = new Map(
    table.names.map((name) => {
      checkField(name, "a column's name");
      return [
        name,
        Array.from(table.column(name), (cell, row) => cellOf(cell, name, row)),
      ] as const;
    }),
  );
  return formatCsv(table.names, columns, { delimiter: "\t" });
}

function cellOf(cell: unknown, column: string, row: number): Cell {
  if (cell === null || cell === undefined || Number.isNaN(cell)) return "n/a";
  if (typeof cell === "number") return cell;
  const said = ["string", "boolean", "bigint"].includes(typeof cell) ? `${cell as string}` : "";
  checkField(said, `column ${column}, row ${row + 1}`);
  return said === "" ? "n/a" : said;
}

function checkField(said: string, where: string): void {
  text(said, where);
  if (!/["\t\r\n]/.test(said)) return;
  throw new InvalidArgument(where, said, "a table between tabs holds no tab, quote or end of line");
}

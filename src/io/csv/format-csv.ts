import { kind, list, texts } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Cell } from "./cells.ts";

/** How to write a CSV text. */
export interface FormatCsvOptions {
  /** What is between fields, one character. Default `,`. */
  readonly delimiter?: string;
}

const areColumns = kind("a Map of columns by name", (value) => value instanceof Map);

const formatCsvNames: OptionNames<FormatCsvOptions> = {
  delimiter: kind(
    "one character that is neither a quote nor the end of a line",
    (value) => typeof value === "string" && /^[^"\r\n]$/u.test(value),
  ),
};

/**
 * The CSV text of columns: a header line, then one line a row, each ended by LF; text is quoted where it must be.
 * null and NaN become empty fields, as pandas' `to_csv` writes them; numbers keep all their digits. Text that looks like
 * a number or a missing value reads back as that: CSV has no types.
 *
 * Throws `ShapeMismatch` for columns of different lengths, `InvalidArgument` for a name without a column.
 *
 * @example
 * import { formatCsv } from "tsrsa/io";
 * const columns = new Map([["score", [0.25, -1]]]);
 * formatCsv(["score"], columns); // "score\n0.25\n-1\n"
 */
export function formatCsv(
  names: readonly string[],
  columns: ReadonlyMap<string, readonly Cell[]>,
  options: FormatCsvOptions = {},
): string {
  texts(names, "names");
  areColumns(columns, "columns");
  checkOptions(options, formatCsvNames);
  const delimiter = options.delimiter ?? ",";
  const cells = names.map((name) => columnOf(name, columns));
  const rows = cells[0]?.length ?? 0;
  cells.forEach((column, i) => {
    if (column.length !== rows)
      throw new ShapeMismatch(`${rows} cells in column ${names[i]}`, `${column.length}`);
  });
  const lines = [names.map((name) => field(name, delimiter))];
  for (let row = 0; row < rows; row++)
    lines.push(cells.map((column) => field(column[row], delimiter)));
  // A line without a character would be skipped by readers.
  return lines.map((line) => `${line.join(delimiter) || '""'}\n`).join("");
}

function columnOf(name: string, columns: ReadonlyMap<string, readonly Cell[]>): readonly Cell[] {
  const column = columns.get(name);
  if (column !== undefined) list(column, `column ${name}`);
  if (column !== undefined) return column;
  throw new InvalidArgument("names", name, "give names of columns that are there");
}

function field(cell: Cell, delimiter: string): string {
  if (cell === null || Number.isNaN(cell)) return "";
  if (typeof cell === "number") return Object.is(cell, -0) ? "-0" : numberText(cell);
  const plain = !/["\r\n]/.test(cell) && !cell.includes(delimiter);
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`;
}

function numberText(value: number): string {
  // String() rounds integers beyond 2⁵³ and writes them as if exact, up to 10²¹.
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(BigInt(value));
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? "inf" : "-inf";
}

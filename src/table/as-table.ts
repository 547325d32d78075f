import { InvalidArgument } from "../core/errors.ts";
import { isRecord, list } from "../core/gate/kinds.ts";
import type { Cell, Columns } from "./columns.ts";
import { Table } from "./table.ts";

/** A danfojs DataFrame, as far as we read it. */
interface DanfoFrame {
  readonly columns: readonly string[];
  readonly shape: readonly number[];
  column(name: string): { readonly values: readonly unknown[] };
}

/** An Arquero table, as far as we read it. */
interface ArqueroTable {
  columnNames(): string[];
  array(name: string): ArrayLike<unknown>;
}

/** An Arrow table, as far as we read it. */
interface ArrowTable {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChild(name: string): Iterable<unknown> | null;
}

/** Anything with named columns: ours, danfojs, Arquero, Arrow, rows, or an object of columns. */
export type TableLike =
  | Columns
  | DanfoFrame
  | ArqueroTable
  | ArrowTable
  | readonly Readonly<Record<string, unknown>>[]
  | Readonly<Record<string, ArrayLike<unknown>>>;

/**
 * Any table as ours: a danfojs DataFrame, an Arquero or Arrow table, an array of row objects, or an object of columns.
 * Row order is kept. Undefined and NaN in a column of text become missing values (`null`); dates become ISO text.
 * Throws `InvalidArgument` for anything else.
 *
 * @example
 * import { asTable } from "tsrsa";
 * asTable([{ word: "dog", n: 1 }, { word: "cat" }]).column("n"); // [ 1, null ]
 */
export function asTable(input: TableLike): Table {
  if (input instanceof Table) return input;
  if (Array.isArray(input)) return fromRows(input as readonly Readonly<Record<string, unknown>>[]);
  if (typeof input !== "object" || input === null) throw notATable(input);
  if (isColumns(input)) return fromColumns(input.names, (name) => input.column(name));
  if (isArquero(input)) return fromColumns(input.columnNames(), (name) => input.array(name));
  if (isArrow(input))
    return fromColumns(
      input.schema.fields.map(({ name }) => name),
      (name) => Array.from(input.getChild(name) ?? []),
    );
  if (isDanfo(input)) return fromColumns(input.columns, (name) => input.column(name).values);
  if (!isRecord(input)) throw notATable(input);
  return fromObject(input as Readonly<Record<string, ArrayLike<unknown>>>);
}

function fromColumns(
  names: readonly string[],
  values: (name: string) => ArrayLike<unknown>,
): Table {
  return new Table(new Map(names.map((name) => [name, toCells(values(name), name)])));
}

function fromRows(rows: readonly Readonly<Record<string, unknown>>[]): Table {
  rows.forEach((row, at) => {
    if (!isRecord(row)) throw notATable(row, `table[${at}]`);
  });
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  // Rows without a name have no column to be counted by: the table would have none of them.
  if (names.length === 0 && rows.length > 0) throw notATable(rows, "table");
  // What a row inherits ("constructor") is no cell of it.
  return fromColumns(names, (name) =>
    rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined)),
  );
}

function fromObject(columns: Readonly<Record<string, ArrayLike<unknown>>>): Table {
  for (const [name, values] of Object.entries(columns)) {
    list(values, `column ${name}`);
  }
  return fromColumns(Object.keys(columns), (name) => columns[name]);
}

function toCells(values: ArrayLike<unknown>, name: string): Cell[] {
  return Array.from(values, (value, at) => toCell(value, `${name}[${at}]`));
}

function toCell(value: unknown, where: string): Cell {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean" ||
    typeof value === "bigint"
  )
    return value;
  throw new InvalidArgument(where, value, "a cell is text, a number, true, false or missing");
}

function isColumns(input: object): input is Columns {
  return (
    "names" in input &&
    Array.isArray(input.names) &&
    "column" in input &&
    typeof input.column === "function"
  );
}

function isArquero(input: object): input is ArqueroTable {
  return "columnNames" in input && typeof input.columnNames === "function" && "array" in input;
}

function isArrow(input: object): input is ArrowTable {
  return "schema" in input && "getChild" in input && typeof input.getChild === "function";
}

function isDanfo(input: object): input is DanfoFrame {
  return (
    "columns" in input &&
    Array.isArray(input.columns) &&
    "column" in input &&
    typeof input.column === "function"
  );
}

function notATable(input: unknown, argument = "table"): InvalidArgument {
  return new InvalidArgument(
    argument,
    input,
    "pass a DataFrame, an Arquero or Arrow table, rows, or an object of columns",
  );
}

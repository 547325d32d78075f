import { text, kind } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { DuplicateItem, InvalidArgument } from "../core/errors.ts";
import { asTable, type TableLike } from "../table/as-table.ts";
import type { Cell } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import { ownedRdm } from "./owned.ts";
import { placeOfPair, type Rdm } from "./rdm.ts";

/** Which columns of a long table say what. */
export interface RdmsFromTableOptions {
  /** Labels of the first and second item of a pair. Default `item_1` and `item_2`. */
  readonly items?: readonly [string, string];
  /** Default `dissimilarity`. */
  readonly dissimilarity?: string;
  /** What tells the RDMs apart. Default: `rdm` if there is such a column, else all rows are one RDM. */
  readonly rdm?: string;
  /** The metric, which a table does not say. */
  readonly metric?: string;
}

const twoTexts = kind(
  'the names of two columns, as ["item_1", "item_2"]',
  (value) =>
    Array.isArray(value) && value.length === 2 && value.every((name) => typeof name === "string"),
);

const rdmsFromTableNames: OptionNames<RdmsFromTableOptions> = {
  items: twoTexts,
  dissimilarity: text,
  rdm: text,
  metric: text,
};

/**
 * RDMs from a long table with a row for each pair, as {@link rdmsToTable} makes it and as ratings come. All RDMs have
 * all items, in the order in which they appear; pairs without a row are `NaN`. Columns that have one value throughout
 * an RDM become its `meta`.
 *
 * @throws UnknownOption for a column that is not there; DuplicateItem for a pair given twice (in either order) in an
 *   RDM; InvalidArgument for a value that is no number, a missing label, or an item paired with itself other than 0 apart.
 * @example
 * import { rdmsFromTable } from "tsrsa";
 * const rows = [{ item_1: "cat", item_2: "dog", dissimilarity: 0.2 }, { item_1: "car", item_2: "cat", dissimilarity: 1 }];
 * rdmsFromTable(rows)[0].condensed; // Float64Array(3) [ 0.2, 1, NaN ]
 */
export function rdmsFromTable(input: TableLike, options: RdmsFromTableOptions = {}): Rdm[] {
  checkOptions(options, rdmsFromTableNames);
  const table = asTable(input);
  const [first, second] = options.items ?? ["item_1", "item_2"];
  const pairs = table.column(first).map((a, row) => {
    return [labelOf(a, first, row), labelOf(table.column(second)[row], second, row)] as const;
  });
  const items = [...new Set(pairs.flat())];
  const place = new Map(items.map((item, at) => [item, at]));
  const value = options.dissimilarity ?? "dissimilarity";
  return [...rowsByRdm(table, options.rdm)].map(([, rows]) => {
    const condensed = new Float64Array((items.length * (items.length - 1)) / 2).fill(NaN);
    const given = new Set<number>();
    for (const row of rows) {
      const [a, b] = pairs[row];
      const number = numberOf(table.column(value)[row], value, row);
      if (a === b) {
        refuseSelf(a, number);
        continue;
      }
      const at = placeOfPair(place.get(a) ?? 0, place.get(b) ?? 0, items.length);
      if (given.has(at))
        throw new DuplicateItem([`${a} – ${b}`], "give each pair once, or average the table first");
      given.add(at);
      condensed[at] = number;
    }
    const left = table.names.filter((name) => ![first, second, value].includes(name));
    const { name, ...meta } = constants(table, rows, left);
    return ownedRdm(condensed, {
      items,
      metric: options.metric,
      meta,
      name: typeof name === "string" ? name : undefined,
    });
  });
}

function rowsByRdm(table: Table, column: string | undefined): Map<Cell, number[]> {
  const name = column ?? (table.names.includes("rdm") ? "rdm" : undefined);
  const ids: readonly Cell[] =
    name === undefined ? Array<Cell>(table.length).fill(0) : table.column(name);
  const rows = new Map<Cell, number[]>();
  ids.forEach((id, row) => {
    const found = rows.get(id);
    if (found === undefined) rows.set(id, [row]);
    else found.push(row);
  });
  return rows;
}

/** Columns whose value is the same in all these rows; the number of the RDM says nothing more. */
function constants(
  table: Table,
  rows: readonly number[],
  names: readonly string[],
): Record<string, string | number | boolean> {
  const found = names.flatMap((name) => {
    const values = table.column(name);
    const value = values[rows[0]];
    if (name === "rdm" || value === null || typeof value === "bigint") return [];
    return rows.every((row) => values[row] === value) ? [[name, value] as const] : [];
  });
  return Object.fromEntries(found);
}

function labelOf(cell: Cell, column: string, row: number): string {
  if (cell !== null) return String(cell);
  throw new InvalidArgument(`${column} in row ${row}`, cell, "every row needs two labels");
}

function numberOf(cell: Cell, column: string, row: number): number {
  if (cell === null) return NaN;
  if (typeof cell === "number") return cell;
  throw new InvalidArgument(`${column} in row ${row}`, cell, "a dissimilarity is a number");
}

function refuseSelf(item: string, value: number): void {
  if (value === 0 || Number.isNaN(value)) return;
  throw new InvalidArgument(
    "dissimilarity",
    value,
    `the item ${JSON.stringify(item)} is compared with itself; leave out such rows`,
  );
}

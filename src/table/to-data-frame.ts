import { sample, Unsupported } from "../core/errors.ts";
import { asTable, type TableLike } from "./as-table.ts";
import type { Columns } from "./columns.ts";

/** The part of a danfojs DataFrame that our notebooks use; the object itself is danfojs' own. */
export interface DataFrame {
  readonly columns: string[];
  readonly shape: [number, number];
  readonly values: unknown[][];
  readonly index: (string | number)[];
  column(name: string): Series;
  head(rows?: number): DataFrame;
  tail(rows?: number): DataFrame;
  query(condition: Series): DataFrame;
  loc(args: { rows?: (string | number)[]; columns?: string[] }): DataFrame;
  iloc(args: { rows?: (string | number)[]; columns?: (string | number)[] }): DataFrame;
  groupby(columns: string[]): DataFrameGroups;
  describe(): DataFrame;
  print(): void;
}

/** The part of a danfojs Series that our notebooks use. */
export interface Series {
  readonly values: unknown[];
  eq(other: unknown): Series;
  ne(other: unknown): Series;
  gt(other: number): Series;
  lt(other: number): Series;
  and(other: Series): Series;
  or(other: Series): Series;
  unique(): Series;
  valueCounts(): Series;
}

/** The part of a danfojs group-by that our notebooks use. */
export interface DataFrameGroups {
  count(): DataFrame;
  mean(): DataFrame;
  sum(): DataFrame;
}

/**
 * Any table as a danfojs DataFrame, to look at, filter, group and describe. danfojs is loaded on the first call.
 * Join labels with {@link alignByLabel} and never with danfojs' `merge`, which reorders rows and confuses keys.
 * Missing values become NaN in columns of numbers. Throws `Unsupported` when danfojs is not installed.
 *
 * @example
 * import { toDataFrame } from "tsrsa";
 * const frame = await toDataFrame({ file: ["f001", "s001"], trigger: [5, 17] });
 * frame.query(frame.column("trigger").gt(10)).column("file").values; // [ "s001" ]
 */
export async function toDataFrame(table: TableLike): Promise<DataFrame> {
  const danfo = await loadDanfo();
  const ours = asTable(table);
  const columns = ours.names.map((name) => forDanfo(ours.column(name)));
  try {
    const frame = build(danfo, ours.names, columns);
    if (ours.length === 0 || sameColumns(frame, ours)) return frame;
  } catch (cause) {
    throw Object.assign(refused(ours), { cause });
  }
  throw refused(ours);
}

interface Danfo {
  DataFrame: new (
    values: Record<string, unknown[]> | unknown[][],
    options?: { columns: string[] },
  ) => DataFrame;
}

/** By rows where an object of columns would put them in another order, or hide what an object inherits. */
function build(danfo: Danfo, names: readonly string[], columns: readonly unknown[][]): DataFrame {
  const byRows = names.some((name) => /^\d+$/.test(name) || name in Object.prototype);
  if (!byRows || columns[0].length === 0)
    return new danfo.DataFrame(Object.fromEntries(names.map((name, at) => [name, columns[at]])));
  const rows = columns[0].map((_, row) => columns.map((column) => column[row]));
  return new danfo.DataFrame(rows, { columns: [...names] });
}

function sameColumns({ columns, shape }: DataFrame, { names, length }: Columns): boolean {
  const sameShape = shape[0] === length && shape[1] === names.length;
  return sameShape && names.every((name, at) => columns[at] === name);
}

function refused({ names, length }: Columns): Unsupported {
  return new Unsupported(
    `danfojs takes no table of ${length} rows with columns ${sample(names)}`,
    'rename columns that are called as members of its DataFrame ("shape", "values", "columns" …), or use the table itself: it filters with where() and selects with take()',
  );
}

async function loadDanfo(): Promise<Danfo> {
  // The name is held in a variable so that a bundler leaves the optional package alone.
  const name = "danfojs";
  try {
    const loaded = (await import(name)) as Danfo & { default?: Danfo };
    return loaded.DataFrame === undefined && loaded.default !== undefined ? loaded.default : loaded;
  } catch (cause) {
    throw Object.assign(
      new Unsupported(
        "danfojs is not installed",
        "run npm install danfojs, or use the table itself: it filters with where() and selects with take()",
      ),
      { cause },
    );
  }
}

function forDanfo(column: readonly unknown[]): unknown[] {
  const numeric = column.some((cell) => typeof cell === "number");
  return column.map((cell) =>
    cell === null && numeric ? NaN : typeof cell === "bigint" ? String(cell) : cell,
  );
}

import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import {
  jupyterKeys,
  jupyterRestore,
  jupyterSave,
  type Keepable,
  type SavedForm,
} from "../core/keep.ts";
import { InvalidArgument, ShapeMismatch, UnknownOption } from "../core/errors.ts";
import { toInteger } from "../core/gate/integer.ts";
import { toNumber } from "../core/gate/number.ts";
import type { Matrix } from "../core/numeric-array.ts";
import { callback, isRecord, list, numbers, text } from "../core/gate/kinds.ts";
import type { Cell, Columns } from "./columns.ts";
import { tableHtml, tableText } from "./format-table.ts";

/** Columns by name, in order. */
export type NamedColumns =
  Readonly<Record<string, ArrayLike<Cell>>> | ReadonlyMap<string, ArrayLike<Cell>>;

/** One row of a table, by column name. */
export type Row = Readonly<Record<string, Cell>>;

/**
 * Named columns of equal length: what this library hands out as metadata and results. Immutable; it shows itself as an
 * HTML table, and becomes a danfojs DataFrame with {@link toDataFrame}.
 *
 * @example
 * import { Table } from "tsrsa";
 * const table = new Table({ file: ["f001", "s001"], trigger: [5, 17] });
 * table.where((row) => row.trigger === 5).column("file"); // [ "f001" ]
 */
export class Table implements Columns, Displayable, Keepable {
  readonly names: readonly string[];
  readonly length: number;
  readonly #columns: ReadonlyMap<string, readonly Cell[]>;

  /** Throws `ShapeMismatch` when the columns differ in length, `InvalidArgument` for what are no columns. */
  constructor(columns: NamedColumns) {
    const entries = entriesOf(columns);
    for (const [name, values] of entries) list(values, `column ${JSON.stringify(name)}`);
    this.names = entries.map(([name]) => name);
    this.length = entries[0]?.[1].length ?? 0;
    this.#columns = new Map(entries.map(([name, values]) => [name, this.#checked(name, values)]));
  }

  /** The values of one column, in row order. Throws `UnknownOption` for a name that is not there. */
  column(name: string): readonly Cell[] {
    const values = this.#columns.get(name);
    if (values === undefined) throw new UnknownOption("column", name, this.names);
    return values;
  }

  /** One row by position. Throws `InvalidArgument` for a row that is not there. */
  row(at: number): Row {
    toInteger(at, "row", 0, this.length - 1);
    return Object.fromEntries(this.names.map((name) => [name, this.column(name)[at]]));
  }

  /** All rows, in order. */
  rows(): Row[] {
    return Array.from({ length: this.length }, (_, at) => this.row(at));
  }

  /** The rows at these positions, in the order given. Throws `InvalidArgument` for a row that is not there. */
  take(positions: ArrayLike<number>): Table {
    numbers(positions, "positions");
    const at = Array.from(positions, (row) => toInteger(row, "row", 0, this.length - 1));
    return new Table(
      new Map(this.names.map((name) => [name, at.map((i) => this.column(name)[i])])),
    );
  }

  /** The rows that fulfil a condition. */
  where(condition: (row: Row, at: number) => boolean): Table {
    callback(condition, "condition");
    return this.take(
      Array.from({ length: this.length }, (_, at) => at).filter((at) =>
        condition(this.row(at), at),
      ),
    );
  }

  /** Only these columns, in the order given. Throws `UnknownOption`. */
  select(names: readonly string[]): Table {
    list(names, "names");
    return new Table(new Map(names.map((name) => [name, this.column(name)])));
  }

  /** The same rows with one column more, or one replaced. */
  with(name: string, values: ArrayLike<Cell>): Table {
    text(name, "name");
    list(values, "values");
    return new Table(new Map([...this.#columns, [name, Array.from(values)]]));
  }

  /**
   * The numbers of these columns (default all) as rows × columns: features of the items that the rows are, as in
   * `computeRdm(table.matrix(["length", "weight"]), { items: table.column("name") })`. A missing value is NaN. Throws
   * `UnknownOption`, and `InvalidArgument` that names column and row of what is no number.
   */
  matrix(names: readonly string[] = this.names): Matrix<Float64Array> {
    list(names, "names");
    const columns = names.map((name) => this.column(name));
    const data = new Float64Array(this.length * names.length);
    for (const [j, values] of columns.entries())
      for (const [i, value] of values.entries())
        data[i * names.length + j] = toNumber(
          value,
          () => `column ${JSON.stringify(names[j])}, row ${i}`,
        );
    return { data, shape: [this.length, names.length] };
  }

  [jupyterDisplay](): MimeBundle {
    return { "text/html": tableHtml(this), "text/plain": tableText(this) };
  }

  [jupyterKeys](): readonly string[] {
    return this.names;
  }

  [jupyterSave](): SavedForm {
    return { module: "tsrsa", name: "Table", data: this.#columns };
  }

  /** Makes the table anew of whose columns `data` was saved. Throws as the constructor does. */
  static [jupyterRestore](data: NamedColumns): Table {
    return new Table(data);
  }

  #checked(name: string, values: ArrayLike<Cell>): readonly Cell[] {
    if (values.length === this.length) return Object.freeze(Array.from(values));
    throw new ShapeMismatch(
      `${this.length} values in column ${JSON.stringify(name)}`,
      `${values.length}`,
    );
  }
}

function entriesOf(columns: NamedColumns): [string, ArrayLike<Cell>][] {
  const isMap = (value: NamedColumns): value is ReadonlyMap<string, ArrayLike<Cell>> =>
    value instanceof Map;
  if (isMap(columns)) return [...columns];
  if (isRecord(columns)) return Object.entries(columns);
  throw new InvalidArgument("columns", columns, "give lists by name, as { word: [...] }");
}

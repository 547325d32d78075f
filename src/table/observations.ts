import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { toInteger } from "../core/gate/integer.ts";
import { callback, numbers, object, texts } from "../core/gate/kinds.ts";
import {
  jupyterKeys,
  jupyterRestore,
  jupyterSave,
  type Keepable,
  type SavedForm,
} from "../core/keep.ts";
import { toVector } from "../core/gate/vector.ts";
import { toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";
import { asTable, type TableLike } from "./as-table.ts";
import type { Cell } from "./columns.ts";
import { compareCells } from "./compare-cells.ts";
import { averageRows } from "./average-rows.ts";
import { Table, type Row } from "./table.ts";

/** What observations are made of. */
export interface ObservationParts {
  /** nObservations × nChannels. */
  readonly patterns: MatrixLike;
  /** One row for each observation. */
  readonly table: TableLike;
  /** One row for each channel. Default: none is known of them. */
  readonly channels?: TableLike;
}

/**
 * Rows of a matrix that travel with their table: whatever is taken, sorted, split or averaged is so in both. Immutable.
 * What of rsatoolbox is a `Dataset`.
 *
 * @example
 * import { Observations } from "tsrsa";
 * const all = new Observations({ patterns: [[1, 2], [3, 4], [5, 6]], table: { word: ["b", "a", "b"], run: [1, 1, 2] } });
 * all.where((row) => row.run === 1).sortBy("word").patterns.data; // Float64Array(4) [ 3, 4, 1, 2 ]
 */
export class Observations implements Displayable, Keepable {
  readonly patterns: Matrix<Float64Array>;
  readonly table: Table;
  readonly channels: Table | undefined;

  /** Throws `ShapeMismatch` when rows or columns and their tables differ in number. */
  constructor(parts: ObservationParts) {
    object(parts, "parts");
    this.patterns = toRows(parts.patterns, "patterns");
    this.table = asTable(parts.table);
    this.channels = parts.channels === undefined ? undefined : asTable(parts.channels);
    const [n, p] = this.patterns.shape;
    if (this.table.length !== n)
      throw new ShapeMismatch(
        `${n} rows in the table, one per observation`,
        `${this.table.length}`,
      );
    if (this.channels !== undefined && this.channels.length !== p)
      throw new ShapeMismatch(`${p} rows in channels, one per channel`, `${this.channels.length}`);
    Object.freeze(this);
  }

  /**
   * Observations of a table that has a column for each channel, the other columns their table: what {@link toTable} makes
   * the other way. `channels` keeps their names; without others the table numbers the rows. Throws `UnknownOption` for a column that is not there, `InvalidArgument`
   * for none, one given twice, or a cell that is no number.
   */
  static fromTable(given: TableLike, channels: readonly string[]): Observations {
    texts(channels, "channels");
    const table = asTable(given);
    const twice = channels.find((name, at) => channels.indexOf(name) !== at);
    if (channels.length === 0 || twice !== undefined)
      throw new InvalidArgument("channels", twice ?? "none", "name each column of patterns once");
    const columns = channels.map((name) => toVector(table.column(name) as ArrayLike<number>, name));
    const p = channels.length;
    const data = new Float64Array(table.length * p).map(
      (_, at) => columns[at % p][Math.floor(at / p)],
    );
    const others = table.names.filter((name) => !channels.includes(name));
    return new Observations({
      patterns: { data, shape: [table.length, p] },
      table: others.length > 0 ? table.select(others) : { row: everyOne(table.length) },
      channels: { name: channels },
    });
  }

  get nObservations(): number {
    return this.patterns.shape[0];
  }

  get nChannels(): number {
    return this.patterns.shape[1];
  }

  /** A column of the table as labels: text, as `rdmFromMeasurements` takes it. Throws for a missing value. */
  labels(column: string): string[] {
    return this.table.column(column).map((cell, at) => {
      if (cell === null || (typeof cell === "number" && Number.isNaN(cell)))
        throw new InvalidArgument(
          `${column}[${at}]`,
          cell,
          "leave out observations without a label",
        );
      return String(cell);
    });
  }

  /** The observations at these positions, in the order given. Throws `InvalidArgument` for one that is not there. */
  take(positions: ArrayLike<number>): Observations {
    const at = checked(positions, this.nObservations);
    const p = this.nChannels;
    const data = new Float64Array(at.length * p);
    at.forEach((row, i) => data.set(this.patterns.data.subarray(row * p, (row + 1) * p), i * p));
    return this.#with({ data, shape: [at.length, p] }, this.table.take(at));
  }

  /** The observations whose row of the table fulfils a condition. */
  where(condition: (row: Row, at: number) => boolean): Observations {
    callback(condition, "condition");
    return this.take(
      everyOne(this.nObservations).filter((at) => condition(this.table.row(at), at)),
    );
  }

  /** Sorted by a column: numbers by value, text by code point, missing values last; equal ones keep their order. */
  sortBy(column: string): Observations {
    const cells = this.table.column(column);
    return this.take(
      everyOne(this.nObservations).sort((a, b) => compareCells(cells[a], cells[b]) || a - b),
    );
  }

  /** The observations of each value of a column, in the order in which the values appear. */
  splitBy(column: string): ReadonlyMap<Cell, Observations> {
    const groups = new Map<Cell, number[]>();
    this.table.column(column).forEach((cell, at) => {
      const group = groups.get(cell);
      if (group === undefined) groups.set(cell, [at]);
      else group.push(at);
    });
    return new Map([...groups].map(([cell, at]) => [cell, this.take(at)]));
  }

  /** One observation for each value of a column, sorted: the mean of those that have it, and what their rows agree in. */
  averageBy(column: string): Observations {
    const { patterns, table } = averageRows(this.patterns, this.table, column);
    return this.#with(patterns, table);
  }

  /** The channels at these positions, in the order given. Throws `InvalidArgument` for one that is not there. */
  takeChannels(positions: ArrayLike<number>): Observations {
    const [n, p] = this.patterns.shape;
    const at = checked(positions, p);
    const data = new Float64Array(n * at.length).map(
      (_, k) => this.patterns.data[Math.floor(k / at.length) * p + at[k % at.length]],
    );
    const channels = this.channels?.take(at);
    return new Observations({
      ...{ patterns: { data, shape: [n, at.length] }, table: this.table },
      ...(channels === undefined ? {} : { channels }),
    });
  }

  /** The channels whose row fulfils a condition. Throws `InvalidArgument` where nothing is known of channels. */
  whereChannels(condition: (row: Row, at: number) => boolean): Observations {
    callback(condition, "condition");
    const { channels } = this;
    if (channels === undefined)
      throw new InvalidArgument("channels", undefined, "give a table of channels to choose by");
    return this.takeChannels(
      everyOne(this.nChannels).filter((at) => condition(channels.row(at), at)),
    );
  }

  /** Table and patterns side by side, one column a channel, named by a column of `channels` or by number. */
  toTable(channelName?: string): Table {
    const names =
      channelName === undefined || this.channels === undefined
        ? everyOne(this.nChannels).map((c) => `channel ${c}`)
        : this.channels.column(channelName).map(String);
    const taken = [...this.table.names, ...names];
    const twice = taken.find((name, at) => taken.indexOf(name) !== at);
    if (twice !== undefined)
      throw new InvalidArgument("channels", twice, "two columns would have this name; rename one");
    const [n, p] = this.patterns.shape;
    const known = this.table.names.map((name) => [name, this.table.column(name)] as const);
    const values = names.map((name, c) => {
      const column = everyOne(n).map((row) => this.patterns.data[row * p + c]);
      return [name, column] as const;
    });
    return new Table(new Map<string, readonly Cell[]>([...known, ...values]));
  }

  [jupyterDisplay](): MimeBundle {
    return this.table[jupyterDisplay]();
  }

  [jupyterKeys](): readonly string[] {
    return this.table.names;
  }

  [jupyterSave](): SavedForm {
    const { patterns, table, channels } = this;
    return { module: "tsrsa", name: "Observations", data: { patterns, table, channels } };
  }

  /** Makes them anew from what was saved. Throws as the constructor does. */
  static [jupyterRestore](data: ObservationParts): Observations {
    return new Observations(data);
  }

  #with(patterns: Matrix<Float64Array>, table: Table): Observations {
    const { channels } = this;
    return new Observations({ patterns, table, ...(channels === undefined ? {} : { channels }) });
  }
}

function checked(positions: ArrayLike<number>, n: number): number[] {
  numbers(positions, "positions");
  return Array.from(positions, (at) => toInteger(at, "position", 0, n - 1));
}

function everyOne(n: number): number[] {
  return Array.from({ length: n }, (_, at) => at);
}

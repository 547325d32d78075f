import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { Table } from "../../table/table.ts";
import type { NamedColumn } from "./drifts.ts";

/** How a design came about. */
export interface DesignRecord {
  readonly hrf: string;
  readonly drift: string;
  readonly oversampling: number;
  /** The conditions, and of each the name of its (first) column. */
  readonly items: readonly string[];
  readonly columns: readonly string[];
  /** What was left out, in words. */
  readonly notes: readonly string[];
}

/** A design matrix: what a run's signal is made of, a column a regressor. It shows itself as a table. */
export class Design implements Displayable {
  /** Names of the columns: conditions, confounds, drifts, `constant`. */
  readonly names: readonly string[];
  /** nVolumes × nColumns in C order. */
  readonly data: Float64Array;
  readonly shape: readonly [nVolumes: number, nColumns: number];
  /** When each volume was taken, in seconds. */
  readonly frameTimesS: Float64Array;
  readonly record: DesignRecord;

  constructor(columns: readonly NamedColumn[], frameTimesS: Float64Array, record: DesignRecord) {
    const [n, p] = [frameTimesS.length, columns.length];
    this.names = columns.map(({ name }) => name);
    this.data = new Float64Array(n * p);
    columns.forEach(({ values }, c) => {
      for (let t = 0; t < n; t++) this.data[t * p + c] = values[t];
    });
    this.shape = [n, p];
    this.frameTimesS = frameTimesS;
    this.record = record;
    Object.freeze(this);
  }

  /** One column by name. Throws `InvalidArgument`. */
  column(name: string): Float64Array {
    const at = this.names.indexOf(name);
    if (at < 0) throw new InvalidArgument("column", name, `there are ${this.names.join(", ")}`);
    const [n, p] = this.shape;
    return Float64Array.from({ length: n }, (_, t) => this.data[t * p + at]);
  }

  /** As a table, a row a volume. */
  toTable(): Table {
    return new Table(new Map(this.names.map((name) => [name, this.column(name)])));
  }

  [jupyterDisplay](): MimeBundle | Promise<MimeBundle> {
    return this.toTable()[jupyterDisplay]();
  }
}

import { nearestTime } from "../../core/times.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { finite } from "../../core/gate/kinds.ts";
import type { Cell } from "../../table/columns.ts";
import { Table } from "../../table/table.ts";

/** What a time × time matrix is made of. */
export interface TimeTimeParts {
  /** nRows × nColumns, C order. */
  readonly scores: Float64Array;
  /** Seconds of the rows and of the columns. */
  readonly rowTimes: Float64Array;
  readonly columnTimes: Float64Array;
  /** What rows and columns are of: `half 1`, `V1`, `anna`. */
  readonly rowName: string;
  readonly columnName: string;
  /** What a cell is: the words of an axis or legend. */
  readonly label: string;
  /** Whether cells (t, t′) and (t′, t) are one by construction. */
  readonly symmetric: boolean;
  /** Times up to this far apart share data, so that their likeness is no finding; undefined where none do. */
  readonly overlapS: number | undefined;
  readonly notes?: readonly string[];
}

/** A score for every two times: what is alike when. Immutable. */
export class TimeTime implements Displayable {
  /** nRows × nColumns, C order. */
  readonly scores: Float64Array;
  readonly rowTimes: Float64Array;
  readonly columnTimes: Float64Array;
  readonly rowName: string;
  readonly columnName: string;
  readonly label: string;
  /** Whether cells (t, t′) and (t′, t) are one by construction: then a test takes one of them. */
  readonly symmetric: boolean;
  /** Times up to this far apart share data, so that their likeness is no finding; undefined where none do. */
  readonly overlapS: number | undefined;
  readonly notes: readonly string[];

  constructor(parts: TimeTimeParts) {
    this.scores = parts.scores;
    this.rowTimes = parts.rowTimes;
    this.columnTimes = parts.columnTimes;
    this.rowName = parts.rowName;
    this.columnName = parts.columnName;
    this.label = parts.label;
    this.symmetric = parts.symmetric;
    this.overlapS = parts.overlapS;
    this.notes = parts.notes ?? [];
    Object.freeze(this);
  }

  /** The score of the row and column nearest to these times, in seconds. */
  at(rowS: number, columnS: number): number {
    finite(rowS, "rowS");
    finite(columnS, "columnS");
    const row = nearestTime(this.rowTimes, rowS);
    return this.scores[row * this.columnTimes.length + nearestTime(this.columnTimes, columnS)];
  }

  /** The scores of equal times: reliability over time, where rows and columns are of other data. */
  diagonal(): Float64Array {
    const n = this.#square("a diagonal");
    return Float64Array.from({ length: n }, (_, t) => this.scores[t * n + t]);
  }

  /** The mean of the matrix and its transpose, for two halves of which neither comes first. */
  symmetrised(): TimeTime {
    const n = this.#square("a mean with its transpose");
    const scores = this.scores.map(
      (score, at) => (score + this.scores[(at % n) * n + Math.floor(at / n)]) / 2,
    );
    return new TimeTime({ ...this, scores, symmetric: true });
  }

  /**
   * 1 for each cell that a test takes, 0 for the others: those below the diagonal of a symmetric matrix, where every
   * cluster would count twice, and times that share data.
   */
  tested(): Uint8Array {
    const n = this.columnTimes.length;
    return Uint8Array.from(this.scores, (_, at) => {
      const [row, column] = [Math.floor(at / n), at % n];
      const apart = Math.abs(this.rowTimes[row] - this.columnTimes[column]);
      const shares = this.overlapS !== undefined && apart <= this.overlapS + 1e-9;
      return shares || (this.symmetric && column < row) ? 0 : 1;
    });
  }

  /** One row a cell: `row` and `column` in seconds, and `score`. */
  toTable(): Table {
    const n = this.columnTimes.length;
    const cells = (of: (row: number, column: number) => number): Cell[] =>
      Array.from(this.scores, (_, at) => of(Math.floor(at / n), at % n));
    return new Table({
      row: cells((row) => this.rowTimes[row]),
      column: cells((_, column) => this.columnTimes[column]),
      score: Array.from(this.scores),
    });
  }

  [jupyterDisplay](): MimeBundle {
    const [rows, columns] = [this.rowTimes.length, this.columnTimes.length];
    const head = `TimeTime (${this.label}): ${this.rowName} at ${rows} times × ${this.columnName} at ${columns} times`;
    return { "text/plain": [head, ...this.notes.map((note) => `note: ${note}`)].join("\n") };
  }

  #square(what: string): number {
    const n = this.rowTimes.length;
    const same =
      n === this.columnTimes.length && this.rowTimes.every((t, at) => t === this.columnTimes[at]);
    if (same) return n;
    throw new InvalidArgument(
      "times",
      `${n} and ${this.columnTimes.length}`,
      `${what} needs the same times in rows and columns`,
    );
  }
}

/** One cell of a table. `null` is a missing value of any kind. */
export type Cell = string | number | boolean | bigint | null;

/** The smallest column protocol: what a table must be able to say for us to use it. */
export interface Columns {
  readonly names: readonly string[];
  /** Number of rows. */
  readonly length: number;
  /** Values of one column, in row order. Throws `UnknownOption` for a name that is not there. */
  column(name: string): readonly Cell[];
}

import type { Cell } from "./cell.ts";

/** A notebook as read from a file, with what it takes to write it again. */
export interface NotebookFile {
  readonly cells: readonly Cell[];
  /** The text of the file with these cells; with the cells as read it is the text that was read. */
  readonly write: (cells: readonly Cell[]) => string;
  /** True when outputs are kept in the file. */
  readonly keepsOutputs: boolean;
}

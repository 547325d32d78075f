import { randomId } from "../random-id.ts";
import type { CellKind } from "../../kernel/notebook/cell.ts";
import type { Json } from "../json.ts";

export type { CellKind };

/** An output of a code cell as format 4.5 has it; `display_id` lives in the page only. */
export type Output =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly output_type: "display_data" | "execute_result";
      readonly data: Json;
      readonly metadata: Json;
      readonly execution_count?: number | null;
      readonly display_id?: string;
    }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

/** One cell as the page knows it; a change makes another. */
export interface Cell {
  readonly id: string;
  readonly kind: CellKind;
  readonly source: string;
  readonly metadata: Json;
  readonly outputs: readonly Output[];
  readonly executionCount: number | null;
  /** As it stood in the file, to be written again as it was. */
  readonly stored?: StoredCell;
}

/** What the file had for a cell, and the cell it gave. */
export interface StoredCell {
  /** The object of an .ipynb, or the lines of a script. */
  readonly form: Json | string;
  readonly source: string;
  readonly kind: CellKind;
  readonly metadata: Json;
  readonly outputs: readonly Output[];
  readonly executionCount: number | null;
}

/** A cell without anything in it. */
export function emptyCell(kind: CellKind = "code", source = ""): Cell {
  const id = randomId().slice(0, 8);
  return { id, kind, source, metadata: {}, outputs: [], executionCount: null };
}

/** Adds what the cell was made from. */
export function asStored(cell: Cell, form: Json | string): Cell {
  const { source, kind, metadata, outputs, executionCount } = cell;
  return { ...cell, stored: { form, source, kind, metadata, outputs, executionCount } };
}

/** True when the cell still says what the file had; in a script outputs do not count. */
export function isAsStored({ stored, ...cell }: Cell, withOutputs: boolean): boolean {
  if (stored === undefined) return false;
  const same =
    stored.source === cell.source && stored.kind === cell.kind && stored.metadata === cell.metadata;
  if (!same || !withOutputs) return same;
  return stored.outputs === cell.outputs && stored.executionCount === cell.executionCount;
}

/** The tags of a cell. */
export function tagsOf({ metadata }: Pick<Cell, "metadata">): readonly string[] {
  const { tags } = metadata;
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [];
}

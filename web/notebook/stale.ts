import type { CellNames } from "../store/store.ts";

/** A code cell with what is known of how it ran, in the order of the notebook. */
export interface RanCell {
  readonly id: string;
  readonly source: string;
  readonly names: CellNames;
  /** The text that ran last in this kernel and when, counted in runs; undefined when it did not run in it. */
  readonly ran?: { readonly source: string; readonly at: number };
}

/** Why the outputs of a cell are not what running it now would give. */
export type StaleReason =
  | { readonly why: "edited" }
  /** `name` was written by cell `by` after this one ran, or `by` is itself stale. */
  | { readonly why: "input"; readonly name: string; readonly by: string }
  /** The cell that wrote `name` is gone from the notebook; only the kernel still has it. */
  | { readonly why: "deleted"; readonly name: string };

/**
 * The cells that ran in this kernel and whose inputs have changed since. The input of a cell is what the cells above it
 * wrote; where none above writes a name, what those below it wrote. `lost` are names whose cells were deleted.
 */
export function staleCells(
  cells: readonly RanCell[],
  lost: ReadonlySet<string> = new Set(),
): Map<string, StaleReason> {
  const found = new Map<string, StaleReason | undefined>();
  const reasonOf = (at: number): StaleReason | undefined => {
    const { id } = cells[at];
    if (found.has(id)) return found.get(id);
    // Cells that read each other in a circle: looking at one again tells nothing new.
    found.set(id, undefined);
    const reason = ownReason(cells, at, lost, reasonOf);
    found.set(id, reason);
    return reason;
  };
  cells.forEach((_, at) => reasonOf(at));
  return new Map(
    [...found].flatMap(([id, reason]) => (reason === undefined ? [] : [[id, reason]])),
  );
}

function ownReason(
  cells: readonly RanCell[],
  at: number,
  lost: ReadonlySet<string>,
  reasonOf: (at: number) => StaleReason | undefined,
): StaleReason | undefined {
  const { ran, source, names } = cells[at];
  if (ran === undefined) return undefined;
  if (ran.source !== source) return { why: "edited" };
  for (const name of names.reads) {
    const writers = writersOf(cells, at, name);
    if (writers.length === 0 && lost.has(name)) return { why: "deleted", name };
    const changed = writers.find((writer) => {
      const other = cells[writer].ran;
      return other !== undefined && (other.at > ran.at || reasonOf(writer) !== undefined);
    });
    if (changed !== undefined) return { why: "input", name, by: cells[changed].id };
  }
  return undefined;
}

/** The cells above that write a name, or, where there is none, those below. */
function writersOf(cells: readonly RanCell[], at: number, name: string): number[] {
  const all = cells.flatMap(({ names }, i) => (i !== at && names.writes.includes(name) ? [i] : []));
  const above = all.filter((i) => i < at);
  return above.length > 0 ? above : all;
}

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
  const stale = new Map<string, StaleReason>();
  // A cell is stale by itself or by another; in a circle it takes more than one look to know.
  for (let known = -1; known < stale.size;) {
    known = stale.size;
    cells.forEach(({ id }, at) => {
      const reason = stale.has(id) ? undefined : reasonOf(cells, at, lost, stale);
      if (reason !== undefined) stale.set(id, reason);
    });
  }
  return stale;
}

function reasonOf(
  cells: readonly RanCell[],
  at: number,
  lost: ReadonlySet<string>,
  stale: ReadonlyMap<string, StaleReason>,
): StaleReason | undefined {
  const { ran, source, names } = cells[at];
  if (ran === undefined) return undefined;
  if (ran.source !== source) return { why: "edited" };
  for (const name of ownNamesFirst(cells, names.reads)) {
    const writers = writersOf(cells, at, name);
    if (writers.length === 0 && lost.has(name)) return { why: "deleted", name };
    const changed = writers.find((writer) => {
      const { id, ran: other, names: theirs } = cells[writer];
      if (other === undefined) return false;
      // Imported again a name means what it meant.
      if (theirs.imports.includes(name)) return stale.get(id)?.why === "edited";
      return other.at > ran.at || stale.has(id);
    });
    if (changed !== undefined) return { why: "input", name, by: cells[changed].id };
  }
  return undefined;
}

/** What was computed says more than what was imported. */
function ownNamesFirst(cells: readonly RanCell[], names: readonly string[]): string[] {
  const isImported = (name: string): boolean =>
    cells.some(({ names: { imports } }) => imports.includes(name));
  return [...names].sort((a, b) => Number(isImported(a)) - Number(isImported(b)));
}

/** The cells above that write a name, or, where there is none, those below. */
function writersOf(cells: readonly RanCell[], at: number, name: string): number[] {
  const all = cells.flatMap(({ names }, i) => (i !== at && names.writes.includes(name) ? [i] : []));
  const above = all.filter((i) => i < at);
  return above.length > 0 ? above : all;
}

import type { Cell } from "./cell.ts";
import type { Cells } from "./edits.ts";

interface Change {
  readonly before: Cells;
  readonly after: Cells;
}

const most = 200;

/** The changes of the order and number of cells, to be taken back. What was typed or shown since then stays. */
export class CellChanges {
  readonly #done: Change[] = [];
  #undone: Change[] = [];

  add(before: Cells, after: Cells): void {
    this.#done.push({ before, after });
    this.#undone = [];
    if (this.#done.length > most) this.#done.shift();
  }

  /** The cells with the last change taken back; undefined when there is none. */
  undo(now: Cells): Cells | undefined {
    const change = this.#done.pop();
    if (change === undefined) return undefined;
    this.#undone.push(change);
    return between(now, change.after, change.before);
  }

  /** The cells with the last change that was taken back done again. */
  redo(now: Cells): Cells | undefined {
    const change = this.#undone.pop();
    if (change === undefined) return undefined;
    this.#done.push(change);
    return between(now, change.before, change.after);
  }
}

/** The cells of `to`, each as it is now where the change left it alone. */
function between(now: Cells, from: Cells, to: Cells): Cells {
  const current = new Map(now.map((cell) => [cell.id, cell]));
  const changed = new Map(from.map((cell) => [cell.id, cell]));
  return to.map((cell) => {
    const other = changed.get(cell.id);
    const isSame = other !== undefined && other.source === cell.source && other.kind === cell.kind;
    return isSame ? (current.get(cell.id) ?? cell) : merged(cell, current.get(cell.id));
  });
}

/** A cell whose text the change made, with the outputs it has now. */
function merged(cell: Cell, now: Cell | undefined): Cell {
  if (now === undefined || now.kind !== cell.kind) return cell;
  return { ...cell, outputs: now.outputs, executionCount: now.executionCount };
}

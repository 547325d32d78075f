let newest = 0;

/**
 * Runs `work` as part of a cell: what is printed from now on belongs to that cell.
 *
 * An AsyncLocalStorage would give late output to the cell that started it, but in Node 20 it switches
 * on promise hooks, and ending a busy cell under these aborts the process.
 */
export function inCell<T>(cell: number, work: () => T): T {
  newest = cell;
  return work();
}

/** Runs `work` that may lie within a cell: what it prints before it returns is its own. */
export function inWork<T>(number: number, withinCell: boolean, work: () => T): T {
  const before = newest;
  newest = number;
  try {
    return work();
  } finally {
    if (withinCell) newest = before;
  }
}

/** Runs `work` that an earlier cell left behind, such as a timer's callback. */
export function asCell(cell: number, work: () => void): void {
  const before = newest;
  newest = cell;
  try {
    work();
  } finally {
    newest = before;
  }
}

/** The cell whose output this is: the one that runs, or ran last. */
export function cellNow(): number {
  return newest;
}

let newest = 0;

/** Runs `work` as part of a cell. A browser does not follow what code starts: what is printed belongs to the newest. */
export function inCell<T>(cell: number, work: () => T): T {
  newest = cell;
  return work();
}

/** Runs `work` that may lie within a cell. */
export function inWork<T>(number: number, withinCell: boolean, work: () => T): T {
  const before = newest;
  newest = number;
  try {
    return work();
  } finally {
    if (withinCell) newest = before;
  }
}

/** Runs `work` for a cell that may have ended. */
export function asCell(cell: number, work: () => void): void {
  const before = newest;
  newest = cell;
  work();
  newest = before;
}

/** The cell that runs, or ran last. */
export function cellNow(): number {
  return newest;
}

/** The cell that an error nobody caught came from: no browser knows. */
export function cellOfError(): number | undefined {
  return undefined;
}

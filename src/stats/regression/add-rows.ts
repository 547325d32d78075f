import type { Arena } from "../../compute/arena.ts";
import { timesRight } from "../../compute/matrix-product.ts";
import { packRows } from "../../compute/panels.ts";
import type { Steps } from "../../compute/step.ts";
import type { Moments } from "./moments.ts";

/** Some rows of all series. */
export interface SeriesRows {
  /** Number of the first of them, and how many they are. */
  readonly first: number;
  readonly count: number;
  /** Write these rows of one series. */
  readonly read: (series: number, values: Float64Array) => void;
}

/**
 * Add some rows of all series, on all threads: while others multiply some series, the next are read. The numbers are the
 * same on any number of threads.
 */
export function* addRows(
  arena: Arena,
  moments: Moments,
  { first, count, read }: SeriesRows,
): Steps<void> {
  const columns = moments.columnsOf(first, count);
  const nColumns = columns.length / count;
  const nTiles = Math.ceil(nColumns / 4);
  const mark = arena.mark();
  const address = arena.allocate(nTiles * 32 * count);
  packRows(columns, count, 0, nColumns, arena.float64(address, nTiles * 4 * count));
  const values = new Float64Array(count);
  const pack = (from: number, to: number, panel: Float64Array): void => {
    // Lanes that fill up the last tile keep what was there: no series is made of them.
    for (let s = from; s < to; s++) {
      read(s, values);
      moments.addSums(s, values, first, count);
      const start = ((s - from) >> 2) * count * 4 + ((s - from) & 3);
      for (let t = 0, at = start; t < count; t++, at += 4) panel[at] = values[t];
    }
  };
  const take = (part: Float64Array, rowLength: number, from: number, to: number): void =>
    moments.addColumns(part, rowLength, from, to);
  const left = { address, nTiles, nColumns: count };
  yield* timesRight(arena, left, { nColumns: moments.nSeries, pack }, take);
  arena.release(mark);
}

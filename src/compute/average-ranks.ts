import { sortOrder } from "./sort-order.ts";

/** Ranks from 1, ties sharing their average, and what the ties cost the variance of the ranks. */
export interface AverageRanks {
  readonly ranks: Float64Array;
  /** Σ (t³ − t) over groups of t tied values; the squared centred ranks sum to (n³ − n − tieSum) / 12. */
  readonly tieSum: number;
}

/**
 * Average ranks, as scipy's `rankdata`. `NaN` must not occur: what becomes of it is the caller's to say.
 *
 * @example
 * averageRanks(Float64Array.of(30, 10, 10)).ranks; // Float64Array(3) [ 3, 1.5, 1.5 ]
 */
export function averageRanks(values: Float64Array): AverageRanks {
  return ranksInOrder(values, sortOrder(values));
}

/** The same from an order known already. */
export function ranksInOrder(values: Float64Array, order: Uint32Array): AverageRanks {
  const n = values.length;
  const ranks = new Float64Array(n);
  let tieSum = 0;
  for (let from = 0; from < n;) {
    const value = values[order[from]];
    let to = from + 1;
    while (to < n && values[order[to]] === value) to++;
    const rank = (from + 1 + to) / 2;
    for (let i = from; i < to; i++) ranks[order[i]] = rank;
    const tied = to - from;
    if (tied > 1) tieSum += tied * tied * tied - tied;
    from = to;
  }
  return { ranks, tieSum };
}

/** Ranks 0, 1, 2 … without gaps: tied values share one, the next value gets the next. */
export function denseRanks(values: Float64Array, order: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(values.length);
  let rank = 0;
  for (let i = 1; i < order.length; i++) {
    if (values[order[i]] !== values[order[i - 1]]) rank++;
    ranks[order[i]] = rank;
  }
  return ranks;
}

import { denseRanks } from "./average-ranks.ts";
import { inversions } from "./inversions.ts";
import { runSync } from "./run-sync.ts";
import { sortOrder } from "./sort-order.ts";
import { countSteps, sortSteps, tauA } from "./tau-counts.ts";
import { worthSorting } from "./which-path.ts";

/** One side of a tau, sorted once for any number of partners. */
export interface SortedSide {
  /** Positions in ascending order. */
  readonly order: Uint32Array;
  /** Rank without gaps of each position. */
  readonly ranks: Uint32Array;
  readonly nDistinct: number;
  /** Pairs tied on this side. */
  readonly tiedPairs: number;
}

/** Sort one side, now. A side with `NaN` has no distinct values and no tau. */
export function sortedSide(values: Float64Array): SortedSide {
  if (hasNaN(values)) return unsortable(values.length);
  if (worthSorting(values.length)) return sortByKernel(values);
  const order = sortOrder(values);
  const ranks = denseRanks(values, order);
  const nDistinct = order.length === 0 ? 0 : ranks[order[order.length - 1]] + 1;
  return { order, ranks, nDistinct, tiedPairs: tiedPairs(ranks, order) };
}

function hasNaN(values: Float64Array): boolean {
  for (let k = 0; k < values.length; k++) if (Number.isNaN(values[k])) return true;
  return false;
}

function unsortable(n: number): SortedSide {
  return { order: new Uint32Array(n), ranks: new Uint32Array(n), nDistinct: NaN, tiedPairs: NaN };
}

/** Tau-a of two sorted sides of equal length, now: by Knight's method. */
export function tauOfSorted(x: SortedSide, y: SortedSide): number {
  const n = x.order.length;
  const [tiedX, tiedY] = [x.tiedPairs, y.tiedPairs];
  if (Number.isNaN(tiedX + tiedY)) return NaN;
  if (worthSorting(n)) return countByKernel(x, y);
  const { sequence, tiedOnBoth } = partnerRanks(x, y);
  return tauA(n, tiedX, tiedY, inversions(sequence), tiedOnBoth);
}

function sortByKernel(values: Float64Array): SortedSide {
  const n = values.length;
  return runSync(function* (arena) {
    const sorted = yield* sortSteps(arena, [values], n);
    const [nDistinct, tiedPairs] = sorted.summaries;
    return {
      order: arena.uint32(sorted.orders, n).slice(),
      ranks: arena.uint32(sorted.denses, n).slice(),
      nDistinct,
      tiedPairs,
    };
  });
}

function countByKernel(x: SortedSide, y: SortedSide): number {
  const n = x.order.length;
  return runSync(function* (arena) {
    const orders = arena.allocate(n * 8);
    const denses = arena.allocate(n * 8);
    const summaries = arena.allocate(32);
    [x, y].forEach(({ order, ranks, nDistinct, tiedPairs }, side) => {
      arena.uint32(orders + side * n * 4, n).set(order);
      arena.uint32(denses + side * n * 4, n).set(ranks);
      arena.float64(summaries + side * 16, 2).set([nDistinct, tiedPairs]);
    });
    const sorted = { orders, denses, summaryAddress: summaries, summaries: new Float64Array() };
    const [discordant, tied] = yield* countSteps(arena, sorted, 1, 1, n);
    return tauA(n, x.tiedPairs, y.tiedPairs, discordant, tied);
  });
}

/** Ranks of y in the order of x, ascending within ties of x so that those do not count as discordant. */
function partnerRanks(x: SortedSide, y: SortedSide): { sequence: Uint32Array; tiedOnBoth: number } {
  const sequence = new Uint32Array(x.order.length);
  for (let i = 0; i < sequence.length; i++) sequence[i] = y.ranks[x.order[i]];
  let tiedOnBoth = 0;
  forEachTie(x.ranks, x.order, (from, to) => {
    const tied = sequence.subarray(from, to).sort();
    for (let start = 0, i = 1; i <= tied.length; i++) {
      if (i < tied.length && tied[i] === tied[start]) continue;
      tiedOnBoth += pairs(i - start);
      start = i;
    }
  });
  return { sequence, tiedOnBoth };
}

function tiedPairs(ranks: Uint32Array, order: Uint32Array): number {
  let count = 0;
  forEachTie(ranks, order, (from, to) => (count += pairs(to - from)));
  return count;
}

function forEachTie(
  ranks: Uint32Array,
  order: Uint32Array,
  visit: (from: number, to: number) => void,
): void {
  for (let from = 0, to = 1; to <= order.length; to++) {
    if (to < order.length && ranks[order[to]] === ranks[order[from]]) continue;
    if (to - from > 1) visit(from, to);
    from = to;
  }
}

function pairs(n: number): number {
  return (n * (n - 1)) / 2;
}

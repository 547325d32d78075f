import { denseRanks } from "../compute/average-ranks.ts";
import { worthKernels } from "../compute/run-sync.ts";
import { inversions } from "../compute/inversions.ts";
import { sortSideSync, tauOfSortedSync, type SortedSide } from "../compute/rank-vectors.ts";
import { sortOrder } from "../compute/sort-order.ts";
import { hasNaN } from "./has-nan.ts";
import { sameLength } from "./same-length.ts";

/**
 * Kendall's tau-a: concordant minus discordant pairs over all pairs, in O(n log n) (Knight 1966).
 * `NaN` when all of one side is tied, or any value is `NaN` (where MNE-RSA returns a number without meaning).
 * Agrees with `kendall-tau-a` of MNE-RSA. Throws `ShapeMismatch` for unequal lengths.
 *
 * @example
 * import { kendallTauA } from "tsrsa";
 * kendallTauA([1, 2, 3, 4], [1, 3, 2, 4]).toFixed(4); // '0.6667'
 */
export function kendallTauA(x: ArrayLike<number>, y: ArrayLike<number>): number {
  sameLength(x, y);
  if (hasNaN(x) || hasNaN(y)) return NaN;
  return tauOfSorted(sortedSide(Float64Array.from(x)), sortedSide(Float64Array.from(y)));
}

/** Rough time in ms for which plain code sorts one value. */
const PLAIN_MS = 4e-5;

/** Sort one side. `NaN` must not occur. */
export function sortedSide(values: Float64Array): SortedSide {
  if (worthKernels(values.length * PLAIN_MS)) return sortSideSync(values);
  const order = sortOrder(values);
  const ranks = denseRanks(values, order);
  const nDistinct = order.length === 0 ? 0 : ranks[order[order.length - 1]] + 1;
  return { order, ranks, nDistinct, tiedPairs: tiedPairs(ranks, order) };
}

/** Tau-a of two sorted sides of equal length. */
export function tauOfSorted(x: SortedSide, y: SortedSide): number {
  const n = x.order.length;
  const total = (n * (n - 1)) / 2;
  if (x.tiedPairs === total || y.tiedPairs === total) return NaN;
  if (worthKernels(n * PLAIN_MS)) return tauOfSortedSync(x, y);
  const { sequence, tiedOnBoth } = partnerRanks(x, y);
  const untied = total - x.tiedPairs - y.tiedPairs + tiedOnBoth;
  return Math.min(1, Math.max(-1, (untied - 2 * inversions(sequence)) / total));
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

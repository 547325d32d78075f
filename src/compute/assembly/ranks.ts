import { Ranks } from "./layouts";
import { int, address } from "./params";
import { argsort, orderOf, sortedOf } from "./argsort";
import { SHORT, shortRanks } from "./short-ranks";

/** Average ranks (from 1) of n values; returns Σ(t³ − t) over the groups of ties. NaN anywhere: NaN everywhere. */
export function averageRanks(values: usize, n: i32, ranks: usize, scratch: usize): f64 {
  if (n <= SHORT) {
    const ties = shortRanks(values, n, ranks, scratch);
    if (ties >= 0) return ties;
  }
  if (!argsort(values, n, scratch)) {
    for (let i = 0; i < n; i++) store<f64>(ranks + (<usize>i << 3), NaN);
    return NaN;
  }
  const order = orderOf(scratch);
  const sorted = sortedOf(scratch, n);
  let ties: f64 = 0;
  let i = 0;
  while (i < n) {
    const v = load<f64>(sorted + (<usize>i << 3));
    let end = i + 1;
    while (end < n && load<f64>(sorted + (<usize>end << 3)) == v) end++;
    if (end == i + 1) {
      store<f64>(ranks + (<usize>load<u32>(order + (<usize>i << 2)) << 3), <f64>end);
    } else {
      const size = <f64>(end - i);
      ties += size * size * size - size;
      const rank = 0.5 * (<f64>i + 1 + <f64>end);
      for (let k = i; k < end; k++) store<f64>(ranks + (<usize>load<u32>(order + (<usize>k << 2)) << 3), rank);
    }
    i = end;
  }
  return ties;
}

/** Block = vector. Ranks and tie sums of vectors that lie one after the other. */
export function rankVectors(params: usize, block: i32, scratch: usize): void {
  const n = int(params, Ranks.n);
  const values = address(params, Ranks.values) + ((<usize>block * <usize>n) << 3);
  const ranks = address(params, Ranks.ranks) + ((<usize>block * <usize>n) << 3);
  store<f64>(address(params, Ranks.ties) + (<usize>block << 3), averageRanks(values, n, ranks, scratch));
}

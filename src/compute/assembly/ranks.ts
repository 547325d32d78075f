import { Ranks, RankTiles } from "./layouts";
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

// @ts-ignore: decorator
@inline
function align(bytes: usize): usize {
  return (bytes + 63) & ~63;
}

/** Block = four vectors: their ranks minus the mean, side by side in a panel [value][4]; vectors that fill it up are 0. */
export function rankTiles(params: usize, block: i32, scratch: usize): void {
  const n = int(params, RankTiles.n);
  const nVectors = int(params, RankTiles.nVectors);
  const bytes = <usize>n << 3;
  const room = align(bytes);
  const middle = 0.5 * (<f64>n + 1);
  for (let lane = 0; lane < 4; lane++) {
    const v = (block << 2) + lane;
    const ranks = scratch + <usize>lane * room;
    if (v < nVectors) {
      const values = address(params, RankTiles.values) + <usize>v * bytes;
      const ties = averageRanks(values, n, ranks, scratch + (room << 2));
      store<f64>(address(params, RankTiles.ties) + (<usize>v << 3), ties);
    } else {
      for (let at: usize = 0; at < bytes; at += 8) store<f64>(ranks + at, middle);
    }
  }
  const shift = f64x2.splat(middle);
  let to = address(params, RankTiles.panels) + ((<usize>block * bytes) << 2);
  const second = scratch + room;
  const third = second + room;
  const fourth = third + room;
  for (let at: usize = 0; at < bytes; at += 8) {
    const one = v128.load_lane<u64>(second + at, v128.load_zero<u64>(scratch + at), 1);
    const two = v128.load_lane<u64>(fourth + at, v128.load_zero<u64>(third + at), 1);
    v128.store(to, f64x2.sub(one, shift));
    v128.store(to, f64x2.sub(two, shift), 16);
    to += 32;
  }
}

import { PooledRanks, RankProducts, SortedPairs, WeightedRanks } from "./layouts";
import { int, address, number } from "./params";
import { argsort, orderOf, sortedOf } from "./argsort";

// Bootstrap over items: an item drawn w times gives its pair with one drawn v times the weight w · v, and a pair whose
// value has the total weight c below it and m at it has the average rank c + (m + 1) / 2. Each vector is sorted once;
// ranks of a sample are one walk through that order. Pairs of a sample stand close together, in the order of its items.
// Centred ranks are multiples of one half: twice of them are whole numbers, which take half of the memory.

/** Marks a pair whose value is that of the pair before it. */
const TIED: u32 = 0x80000000;

/**
 * Block = vector. In the place of its ranks (twice, centred) its pairs in the order of their ranks, each as
 * (first item << 16 | second item), and TIED. Parameters: pairs, items, ranks.
 */
export function sortedPairs(params: usize, block: i32, scratch: usize): void {
  const n = int(params, SortedPairs.n);
  const nItems = <u32>int(params, SortedPairs.nItems);
  const bytes = <usize>n << 2;
  const out = address(params, SortedPairs.ranks) + <usize>block * bytes;
  const places = scratch;
  const ranks = scratch + bytes;
  memory.copy(ranks, out, bytes);
  memory.fill(places, 0, bytes);
  // Ranks of different values, rounded down, differ too: a value's own cell is one of the places it takes.
  for (let at: usize = 0; at < bytes; at += 4) {
    const cell = places + (<usize>((load<i32>(ranks + at) + n - 1) >> 1) << 2);
    store<u32>(cell, load<u32>(cell) + 1);
  }
  let total: u32 = 0;
  for (let at: usize = 0; at < bytes; at += 4) {
    const size = load<u32>(places + at);
    store<u32>(places + at, total);
    total += size;
  }
  let at: usize = 0;
  for (let i: u32 = 0; i < nItems; i++) {
    for (let j = i + 1; j < nItems; j++, at += 4) {
      const cell = places + (<usize>((load<i32>(ranks + at) + n - 1) >> 1) << 2);
      const place = load<u32>(cell);
      store<u32>(cell, (place + 1) | TIED);
      store<u32>(out + (<usize>(place & ~TIED) << 2), (i << 16) | j | (place & TIED));
    }
  }
}

/**
 * Block = vector. Centred ranks of its pairs in a sample, twice (i32), and their weighted sum of squares. Parameters: n,
 * sorted pairs, weight of each item (u32), where the row of each item begins (u32), its column (u32), pairs of the sample,
 * out, squares, total weight.
 */
export function weightedRanks(params: usize, block: i32, scratch: usize): void {
  const n = int(params, WeightedRanks.n);
  const entries = address(params, WeightedRanks.entries) + ((<usize>block * <usize>n) << 2);
  const weights = address(params, WeightedRanks.weights);
  const rows = address(params, WeightedRanks.rows);
  const columns = address(params, WeightedRanks.columns);
  const out = address(params, WeightedRanks.out) + ((<usize>block * <usize>int(params, WeightedRanks.nPairs)) << 2);
  const total = number(params, WeightedRanks.total);
  const end = scratch + (<usize>presentPairs(entries, n, weights, scratch) << 2);
  // Twice a rank is 2 c + m + 1, and twice the mean of all is the total + 1.
  let twice: i32 = -(<i32>total);
  let ties: f64 = 0;
  let at = scratch;
  while (at < end) {
    let next = at + 4;
    let size = weightOf(load<u32>(at), weights);
    while (next < end && (load<u32>(next) & TIED) != 0) {
      size += weightOf(load<u32>(next), weights);
      next += 4;
    }
    const rank = twice + size;
    for (; at < next; at += 4) {
      const pair = load<u32>(at);
      const place = load<u32>(rows + (<usize>((pair >> 16) & 0x7fff) << 2)) + load<u32>(columns + (<usize>(pair & 0xffff) << 2));
      store<i32>(out + (<usize>place << 2), rank);
    }
    twice += size << 1;
    const count = <f64>size;
    ties += count * count * count - count;
  }
  store<f64>(address(params, WeightedRanks.squares) + (<usize>block << 3), (total * total * total - total - ties) / 12);
}

// @ts-ignore: decorator
@inline
function weightOf(pair: u32, weights: usize): i32 {
  return load<i32>(weights + (<usize>((pair >> 16) & 0x7fff) << 2)) * load<i32>(weights + (<usize>(pair & 0xffff) << 2));
}

/** The pairs that the sample has, in order, without a branch that nobody could foretell; returns how many. */
function presentPairs(entries: usize, n: i32, weights: usize, list: usize): i32 {
  let to = list;
  let fresh: u32 = TIED;
  const end = entries + (<usize>n << 2);
  for (let at = entries; at < end; at += 4) {
    const pair = load<u32>(at);
    const weight =
      load<u32>(weights + (<usize>((pair >> 16) & 0x7fff) << 2)) * load<u32>(weights + (<usize>(pair & 0xffff) << 2));
    // A tie holds with the pair before it that is present only if all between were tied too.
    fresh |= ~pair;
    store<u32>(to, (pair & ~TIED) | (~fresh & TIED));
    const present = <u32>(weight != 0);
    to += <usize>present << 2;
    fresh &= present - 1;
  }
  return <i32>((to - list) >> 2);
}

/**
 * Block = pool. Centred ranks (twice, i32) of the sum of some vectors of a sample, each so many times, and their weighted
 * sum of squares. Parameters: pairs, vectors, how many, times [pool][vector], weight of each pair, out, squares, total
 * weight.
 */
export function pooledRanks(params: usize, block: i32, scratch: usize): void {
  const n = int(params, PooledRanks.n);
  const vectors = address(params, PooledRanks.vectors);
  const nVectors = int(params, PooledRanks.nVectors);
  const times = address(params, PooledRanks.times) + ((<usize>block * <usize>nVectors) << 3);
  const weights = address(params, PooledRanks.weights);
  const out = address(params, PooledRanks.out) + ((<usize>block * <usize>n) << 2);
  const total = number(params, PooledRanks.total);
  const sum = scratch;
  const room = scratch + (((<usize>n << 3) + 63) & ~63);
  memory.fill(sum, 0, <usize>n << 3);
  for (let v = 0; v < nVectors; v++) {
    const count = load<f64>(times + (<usize>v << 3));
    if (count != 0) addTimes(sum, vectors + ((<usize>v * <usize>n) << 2), count, n);
  }
  argsort(sum, n, room);
  const order = orderOf(room);
  const sorted = sortedOf(room, n);
  let twice: i32 = -(<i32>total);
  let ties: f64 = 0;
  let k = 0;
  while (k < n) {
    const value = load<f64>(sorted + (<usize>k << 3));
    let size: i32 = 0;
    let end = k;
    while (end < n && load<f64>(sorted + (<usize>end << 3)) == value) {
      size += load<i32>(weights + (<usize>load<u32>(order + (<usize>end << 2)) << 2));
      end++;
    }
    for (; k < end; k++) store<i32>(out + (<usize>load<u32>(order + (<usize>k << 2)) << 2), twice + size);
    twice += size << 1;
    const count = <f64>size;
    ties += count * count * count - count;
  }
  store<f64>(address(params, PooledRanks.squares) + (<usize>block << 3), (total * total * total - total - ties) / 12);
}

function addTimes(sum: usize, values: usize, count: f64, n: i32): void {
  for (let k: usize = 0; k < <usize>n; k++)
    store<f64>(sum + (k << 3), load<f64>(sum + (k << 3)) + <f64>load<i32>(values + (k << 2)) * count);
}

/**
 * Block = chunk of the pairs. Weighted products of each left vector of ranks (twice, i32) with each right one, over these
 * pairs. Parameters: pairs, length of a chunk, left vectors, how many, right vectors, how many, weight of each pair (u32),
 * out [chunk][left][right].
 */
export function rankProducts(params: usize, block: i32, scratch: usize): void {
  const n = int(params, RankProducts.n);
  const length = int(params, RankProducts.chunkLength);
  const nLeft = int(params, RankProducts.nLeft);
  const nRight = int(params, RankProducts.nRight);
  const size = min(length, n - block * length);
  const skip = (<usize>block * <usize>length) << 2;
  const weights = address(params, RankProducts.weights) + skip;
  const stride = <usize>n << 2;
  let out = address(params, RankProducts.out) + ((<usize>block * <usize>(nLeft * nRight)) << 3);
  let left = address(params, RankProducts.left) + skip;
  for (let i = 0; i < nLeft; i++) {
    for (let k: usize = 0; k < <usize>size; k++) {
      const rank = 0.25 * <f64>load<i32>(left + (k << 2));
      store<f64>(scratch + (k << 3), rank * <f64>load<i32>(weights + (k << 2)));
    }
    let right = address(params, RankProducts.right) + skip;
    for (let j = 0; j < nRight; j++) {
      store<f64>(out, product(scratch, right, size));
      out += 8;
      right += stride;
    }
    left += stride;
  }
}

/** Σ x · y in four interleaved streams. */
function product(x: usize, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const whole = <usize>(n & ~3) << 3;
  for (let at: usize = 0; at < whole; at += 32) {
    const four = v128.load(y + (at >> 1));
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x + at), f64x2.convert_low_i32x4_s(four)));
    const last = v128.shuffle<i32>(four, four, 2, 3, 2, 3);
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x + at, 16), f64x2.convert_low_i32x4_s(last)));
  }
  s0 = f64x2.add(s0, s1);
  let total = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  for (let at = whole; at < <usize>n << 3; at += 8) total += load<f64>(x + at) * <f64>load<i32>(y + (at >> 1));
  return total;
}

import { PooledRanks, SortedPairs, WeightedProducts, WeightedRanks, WeightedValues } from "./layouts";
import { int, address, number } from "./params";
import { argsort, orderOf, sortedOf } from "./argsort";

// Bootstrap over items: an item drawn w times gives its pair with one drawn v times the weight w · v, and a pair whose
// value has the total weight c below it and m at it has the average rank c + (m + 1) / 2. Each vector is sorted once;
// ranks of a sample are one walk through that order. Pairs of a sample stand close together, in the order of its items.

/** Marks a pair whose value is that of the pair before it. */
const TIED: u32 = 0x80000000;

/**
 * Block = vector. Its pairs in the order of its values, each as (first item << 16 | second item), and TIED.
 * Parameters: n, values, table of pairs, out.
 */
export function sortedPairs(params: usize, block: i32, scratch: usize): void {
  const n = int(params, SortedPairs.n);
  const values = address(params, SortedPairs.values) + ((<usize>block * <usize>n) << 3);
  const table = address(params, SortedPairs.table);
  const out = address(params, SortedPairs.out) + ((<usize>block * <usize>n) << 2);
  argsort(values, n, scratch);
  const order = orderOf(scratch);
  const sorted = sortedOf(scratch, n);
  let before: f64 = NaN;
  for (let k = 0; k < n; k++) {
    const pair = load<u32>(table + (<usize>load<u32>(order + (<usize>k << 2)) << 2));
    const value = load<f64>(sorted + (<usize>k << 3));
    store<u32>(out + (<usize>k << 2), value == before ? pair | TIED : pair);
    before = value;
  }
}

/**
 * Block = vector. Centred ranks of its pairs in a sample, and their weighted sum of squares. Parameters: n, sorted pairs,
 * weight of each item (u32), where the row of each item begins (u32), its column (u32), pairs of the sample, out, squares,
 * total weight.
 */
export function weightedRanks(params: usize, block: i32, scratch: usize): void {
  const n = int(params, WeightedRanks.n);
  const entries = address(params, WeightedRanks.entries) + ((<usize>block * <usize>n) << 2);
  const weights = address(params, WeightedRanks.weights);
  const rows = address(params, WeightedRanks.rows);
  const columns = address(params, WeightedRanks.columns);
  const out = address(params, WeightedRanks.out) + ((<usize>block * <usize>int(params, WeightedRanks.nPairs)) << 3);
  const total = number(params, WeightedRanks.total);
  const end = scratch + (<usize>presentPairs(entries, n, weights, scratch) << 2);
  const mean = 0.5 * (total + 1);
  let below: f64 = 0;
  let ties: f64 = 0;
  let at = scratch;
  while (at < end) {
    let next = at + 4;
    let size = weightOf(load<u32>(at), weights);
    while (next < end && (load<u32>(next) & TIED) != 0) {
      size += weightOf(load<u32>(next), weights);
      next += 4;
    }
    const rank = below + 0.5 * (size + 1) - mean;
    for (; at < next; at += 4) {
      const pair = load<u32>(at);
      const place = load<u32>(rows + (<usize>((pair >> 16) & 0x7fff) << 2)) + load<u32>(columns + (<usize>(pair & 0xffff) << 2));
      store<f64>(out + (<usize>place << 3), rank);
    }
    below += size;
    ties += size * size * size - size;
  }
  store<f64>(address(params, WeightedRanks.squares) + (<usize>block << 3), (total * total * total - total - ties) / 12);
}

// @ts-ignore: decorator
@inline
function weightOf(pair: u32, weights: usize): f64 {
  return <f64>(
    (load<u32>(weights + (<usize>((pair >> 16) & 0x7fff) << 2)) * load<u32>(weights + (<usize>(pair & 0xffff) << 2)))
  );
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
 * Block = vector. Its values at the pairs of a sample, minus their weighted mean where they shall be centred, and their
 * weighted sum of squares. Parameters: n, values, items of the sample (u32), how many, all items, pairs of the sample, out,
 * squares, total weight, weight of each pair, whether to centre.
 */
export function weightedValues(params: usize, block: i32, scratch: usize): void {
  const values = address(params, WeightedValues.values) + ((<usize>block * <usize>int(params, WeightedValues.n)) << 3);
  const items = address(params, WeightedValues.items);
  const m = int(params, WeightedValues.nDrawn);
  const nItems = int(params, WeightedValues.nItems);
  const nPairs = int(params, WeightedValues.nPairs);
  const out = address(params, WeightedValues.out) + ((<usize>block * <usize>nPairs) << 3);
  const weights = address(params, WeightedValues.weights);
  let least: f64 = Infinity;
  let most: f64 = -Infinity;
  let sum: f64 = 0;
  let at: usize = 0;
  for (let a = 0; a < m; a++) {
    const item = load<u32>(items + (<usize>a << 2));
    const row = values + (<usize>(item * <u32>nItems - (item * (item + 1)) / 2 - item - 1) << 3);
    for (let b = a + 1; b < m; b++) {
      const value = load<f64>(row + (<usize>load<u32>(items + (<usize>b << 2)) << 3));
      store<f64>(out + at, value);
      sum += value * load<f64>(weights + at);
      least = Math.min(least, value);
      most = Math.max(most, value);
      at += 8;
    }
  }
  const centre = int(params, WeightedValues.centred) != 0;
  const mean = centre ? sum / number(params, WeightedValues.total) : 0;
  const constant = centre && least == most;
  let squares: f64 = 0;
  for (let k: usize = 0; k < at; k += 8) {
    const value = constant ? 0 : load<f64>(out + k) - mean;
    store<f64>(out + k, value);
    squares += value * value * load<f64>(weights + k);
  }
  store<f64>(address(params, WeightedValues.squares) + (<usize>block << 3), squares);
}

/**
 * Block = pool. Centred ranks of the sum of some vectors of a sample, each so many times, and their weighted sum of squares.
 * Parameters: pairs, vectors, how many, times [pool][vector], weight of each pair, out, squares, total weight.
 */
export function pooledRanks(params: usize, block: i32, scratch: usize): void {
  const n = int(params, PooledRanks.n);
  const vectors = address(params, PooledRanks.vectors);
  const nVectors = int(params, PooledRanks.nVectors);
  const times = address(params, PooledRanks.times) + ((<usize>block * <usize>nVectors) << 3);
  const weights = address(params, PooledRanks.weights);
  const out = address(params, PooledRanks.out) + ((<usize>block * <usize>n) << 3);
  const total = number(params, PooledRanks.total);
  memory.fill(out, 0, <usize>n << 3);
  for (let v = 0; v < nVectors; v++) {
    const count = load<f64>(times + (<usize>v << 3));
    if (count != 0) addTimes(out, vectors + ((<usize>v * <usize>n) << 3), count, n);
  }
  argsort(out, n, scratch);
  const order = orderOf(scratch);
  const sorted = sortedOf(scratch, n);
  const mean = 0.5 * (total + 1);
  let below: f64 = 0;
  let ties: f64 = 0;
  let k = 0;
  while (k < n) {
    const value = load<f64>(sorted + (<usize>k << 3));
    let size: f64 = 0;
    let end = k;
    while (end < n && load<f64>(sorted + (<usize>end << 3)) == value) {
      size += load<f64>(weights + (<usize>load<u32>(order + (<usize>end << 2)) << 3));
      end++;
    }
    const rank = below + 0.5 * (size + 1) - mean;
    for (; k < end; k++) store<f64>(out + (<usize>load<u32>(order + (<usize>k << 2)) << 3), rank);
    below += size;
    ties += size * size * size - size;
  }
  store<f64>(address(params, PooledRanks.squares) + (<usize>block << 3), (total * total * total - total - ties) / 12);
}

export function addTimes(sum: usize, values: usize, count: f64, n: i32): void {
  const times = f64x2.splat(count);
  const whole = <usize>(n & ~1) << 3;
  for (let at: usize = 0; at < whole; at += 16)
    v128.store(sum + at, f64x2.add(v128.load(sum + at), f64x2.mul(v128.load(values + at), times)));
  if (n & 1) store<f64>(sum + whole, load<f64>(sum + whole) + load<f64>(values + whole) * count);
}

/**
 * Block = chunk of the pairs. Weighted products of each left vector with each right one, over these pairs.
 * Parameters: pairs, length of a chunk, left vectors, how many, right vectors, how many, weight of each pair,
 * out [chunk][left][right].
 */
export function weightedProducts(params: usize, block: i32, scratch: usize): void {
  const n = int(params, WeightedProducts.n);
  const length = int(params, WeightedProducts.chunkLength);
  const nLeft = int(params, WeightedProducts.nLeft);
  const nRight = int(params, WeightedProducts.nRight);
  const size = min(length, n - block * length);
  const skip = (<usize>block * <usize>length) << 3;
  const weights = address(params, WeightedProducts.weights) + skip;
  const stride = <usize>n << 3;
  let out = address(params, WeightedProducts.out) + ((<usize>block * <usize>(nLeft * nRight)) << 3);
  let left = address(params, WeightedProducts.left) + skip;
  for (let i = 0; i < nLeft; i++) {
    for (let k: usize = 0; k < <usize>size << 3; k += 8) {
      store<f64>(scratch + k, load<f64>(left + k) * load<f64>(weights + k));
    }
    let right = address(params, WeightedProducts.right) + skip;
    for (let j = 0; j < nRight; j++) {
      store<f64>(out, product(scratch, right, size));
      out += 8;
      right += stride;
    }
    left += stride;
  }
}

/** Σ x · y in four interleaved streams, the order the plain twin follows too. */
function product(x: usize, y: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  const whole = <usize>(n & ~3) << 3;
  for (let at: usize = 0; at < whole; at += 32) {
    s0 = f64x2.add(s0, f64x2.mul(v128.load(x + at), v128.load(y + at)));
    s1 = f64x2.add(s1, f64x2.mul(v128.load(x + at, 16), v128.load(y + at, 16)));
  }
  s0 = f64x2.add(s0, s1);
  let total = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  for (let at = whole; at < <usize>n << 3; at += 8) total += load<f64>(x + at) * load<f64>(y + at);
  return total;
}

import { LargeRanks } from "./layouts";
import { int, address, number } from "./params";
import { count, next } from "./argsort";
import { averageRanks } from "./ranks";

// Ranks of one vector too long for the cache: spread into buckets of neighbouring values, each bucket ranked in the
// cache, and the ranks fetched back in the order in which the values were spread. Nothing is written out of order.
// The length of a chunk is even.

// @ts-ignore: decorator
@inline
function lengthOf(params: usize, chunk: i32): i32 {
  const length = int(params, LargeRanks.chunkLength);
  return min(length, int(params, LargeRanks.n) - chunk * length);
}

// @ts-ignore: decorator
@inline
function valuesOf(params: usize, chunk: i32): usize {
  return address(params, LargeRanks.values) + ((<usize>chunk * <usize>int(params, LargeRanks.chunkLength)) << 3);
}

// @ts-ignore: decorator
@inline
function tableOf(params: usize, chunk: i32): usize {
  return address(params, LargeRanks.tables) + ((<usize>chunk * <usize>int(params, LargeRanks.nBuckets)) << 2);
}

// @ts-ignore: decorator
@inline
function bucketsOf(params: usize, chunk: i32): usize {
  return address(params, LargeRanks.buckets) + ((<usize>chunk * <usize>int(params, LargeRanks.chunkLength)) << 1);
}

/** Block = chunk. Its least and greatest value, NaN when it holds NaN. */
export function chunkRange(params: usize, block: i32, scratch: usize): void {
  const n = lengthOf(params, block);
  const values = valuesOf(params, block);
  const first = load<f64>(values);
  let low = f64x2.splat(first);
  let high = f64x2.splat(first);
  let bad = f64x2.ne(low, low);
  const pairs = values + (<usize>(n >> 1) << 4);
  for (let at = values; at < pairs; at += 16) {
    const v = v128.load(at);
    low = f64x2.pmin(low, v);
    high = f64x2.pmax(high, v);
    bad = v128.or(bad, f64x2.ne(v, v));
  }
  if (n & 1) {
    const v = v128.load_splat<f64>(pairs);
    low = f64x2.pmin(low, v);
    high = f64x2.pmax(high, v);
    bad = v128.or(bad, f64x2.ne(v, v));
  }
  const known = !v128.any_true(bad);
  const out = address(params, LargeRanks.ranges) + (<usize>block << 4);
  store<f64>(out, known ? Math.min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)) : NaN);
  store<f64>(out, known ? Math.max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)) : NaN, 8);
}

/** Block = chunk. The bucket of each value, and how many each bucket has. */
export function chunkCounts(params: usize, block: i32, scratch: usize): void {
  const n = lengthOf(params, block);
  const values = valuesOf(params, block);
  const table = tableOf(params, block);
  const buckets = bucketsOf(params, block);
  const least = f64x2.splat(number(params, LargeRanks.least));
  const scale = f64x2.splat(number(params, LargeRanks.scale));
  memory.fill(table, 0, <usize>int(params, LargeRanks.nBuckets) << 2);
  for (let i = 0; i < n; i += 2) {
    // The last odd value reads one lane of memory beyond it; that lane is dropped below.
    const v = v128.load(values + (<usize>i << 3));
    const both = i32x4.trunc_sat_f64x2_u_zero(f64x2.mul(f64x2.sub(v, least), scale));
    const b0 = <u32>i32x4.extract_lane(both, 0);
    const b1 = <u32>i32x4.extract_lane(both, 1);
    count(table, b0);
    store<u16>(buckets + (<usize>i << 1), <u16>b0);
    if (i + 1 < n) {
      count(table, b1);
      store<u16>(buckets + (<usize>i << 1), <u16>b1, 2);
    }
  }
}

/** Block = chunk. Its values to their places among the buckets, which the table tells. */
export function chunkSpread(params: usize, block: i32, scratch: usize): void {
  const n = lengthOf(params, block);
  const values = valuesOf(params, block);
  const buckets = bucketsOf(params, block);
  const spread = address(params, LargeRanks.spread);
  memory.copy(scratch, tableOf(params, block), <usize>int(params, LargeRanks.nBuckets) << 2);
  for (let i = 0; i < n; i++) {
    const to = next(scratch, load<u16>(buckets + (<usize>i << 1)));
    store<f64>(spread + (<usize>to << 3), load<f64>(values + (<usize>i << 3)));
  }
}

/** Block = bucket. Its values become their ranks among all; their tie sum. */
export function bucketRanks(params: usize, block: i32, scratch: usize): void {
  const starts = address(params, LargeRanks.starts) + (<usize>block << 2);
  const from = load<u32>(starts);
  const n = <i32>(load<u32>(starts, 4) - from);
  const values = address(params, LargeRanks.spread) + (<usize>from << 3);
  store<f64>(address(params, LargeRanks.ties) + (<usize>block << 3), averageRanks(values, n, values, scratch));
  for (let i = 0; i < n; i++) {
    const at = values + (<usize>i << 3);
    store<f64>(at, load<f64>(at) + <f64>from);
  }
}

/** Block = chunk. Its values become their ranks. */
export function chunkRanks(params: usize, block: i32, scratch: usize): void {
  const n = lengthOf(params, block);
  const values = valuesOf(params, block);
  const buckets = bucketsOf(params, block);
  const spread = address(params, LargeRanks.spread);
  memory.copy(scratch, tableOf(params, block), <usize>int(params, LargeRanks.nBuckets) << 2);
  for (let i = 0; i < n; i++) {
    const from = next(scratch, load<u16>(buckets + (<usize>i << 1)));
    store<f64>(values + (<usize>i << 3), load<f64>(spread + (<usize>from << 3)));
  }
}

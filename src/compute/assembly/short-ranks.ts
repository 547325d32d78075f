/** Up to so many values one pass over buckets is faster than two of a radix. */
export const SHORT: i32 = 1536;

// @ts-ignore: decorator
@inline
function align(bytes: usize): usize {
  return (bytes + 63) & ~63;
}

/**
 * Average ranks (from 1) of at most 1,536 values: spread over two to four buckets a value, nearly sorted by that, and
 * finished by insertion. Returns Σ(t³ − t) over the groups of ties, or −1 when values clump so that insertion would
 * turn quadratic, or are infinite or NaN: nothing has been written then.
 *
 * `scratch`: the buckets, the sorted values, their positions and the buckets of all values; less than argsort wants.
 */
export function shortRanks(values: usize, n: i32, ranks: usize, scratch: usize): f64 {
  let low = f64x2.splat(Infinity);
  let high = f64x2.splat(-Infinity);
  const pairs = values + (<usize>(n >> 1) << 4);
  let bad = i64x2.splat(0);
  for (let at = values; at < pairs; at += 16) {
    const v = v128.load(at);
    low = f64x2.pmin(low, v);
    high = f64x2.pmax(high, v);
    bad = v128.or(bad, f64x2.ne(v, v));
  }
  let least = Math.min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
  let most = Math.max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
  if (n & 1) {
    const v = load<f64>(pairs);
    if (v != v) return -1;
    least = Math.min(least, v);
    most = Math.max(most, v);
  }
  let nBuckets = 64;
  while (nBuckets < n << 1) nBuckets <<= 1;
  const scale = <f64>(nBuckets - 1) / (most - least);
  if (v128.any_true(bad) || !(scale > 0 && scale < Infinity)) return -1;
  const sorted = scratch + align(<usize>nBuckets << 1);
  const order = sorted + align((<usize>n + 1) << 3);
  const keys = order + align(<usize>n << 2);
  memory.fill(scratch, 0, <usize>nBuckets << 1);
  toBuckets(values, n, least, scale, scratch, keys);
  toPlaces(scratch, scratch + (<usize>nBuckets << 1));
  for (let i = 0; i < n; i++) {
    const bucket = scratch + (<usize>load<u16>(keys + (<usize>i << 1)) << 1);
    const place = <usize>load<u16>(bucket);
    store<u16>(bucket, <u16>(place + 1));
    store<f64>(sorted + (place << 3), load<f64>(values + (<usize>i << 3)));
    store<u32>(order + (place << 2), i);
  }
  if (!insert(n, order, sorted)) return -1;
  return write(n, order, sorted, ranks);
}

function toBuckets(values: usize, n: i32, least: f64, scale: f64, table: usize, keys: usize): void {
  const lowest = f64x2.splat(least);
  const by = f64x2.splat(scale);
  for (let i = 0; i < n; i += 2) {
    // The last odd value reads one lane of memory beyond it; that lane is dropped below.
    const v = v128.load(values + (<usize>i << 3));
    const both = i32x4.trunc_sat_f64x2_u_zero(f64x2.mul(f64x2.sub(v, lowest), by));
    const k0 = <usize>i32x4.extract_lane(both, 0);
    store<u16>(keys + (<usize>i << 1), <u16>k0);
    store<u16>(table + (k0 << 1), load<u16>(table + (k0 << 1)) + 1);
    if (i + 1 < n) {
      const k1 = <usize>i32x4.extract_lane(both, 1);
      store<u16>(keys + (<usize>i << 1), <u16>k1, 2);
      store<u16>(table + (k1 << 1), load<u16>(table + (k1 << 1)) + 1);
    }
  }
}

/** Counts to the places where buckets begin, eight at a time. */
function toPlaces(table: usize, end: usize): void {
  const zero = i16x8.splat(0);
  let before = zero;
  for (let at = table; at < end; at += 16) {
    const counts = v128.load(at);
    let sums = counts;
    sums = i16x8.add(sums, v128.shuffle<i16>(zero, sums, 0, 8, 9, 10, 11, 12, 13, 14));
    sums = i16x8.add(sums, v128.shuffle<i16>(zero, sums, 0, 1, 8, 9, 10, 11, 12, 13));
    sums = i16x8.add(sums, v128.shuffle<i16>(zero, sums, 0, 1, 2, 3, 8, 9, 10, 11));
    sums = i16x8.add(sums, before);
    v128.store(at, i16x8.sub(sums, counts));
    before = v128.shuffle<i16>(sums, sums, 7, 7, 7, 7, 7, 7, 7, 7);
  }
}

/** Finish a nearly sorted order by insertion; false when that takes too many moves. */
function insert(n: i32, order: usize, sorted: usize): bool {
  let budget: i32 = n * 4 + 64;
  let previous: f64 = -Infinity;
  for (let i = 0; i < n; i++) {
    const v = load<f64>(sorted + (<usize>i << 3));
    if (v >= previous) {
      previous = v;
      continue;
    }
    const item = load<u32>(order + (<usize>i << 2));
    let j: usize = <usize>i;
    let other: f64 = previous;
    while (other > v) {
      store<f64>(sorted + (j << 3), other);
      store<u32>(order + (j << 2), load<u32>(order + ((j - 1) << 2)));
      j--;
      budget--;
      if (j == 0) break;
      other = load<f64>(sorted + ((j - 1) << 3));
    }
    store<f64>(sorted + (j << 3), v);
    store<u32>(order + (j << 2), item);
    if (budget < 0) return false;
  }
  return true;
}

function write(n: i32, order: usize, sorted: usize, ranks: usize): f64 {
  // No value equals it: the last one is in no group with what lies behind.
  store<f64>(sorted + (<usize>n << 3), NaN);
  let ties: f64 = 0;
  let i = 0;
  while (i < n) {
    const v = load<f64>(sorted + (<usize>i << 3));
    let end = i + 1;
    if (load<f64>(sorted + (<usize>end << 3)) != v) {
      store<f64>(ranks + (<usize>load<u32>(order + (<usize>i << 2)) << 3), <f64>end);
      i = end;
      continue;
    }
    while (load<f64>(sorted + (<usize>end << 3)) == v) end++;
    const size = <f64>(end - i);
    ties += size * size * size - size;
    const rank = 0.5 * (<f64>i + 1 + <f64>end);
    for (let k = i; k < end; k++) store<f64>(ranks + (<usize>load<u32>(order + (<usize>k << 2)) << 3), rank);
    i = end;
  }
  return ties;
}

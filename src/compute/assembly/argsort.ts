/** Bytes of scratch memory that argsort wants for n values; the order (u32) and sorted values lie at its start. */
export const HISTOGRAM_BYTES: usize = 6 << 13;

/** Up to so many values, positions have 21 bits. */
const MANY: u32 = 1 << 21;

// @ts-ignore: decorator
@inline
function align(bytes: usize): usize {
  return (bytes + 63) & ~63;
}

// @ts-ignore: decorator
@inline
export function orderOf(scratch: usize): usize {
  return scratch + HISTOGRAM_BYTES;
}

// @ts-ignore: decorator
@inline
export function sortedOf(scratch: usize, n: i32): usize {
  return orderOf(scratch) + align(<usize>n << 2);
}

/** First byte after what argsort uses. */
// @ts-ignore: decorator
@inline
export function afterArgsort(scratch: usize, n: i32): usize {
  return sortedOf(scratch, n) + 3 * align(<usize>n << 3) + 2 * align(<usize>n << 2);
}

/**
 * Order that sorts n values ascending; NaN anywhere: returns false. Radix on a linear 22-bit key, then insertion;
 * where values clump so that insertion would turn quadratic, radix on all 64 bits.
 */
export function argsort(values: usize, n: i32, scratch: usize): bool {
  let low = f64x2.splat(Infinity);
  let high = f64x2.splat(-Infinity);
  let bad = i64x2.splat(0);
  const pairs = values + (<usize>(n >> 1) << 4);
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
    if (v != v) return false;
    least = Math.min(least, v);
    most = Math.max(most, v);
  }
  if (v128.any_true(bad)) return false;
  const scale = 4194303.0 / (most - least);
  // Equal values, infinities and a range too small to divide by all fail this test.
  if (!(scale > 0 && scale < Infinity)) fullSort(values, n, scratch);
  else if (!linearSort(values, n, least, scale, scratch)) fullSort(values, n, scratch);
  return true;
}

function linearSort(values: usize, n: i32, least: f64, scale: f64, scratch: usize): bool {
  const order = orderOf(scratch);
  const sorted = sortedOf(scratch, n);
  const once = sorted + align(<usize>n << 3);
  const keys = sorted;
  memory.fill(scratch, 0, 2 << 13);
  const lowest = f64x2.splat(least);
  const by = f64x2.splat(scale);
  for (let i = 0; i < n; i += 2) {
    // The last odd value reads one lane of memory beyond it; that lane is dropped below.
    const v = v128.load(values + (<usize>i << 3));
    const key = i32x4.trunc_sat_f64x2_u_zero(f64x2.mul(f64x2.sub(v, lowest), by));
    const k0 = <u32>i32x4.extract_lane(key, 0);
    store<u32>(keys + (<usize>i << 2), k0);
    count(scratch, k0 & 2047);
    count(scratch + 8192, k0 >> 11);
    if (i + 1 < n) {
      const k1 = <u32>i32x4.extract_lane(key, 1);
      store<u32>(keys + (<usize>i << 2), k1, 4);
      count(scratch, k1 & 2047);
      count(scratch + 8192, k1 >> 11);
    }
  }
  toOffsets(scratch);
  toOffsets(scratch + 8192);
  if (<u32>n <= MANY) scatterPositions(n, scratch, keys, once, order);
  else scatterValues(values, n, scratch, keys, once, order, sorted);
  if (<u32>n <= MANY) fetch(values, n, order, sorted);
  return insert(n, order, sorted);
}

/** Both passes of the radix, on positions alone: half a key and a position fit into 32 bits. */
function scatterPositions(n: i32, table: usize, keys: usize, once: usize, order: usize): void {
  for (let i = 0; i < n; i++) {
    const key = load<u32>(keys + (<usize>i << 2));
    store<u32>(once + (<usize>next(table, key & 2047) << 2), ((key >> 11) << 21) | <u32>i);
  }
  for (let i = 0; i < n; i++) {
    const entry = load<u32>(once + (<usize>i << 2));
    store<u32>(order + (<usize>next(table + 8192, entry >> 21) << 2), entry & (MANY - 1));
  }
}

function fetch(values: usize, n: i32, order: usize, sorted: usize): void {
  for (let i = 0; i < n; i++) {
    const item = <usize>load<u32>(order + (<usize>i << 2));
    store<f64>(sorted + (<usize>i << 3), load<f64>(values + (item << 3)));
  }
}

/** The same with the values taken along: fetching many by position would miss the cache each time. */
function scatterValues(
  values: usize,
  n: i32,
  table: usize,
  keys: usize,
  once: usize,
  order: usize,
  sorted: usize,
): void {
  for (let i = 0; i < n; i++) {
    const key = load<u32>(keys + (<usize>i << 2));
    const to = once + (<usize>next(table, key & 2047) << 4);
    store<f64>(to, load<f64>(values + (<usize>i << 3)));
    store<u64>(to, ((<u64>(key >> 11)) << 32) | <u64>i, 8);
  }
  for (let i = 0; i < n; i++) {
    const from = once + (<usize>i << 4);
    const entry = load<u64>(from, 8);
    const to = <usize>next(table + 8192, <u32>(entry >> 32));
    store<u32>(order + (to << 2), <u32>entry);
    store<f64>(sorted + (to << 3), load<f64>(from));
  }
}

/** Finish a nearly sorted order by insertion; false when that takes more moves than a full sort would. */
function insert(n: i32, order: usize, sorted: usize): bool {
  let budget: i64 = <i64>n * 4 + 64;
  let previous: f64 = -Infinity;
  for (let i = 0; i < n; i++) {
    const v = load<f64>(sorted + (<usize>i << 3));
    if (v >= previous) {
      previous = v;
      continue;
    }
    const item = load<u32>(order + (<usize>i << 2));
    let j: isize = <isize>i;
    let other: f64 = previous;
    while (other > v) {
      store<f64>(sorted + (<usize>j << 3), other);
      store<u32>(order + (<usize>j << 2), load<u32>(order + (<usize>(j - 1) << 2)));
      j--;
      budget--;
      if (j == 0) break;
      other = load<f64>(sorted + (<usize>(j - 1) << 3));
    }
    store<f64>(sorted + (<usize>j << 3), v);
    store<u32>(order + (<usize>j << 2), item);
    if (budget < 0) return false;
  }
  return true;
}

function fullSort(values: usize, n: i32, scratch: usize): void {
  const order = orderOf(scratch);
  const sorted = sortedOf(scratch, n);
  let keys = sorted + align(<usize>n << 3);
  let otherKeys = keys + align(<usize>n << 3);
  let items = otherKeys + align(<usize>n << 3);
  let otherItems = items + align(<usize>n << 2);
  memory.fill(scratch, 0, HISTOGRAM_BYTES);
  for (let i = 0; i < n; i++) {
    // Adding 0 makes −0 the same as 0; flipping bits makes the order of bits the order of numbers.
    const bits = reinterpret<u64>(load<f64>(values + (<usize>i << 3)) + 0.0);
    const key = bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
    store<u64>(keys + (<usize>i << 3), key);
    store<u32>(items + (<usize>i << 2), i);
    for (let digit: u64 = 0; digit < 6; digit++) {
      count(scratch + <usize>(digit << 13), <u32>(key >> (digit * 11)) & 2047);
    }
  }
  for (let digit: u64 = 0; digit < 6; digit++) {
    const table = scratch + <usize>(digit << 13);
    if (n > 0 && load<u32>(table + (<usize>(<u32>(load<u64>(keys) >> (digit * 11)) & 2047) << 2)) == <u32>n) continue;
    toOffsets(table);
    for (let i = 0; i < n; i++) {
      const key = load<u64>(keys + (<usize>i << 3));
      const to = next(table, <u32>(key >> (digit * 11)) & 2047);
      store<u64>(otherKeys + (<usize>to << 3), key);
      store<u32>(otherItems + (<usize>to << 2), load<u32>(items + (<usize>i << 2)));
    }
    const k = keys;
    keys = otherKeys;
    otherKeys = k;
    const t = items;
    items = otherItems;
    otherItems = t;
  }
  for (let i = 0; i < n; i++) {
    const item = load<u32>(items + (<usize>i << 2));
    store<u32>(order + (<usize>i << 2), item);
    store<f64>(sorted + (<usize>i << 3), load<f64>(values + (<usize>item << 3)));
  }
}

// @ts-ignore: decorator
@inline
export function count(table: usize, digit: u32): void {
  const at = table + (<usize>digit << 2);
  store<u32>(at, load<u32>(at) + 1);
}

// @ts-ignore: decorator
@inline
export function next(table: usize, digit: u32): u32 {
  const at = table + (<usize>digit << 2);
  const place = load<u32>(at);
  store<u32>(at, place + 1);
  return place;
}

export function toOffsets(table: usize): void {
  let total: u32 = 0;
  for (let at = table; at < table + 8192; at += 4) {
    const size = load<u32>(at);
    store<u32>(at, total);
    total += size;
  }
}

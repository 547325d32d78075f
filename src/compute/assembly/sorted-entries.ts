// An entry is a number from 1 to 2 of 64 bits: its leading bits are a value's place in the range, its last ones its
// position among the values.

import { sortByValue, valueOf, writeGroup, writeTies } from "./same-entries";

/** The leading bits of all entries: those of numbers from 1 to 2. */
export const ONE: u64 = 1023;

/** From two thirds of a bucket to one and a third a value, at most 16,384. */
export function bucketBits(n: i32): i32 {
  let bits = 6;
  while (1 << bits < (n * 3) >> 2 && bits < 14) bits++;
  return bits;
}

/** The bits that hold a position. */
export function positionsOf(n: i32): u64 {
  return (<u64>1 << (64 - clz<u64>(<u64>n))) - 1;
}

// @ts-ignore: decorator
@inline
function bucketOf(table: usize, entry: u64, shift: u64): usize {
  return table + (<usize>(entry >> shift) & ~1);
}

/** Entries of values in their order. */
export function toEntries(values: usize, n: i32, least: f64, scale: f64, positions: u64, entries: usize): void {
  const lowest = f64x2.splat(least);
  const by = f64x2.splat(scale);
  const one = f64x2.splat(1);
  const two = i64x2.splat(2);
  const places = i64x2.splat(~positions);
  let position = i64x2(0, 1);
  const bytes = <usize>n << 3;
  // The last odd value reads one lane of memory beyond it; that entry is none of those that are sorted.
  for (let at: usize = 0; at < bytes; at += 16) {
    // From 1 to 2 the bits of a number count up evenly.
    const place = f64x2.add(f64x2.mul(f64x2.sub(v128.load(values + at), lowest), by), one);
    v128.store(entries + at, v128.or(v128.and(place, places), position));
    position = i64x2.add(position, two);
  }
}

/** How many entries fall into each bucket. */
export function countBuckets(n: i32, entries: usize, table: usize, shift: u64): void {
  const end = entries + (<usize>n << 3);
  for (let at = entries; at < end; at += 8) {
    const bucket = bucketOf(table, load<u64>(at), shift);
    store<u16>(bucket, load<u16>(bucket) + 1);
  }
}

/** Counts to the places where buckets begin, eight at a time. */
export function toPlaces(table: usize, end: usize): void {
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

/** Entries to the places of their buckets. */
export function spread(n: i32, table: usize, shift: u64, entries: usize, sorted: usize): void {
  const end = entries + (<usize>n << 3);
  for (let at = entries; at < end; at += 8) {
    const entry = load<u64>(at);
    const bucket = bucketOf(table, entry, shift);
    const place = <usize>load<u16>(bucket);
    store<u16>(bucket, <u16>(place + 1));
    store<u64>(sorted + (place << 3), entry);
  }
}

/**
 * Three passes that carry the greater of two neighbours on, in one, through both halves at once, without a branch. As
 * numbers entries have the order that they have as integers.
 */
export function bubble(half: usize, sorted: usize): void {
  if (half < 3) return;
  const second = sorted + (half << 3);
  let p = f64x2.splat(0);
  let q = p;
  let r = p;
  for (let at: usize = 0; at < 24; at += 8) {
    const x = v128.load_lane<u64>(second + at, v128.load_zero<u64>(sorted + at), 1);
    const y = f64x2.pmin(p, x);
    p = f64x2.pmax(p, x);
    const z = f64x2.pmin(q, y);
    q = f64x2.pmax(q, y);
    r = f64x2.pmax(r, z);
  }
  const end = half << 3;
  for (let at: usize = 24; at < end; at += 8) {
    const x = v128.load_lane<u64>(second + at, v128.load_zero<u64>(sorted + at), 1);
    const y = f64x2.pmin(p, x);
    p = f64x2.pmax(p, x);
    const z = f64x2.pmin(q, y);
    q = f64x2.pmax(q, y);
    const least = f64x2.pmin(r, z);
    r = f64x2.pmax(r, z);
    put(least, sorted + at - 24, second + at - 24);
  }
  put(r, sorted + end - 24, second + end - 24);
  put(q, sorted + end - 16, second + end - 16);
  put(p, sorted + end - 8, second + end - 8);
}

// @ts-ignore: decorator
@inline
function put(both: v128, first: usize, second: usize): void {
  v128.store_lane<u64>(first, both, 0);
  v128.store_lane<u64>(second, both, 1);
}

/** Finish a nearly sorted order by insertion; false when that takes too many moves. */
export function insert(n: i32, sorted: usize): bool {
  let budget: i32 = n * 4 + 64;
  const end = sorted + (<usize>n << 3);
  let previous: u64 = 0;
  for (let from = sorted; from < end; from += 8) {
    const entry = load<u64>(from);
    if (entry >= previous) {
      previous = entry;
      continue;
    }
    let at = from;
    let other = previous;
    while (other > entry) {
      store<u64>(at, other);
      at -= 8;
      budget--;
      if (at == sorted) break;
      other = load<u64>(at - 8);
    }
    store<u64>(at, entry);
    if (budget < 0) return false;
  }
  return true;
}

/** Ranks in the order of the positions; they may take the place of the values. Σ(t³ − t) over the groups of ties. */
export function write(values: usize, n: i32, sorted: usize, positions: u64, ranks: usize): f64 {
  // No entry is the same: the last one is in no group with what lies behind.
  store<u64>(sorted + (<usize>n << 3), u64.MAX_VALUE);
  let ties: f64 = 0;
  let i = 0;
  while (i < n) {
    const at = sorted + (<usize>i << 3);
    const a = load<u64>(at), b = load<u64>(at, 8), c = load<u64>(at, 16), d = load<u64>(at, 24), e = load<u64>(at, 32);
    if (i + 4 < n && ((a ^ b) > positions & (b ^ c) > positions & (c ^ d) > positions & (d ^ e) > positions)) {
      store<f64>(ranks + (<usize>(a & positions) << 3), <f64>(i + 1));
      store<f64>(ranks + (<usize>(b & positions) << 3), <f64>(i + 2));
      store<f64>(ranks + (<usize>(c & positions) << 3), <f64>(i + 3));
      store<f64>(ranks + (<usize>(d & positions) << 3), <f64>(i + 4));
      i += 4;
      continue;
    }
    const value = valueOf(values, a, positions);
    let end = i + 1;
    let other = b;
    let same = true;
    while ((other ^ a) <= positions) {
      same = same && valueOf(values, other, positions) == value;
      end++;
      other = load<u64>(sorted + (<usize>end << 3));
    }
    if (same) ties += writeTies(sorted, i, end, positions, ranks);
    else {
      sortByValue(values, sorted + (<usize>i << 3), end - i, positions);
      ties += writeGroup(values, sorted, i, end, positions, ranks);
    }
    i = end;
  }
  return ties;
}

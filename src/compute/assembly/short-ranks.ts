import { sortByValue, valueOf, writeGroup, writeTies } from "./same-entries";

/** Up to so many values are ranked in one pass over buckets: their counts have 16 bits. */
export const SHORT: i32 = 65535;

/** So that no place is rounded up to 2. */
const ALMOST_ONE: f64 = 0.99999999999999;
/** The leading bits of all entries: those of numbers from 1 to 2. */
const ONE: u64 = 1023;

// @ts-ignore: decorator
@inline
function align(bytes: usize): usize {
  return (bytes + 63) & ~63;
}

/**
 * Average ranks (from 1) of at most 65,535 values. An entry of 64 bits is a number from 1 to 2: its leading bits are the
 * value's place in the range, its last ones the position. Entries are spread over about one bucket a value, nearly
 * sorted by that, and finished without a branch where four or fewer share a bucket: one number moves in place of two.
 * Those whose leading bits are the same are compared by their values. Returns Σ(t³ − t) over the groups of ties, or −1
 * when values clump so that insertion would turn quadratic, or are infinite or NaN: nothing has been written then.
 *
 * `scratch`: the buckets, the entries and the sorted entries; less than argsort wants.
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
  const scale = ALMOST_ONE / (most - least);
  if (v128.any_true(bad) || !(scale > 0 && scale < Infinity)) return -1;
  const entries = scratch + (<usize>2 << <usize>bucketBits(n));
  const sorted = entries + align((<usize>n + 5) << 3);
  // Bucket 0 would lie here if entries did not begin with the bits of 1.
  const table = scratch - (<usize>ONE << <usize>(bucketBits(n) + 1));
  const shift = 51 - <u64>bucketBits(n);
  const positions = positionsOf(n);
  memory.fill(scratch, 0, entries - scratch);
  toEntries(values, n, least, scale, positions, table, shift, entries);
  toPlaces(scratch, entries);
  spread(n, table, shift, entries, sorted);
  bubble(<usize>n >> 1, sorted);
  if (!insert(n, sorted)) return -1;
  return write(values, n, sorted, positions, ranks);
}

/** From two thirds of a bucket to one and a third a value, at most 16,384. */
function bucketBits(n: i32): i32 {
  let bits = 6;
  while (1 << bits < (n * 3) >> 2 && bits < 14) bits++;
  return bits;
}

/** The bits that hold a position. */
function positionsOf(n: i32): u64 {
  return (<u64>1 << (64 - clz<u64>(<u64>n))) - 1;
}

// @ts-ignore: decorator
@inline
function bucketOf(table: usize, entry: u64, shift: u64): usize {
  return table + (<usize>(entry >> shift) & ~1);
}

function toEntries(values: usize, n: i32, least: f64, scale: f64, positions: u64, table: usize, shift: u64, entries: usize): void {
  const lowest = f64x2.splat(least);
  const by = f64x2.splat(scale);
  const one = f64x2.splat(1);
  const two = i64x2.splat(2);
  const places = i64x2.splat(~positions);
  let position = i64x2(0, 1);
  const whole = <usize>(n >> 1) << 4;
  for (let at: usize = 0; at < whole; at += 16) {
    // From 1 to 2 the bits of a number count up evenly.
    const place = f64x2.add(f64x2.mul(f64x2.sub(v128.load(values + at), lowest), by), one);
    const entry = v128.or(v128.and(place, places), position);
    position = i64x2.add(position, two);
    v128.store(entries + at, entry);
    const b0 = bucketOf(table, i64x2.extract_lane(entry, 0), shift);
    store<u16>(b0, load<u16>(b0) + 1);
    const b1 = bucketOf(table, i64x2.extract_lane(entry, 1), shift);
    store<u16>(b1, load<u16>(b1) + 1);
  }
  if (n & 1) {
    const place = (load<f64>(values + whole) - least) * scale + 1;
    const entry = (reinterpret<u64>(place) & ~positions) | <u64>(n - 1);
    store<u64>(entries + whole, entry);
    const bucket = bucketOf(table, entry, shift);
    store<u16>(bucket, load<u16>(bucket) + 1);
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

function spread(n: i32, table: usize, shift: u64, entries: usize, sorted: usize): void {
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
function bubble(half: usize, sorted: usize): void {
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
function insert(n: i32, sorted: usize): bool {
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
function write(values: usize, n: i32, sorted: usize, positions: u64, ranks: usize): f64 {
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

import { ONE, bucketBits, bubble, countBuckets, insert, positionsOf, spread, toEntries, toPlaces, write } from "./sorted-entries";

/** Up to so many values are ranked here: 20 bits hold their positions, and 32 their places in the range. */
export const SHORT: i32 = 1 << 20;
/** Up to so many in one pass over buckets; more are dealt into parts of so many first. */
const AT_ONCE: i32 = 32768;
const PART: i32 = 4096;
/** Counts have 16 bits. */
const MOST_IN_PART: u32 = 65535;

/** So that no place is rounded up to 2. */
const ALMOST_ONE: f64 = 0.99999999999999;
// @ts-ignore: decorator
@inline
function align(bytes: usize): usize {
  return (bytes + 63) & ~63;
}

/**
 * Average ranks (from 1) of at most 2^20 values. An entry of 64 bits is a number from 1 to 2: its leading bits are the
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
  if (n > AT_ONCE) return partRanks(values, n, least, scale, ranks, scratch);
  const entries = scratch + (<usize>2 << <usize>bucketBits(n));
  const sorted = entries + align((<usize>n + 5) << 3);
  // Bucket 0 would lie here if entries did not begin with the bits of 1.
  const table = scratch - (<usize>ONE << <usize>(bucketBits(n) + 1));
  const shift = 51 - <u64>bucketBits(n);
  const positions = positionsOf(n);
  memory.fill(scratch, 0, entries - scratch);
  toEntries(values, n, least, scale, positions, entries);
  countBuckets(n, entries, table, shift);
  toPlaces(scratch, entries);
  spread(n, table, shift, entries, sorted);
  bubble(<usize>n >> 1, sorted);
  if (!insert(n, sorted)) return -1;
  return write(values, n, sorted, positions, ranks);
}

/** The same with the entries dealt into parts first, so that each is spread and sorted in the cache. */
function partRanks(values: usize, n: i32, least: f64, scale: f64, ranks: usize, scratch: usize): f64 {
  let partBits: u64 = 3;
  while ((PART << <i32>partBits) < n) partBits++;
  const nParts = <usize>1 << <usize>partBits;
  const starts = scratch;
  const fine = starts + align((nParts + 1) << 2);
  const entries = fine + 32768;
  const dealt = entries + align((<usize>n + 5) << 3);
  const positions = positionsOf(n);
  if (!deal(values, n, least, scale, positions, starts, partBits, entries, dealt)) return -1;
  for (let part: usize = 0; part < nParts; part++) {
    const from: usize = part == 0 ? 0 : <usize>load<u32>(starts + ((part - 1) << 2));
    const count = <i32>(load<u32>(starts + (part << 2)) - <u32>from);
    const bits = bucketBits(count);
    const table = fine - (((<usize>ONE << <usize>partBits) + part) << <usize>(bits + 1));
    const shift = 51 - partBits - <u64>bits;
    const own = dealt + (from << 3);
    const sorted = entries + (from << 3);
    memory.fill(fine, 0, <usize>2 << <usize>bits);
    countBuckets(count, own, table, shift);
    toPlaces(fine, fine + (<usize>2 << <usize>bits));
    spread(count, table, shift, own, sorted);
    bubble(<usize>count >> 1, sorted);
    if (!insert(count, sorted)) return -1;
  }
  return write(values, n, entries, positions, ranks);
}

/** Entries of all values, part by part; the starts become the ends of the parts. False when one has too many. */
function deal(values: usize, n: i32, least: f64, scale: f64, positions: u64, starts: usize, partBits: u64, entries: usize, dealt: usize): bool {
  const nParts = <usize>1 << <usize>partBits;
  const shift = 50 - partBits;
  const table = starts - (<usize>ONE << <usize>(partBits + 2));
  memory.fill(starts, 0, nParts << 2);
  toEntries(values, n, least, scale, positions, entries);
  const end = entries + (<usize>n << 3);
  for (let at = entries; at < end; at += 8) {
    const part = table + (<usize>(load<u64>(at) >> shift) & ~3);
    store<u32>(part, load<u32>(part) + 1);
  }
  let total: u32 = 0;
  for (let at = starts; at < starts + (nParts << 2); at += 4) {
    const count = load<u32>(at);
    if (count > MOST_IN_PART) return false;
    store<u32>(at, total);
    total += count;
  }
  for (let at = entries; at < end; at += 8) {
    const entry = load<u64>(at);
    const part = table + (<usize>(entry >> shift) & ~3);
    const place = <usize>load<u32>(part);
    store<u32>(part, <u32>place + 1);
    store<u64>(dealt + (place << 3), entry);
  }
  return true;
}

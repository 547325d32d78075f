import { PooledScores, PooledSum } from "./layouts";
import { int, address, number } from "./params";
import { heapSort, insertAll, sortDigits, toStarts } from "./entries";

// Noise ceilings of a bootstrap over items: the ranks of a pool of RDMs are wanted for one product alone, with the RDM
// that was left out of it. Twice a centred rank is a whole number, and so is twice a pool: pairs are dealt into buckets by
// the leading bits of it, and each bucket, which the cache holds, is sorted by the others. What the product needs is taken
// along; nothing is looked up in the order of the pool. An entry is one number of 64 bits: what the key has beyond the
// bucket, the weight, and the value (or the number of the pair), from the first bit to the last.

const MOST_BUCKETS: usize = 1 << 12;
/** Entries of a bucket that are sorted beside themselves. */
const BESIDE: usize = 1 << 16;
/** Entries that are sorted by insertion. */
const FEW: usize = 16;
/** Entries of one cell that are sorted by insertion. */
const CLUMP: u32 = 32;
/** Pairs whose pool is worked out at a time. */
const TILE: i32 = 1024;

/**
 * Block = chunk of the pairs. Sum of some vectors, each so many times (i32). Parameters: n, length of a chunk, vectors,
 * how many, times, out.
 */
export function pooledSum(params: usize, block: i32, scratch: usize): void {
  const n = int(params, PooledSum.n);
  const length = int(params, PooledSum.chunkLength);
  const size = min(length, n - block * length);
  const skip = (<usize>block * <usize>length) << 2;
  const out = address(params, PooledSum.out) + skip;
  memory.fill(out, 0, <usize>size << 2);
  addAll(
    out,
    address(params, PooledSum.vectors) + skip,
    <usize>n << 2,
    address(params, PooledSum.times),
    int(params, PooledSum.nVectors),
    size,
  );
}

/**
 * Block = pool. Sum of squares of its centred ranks, and either their product with one vector, or they themselves, twice
 * (i32). Parameters: n, sum of a first pool, vectors, how many, times of each pool minus those of the first [pool][vector]
 * (i32), vector of each pool or −1 (i32), where its ranks go (u32), what makes its keys positive (u32), bits beyond the
 * leading ones (u32), buckets, bits of a value, what makes values positive, weight of each pair (u32), products, squares, total
 * weight.
 */
export function pooledScores(params: usize, block: i32, scratch: usize): void {
  const wanted = load<i32>(address(params, PooledScores.wanted) + (<usize>block << 2));
  const out = <usize>load<u32>(address(params, PooledScores.outs) + (<usize>block << 2));
  const shift = load<u32>(address(params, PooledScores.shifts) + (<usize>block << 2));
  const valueBits = <u64>int(params, PooledScores.valueBits);
  const above = int(params, PooledScores.above);
  const buckets = <usize>int(params, PooledScores.nBuckets);
  const restBits = 64 - <u64>shift;
  const valueMask = (<u64>1 << valueBits) - 1;
  const weightMask = (<u64>1 << (restBits - valueBits)) - 1;
  const ends = scratch;
  const table = ends + (MOST_BUCKETS << 2);
  const tile = table + (BESIDE << 2);
  const beside = tile + (<usize>TILE << 2);
  const entries = beside + (BESIDE << 3);
  dealAll(params, block, wanted, shift, ends, tile, entries);

  const total = number(params, PooledScores.total);
  let twice: i32 = -(<i32>total);
  let ties: f64 = 0;
  let product: f64 = 0;
  let from: usize = 0;
  for (let bucket: usize = 0; bucket < buckets; bucket++) {
    const to = <usize>load<u32>(ends + (bucket << 2));
    if (to == from) continue;
    let at = sortBucket(entries + (from << 3), to - from, shift, beside, table);
    const last = at + ((to - from) << 3);
    let part: f64 = 0;
    while (at < last) {
      const first = load<u64>(at);
      let weight = <i32>((first >> valueBits) & weightMask);
      let size = weight;
      let own = wanted < 0 ? 0 : <f64>weight * <f64>(<i32>(first & valueMask) - above);
      let end = at + 8;
      for (; end < last; end += 8) {
        const entry = load<u64>(end);
        if (entry >> restBits != first >> restBits) break;
        weight = <i32>((entry >> valueBits) & weightMask);
        size += weight;
        if (wanted >= 0) own += <f64>weight * <f64>(<i32>(entry & valueMask) - above);
      }
      const rank = twice + size;
      if (wanted >= 0) part += <f64>rank * own;
      else for (; at < end; at += 8) store<i32>(out + (<usize>(load<u64>(at) & valueMask) << 2), rank);
      at = end;
      twice += size << 1;
      const count = <f64>size;
      ties += count * count * count - count;
    }
    product += part;
    from = to;
  }
  store<f64>(address(params, PooledScores.products) + (<usize>block << 3), 0.25 * product);
  store<f64>(address(params, PooledScores.squares) + (<usize>block << 3), (total * total * total - total - ties) / 12);
}

/** Entries of all pairs in their buckets; leaves the end of each bucket. */
function dealAll(params: usize, block: i32, wanted: i32, shift: u32, ends: usize, tile: usize, entries: usize): void {
  const n = int(params, PooledScores.n);
  const valueBits = <u64>int(params, PooledScores.valueBits);
  const above = int(params, PooledScores.above);
  const weights = address(params, PooledScores.weights);
  const values = address(params, PooledScores.vectors) + ((<usize>max(wanted, 0) * <usize>n) << 2);
  const restBits = 64 - <u64>shift;
  const isRanked = wanted < 0;
  const buckets = <usize>int(params, PooledScores.nBuckets);
  memory.fill(ends, 0, buckets << 2);
  for (let first = 0; first < n; first += TILE) {
    const size = min(TILE, n - first);
    fillKeys(params, block, first, size, tile);
    for (let k: usize = 0; k < <usize>size; k++) {
      const at = ends + (<usize>(load<u32>(tile + (k << 2)) >> shift) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
  toStarts(ends, buckets);
  for (let first = 0; first < n; first += TILE) {
    const size = min(TILE, n - first);
    fillKeys(params, block, first, size, tile);
    for (let k: usize = 0; k < <usize>size; k++) {
      const key = load<u32>(tile + (k << 2));
      const at = ends + (<usize>(key >> shift) << 2);
      const place = load<u32>(at);
      store<u32>(at, place + 1);
      const pair = <usize>first + k;
      const value = isRanked ? <u32>pair : <u32>(load<i32>(values + (pair << 2)) + above);
      const weight = <u64>load<u32>(weights + (pair << 2));
      store<u64>(entries + (<usize>place << 3), (<u64>key << restBits) | (weight << valueBits) | <u64>value);
    }
  }
}

function addAll(out: usize, vectors: usize, stride: usize, times: usize, nVectors: i32, size: i32): void {
  for (let v = 0; v < nVectors; v++) {
    const count = load<i32>(times + (<usize>v << 2));
    if (count != 0) addTimes(out, vectors + <usize>v * stride, count, size);
  }
}

/** Adds a vector so many times; the last four may be less than four, and take along what lies behind. */
function addTimes(sum: usize, values: usize, count: i32, size: i32): void {
  const times = i32x4.splat(count);
  const whole = <usize>(size & ~3) << 2;
  for (let at: usize = 0; at < whole; at += 16)
    v128.store(sum + at, i32x4.add(v128.load(sum + at), i32x4.mul(v128.load(values + at), times)));
  for (let at = whole; at < <usize>size << 2; at += 4)
    store<i32>(sum + at, load<i32>(sum + at) + load<i32>(values + at) * count);
}

/** Keys of a pool at some pairs, u32: twice its values, from 0 on. */
function fillKeys(params: usize, block: i32, first: i32, size: i32, tile: usize): void {
  const nVectors = int(params, PooledScores.nVectors);
  const skip = <usize>first << 2;
  const sum = address(params, PooledScores.sum) + skip;
  const above = i32x4.splat(load<i32>(address(params, PooledScores.bounds) + (<usize>block << 2)));
  // What lies behind the last pair is taken along, and read by nobody.
  for (let at: usize = 0; at < <usize>size << 2; at += 16) v128.store(tile + at, i32x4.add(v128.load(sum + at), above));
  addAll(
    tile,
    address(params, PooledScores.vectors) + skip,
    <usize>int(params, PooledScores.n) << 2,
    address(params, PooledScores.differences) + ((<usize>block * <usize>nVectors) << 2),
    nVectors,
    size,
  );
}

/** Sort entries of one bucket; returns where they are then. */
function sortBucket(entries: usize, n: usize, shift: u32, beside: usize, table: usize): usize {
  if (n <= FEW) {
    insertAll(entries, n);
    return entries;
  }
  if (n > BESIDE) {
    if (!allTied(entries, n, shift)) heapSort(entries, n);
    return entries;
  }
  // About as many cells as entries, by the bits that come first; the few of a cell are put in order by insertion.
  const cellBits = min(shift, 32 - clz(<u32>(n - 1)));
  const cells = <usize>1 << cellBits;
  const drop = 64 - <u64>cellBits;
  memory.fill(table, 0, cells << 2);
  const last = entries + (n << 3);
  let most: u32 = 0;
  for (let at = entries; at < last; at += 8) {
    const cell = table + (<usize>(load<u64>(at) >> drop) << 2);
    const count = load<u32>(cell) + 1;
    store<u32>(cell, count);
    most = max(most, count);
  }
  if (most > CLUMP) {
    if (allTied(entries, n, shift)) return entries;
    return sortDigits(entries, beside, n, shift, table);
  }
  toStarts(table, cells);
  for (let at = entries; at < last; at += 8) {
    const entry = load<u64>(at);
    const cell = table + (<usize>(entry >> drop) << 2);
    const place = load<u32>(cell);
    store<u32>(cell, place + 1);
    store<u64>(beside + (<usize>place << 3), entry);
  }
  insertAll(beside, n);
  return beside;
}

/** Whether all keys are one. */
function allTied(entries: usize, n: usize, shift: u32): bool {
  const drop = 64 - <u64>shift;
  const key = load<u64>(entries) >> drop;
  for (let k: usize = 1; k < n; k++) if (load<u64>(entries + (k << 3)) >> drop != key) return false;
  return true;
}

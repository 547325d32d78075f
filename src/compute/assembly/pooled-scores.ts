import { PooledScores, PooledSum } from "./layouts";
import { int, address, number } from "./params";
import { addTimes } from "./weighted-ranks";

// Noise ceilings of a bootstrap over items: the ranks of a pool of RDMs are wanted for one product alone, with the RDM
// that was left out of it. Centred ranks are multiples of one half, so that twice a pool is a whole number: pairs are dealt
// into buckets by its leading bits, and each bucket, which the cache holds, is sorted by the others. What the product needs
// is taken along; nothing is looked up in the order of the pool.

const TOP_BITS: u32 = 10;
const BUCKETS: usize = 1 << TOP_BITS;
const MOST_DIGITS: usize = 1 << 11;
/** Entries of a bucket that are sorted beside themselves. */
const BESIDE: usize = 1 << 15;
/** Entries that are sorted by insertion. */
const FEW: usize = 24;
/** Pairs whose pool is worked out at a time. */
const TILE: i32 = 1024;
/** Bytes of an entry: key, weight, value or number of the pair. */
const ENTRY: usize = 16;

/**
 * Block = chunk of the pairs. Sum of some vectors, each so many times. Parameters: n, length of a chunk, vectors, how many,
 * times, out.
 */
export function pooledSum(params: usize, block: i32, scratch: usize): void {
  const n = int(params, PooledSum.n);
  const length = int(params, PooledSum.chunkLength);
  const size = min(length, n - block * length);
  const skip = (<usize>block * <usize>length) << 3;
  const out = address(params, PooledSum.out) + skip;
  memory.fill(out, 0, <usize>size << 3);
  addAll(
    out,
    address(params, PooledSum.vectors) + skip,
    <usize>n << 3,
    address(params, PooledSum.times),
    int(params, PooledSum.nVectors),
    size,
  );
}

/**
 * Block = pool. Sum of squares of its centred ranks, and either their product with one vector, or they themselves.
 * Parameters: n, sum of a first pool, vectors, how many, times of each pool minus those of the first [pool][vector], vector
 * of each pool or −1 (i32), where its ranks go (u32), what makes its values positive, bits beyond the leading ones (u32),
 * weight of each pair, products, squares, total weight.
 */
export function pooledScores(params: usize, block: i32, scratch: usize): void {
  const n = int(params, PooledScores.n);
  const stride = <usize>n << 3;
  const sum = address(params, PooledScores.sum);
  const vectors = address(params, PooledScores.vectors);
  const nVectors = int(params, PooledScores.nVectors);
  const differences = address(params, PooledScores.differences) + ((<usize>block * <usize>nVectors) << 3);
  const wanted = load<i32>(address(params, PooledScores.wanted) + (<usize>block << 2));
  const out = <usize>load<u32>(address(params, PooledScores.outs) + (<usize>block << 2));
  const bound = load<f64>(address(params, PooledScores.bounds) + (<usize>block << 3));
  const shift = load<u32>(address(params, PooledScores.shifts) + (<usize>block << 2));
  const weights = address(params, PooledScores.weights);
  const values = vectors + <usize>max(wanted, 0) * stride;
  const ends = scratch;
  const tile = ends + (BUCKETS << 2) + (MOST_DIGITS << 2);
  const beside = tile + (<usize>TILE << 3);
  const entries = beside + BESIDE * ENTRY;

  memory.fill(ends, 0, BUCKETS << 2);
  for (let first = 0; first < n; first += TILE) {
    const size = min(TILE, n - first);
    fillKeys(tile, sum, vectors, stride, differences, nVectors, first, size, bound);
    for (let k = 0; k < size; k++) {
      const at = ends + (<usize>(load<u32>(tile + (<usize>k << 2)) >> shift) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
  }
  toStarts(ends, BUCKETS);
  for (let first = 0; first < n; first += TILE) {
    const size = min(TILE, n - first);
    fillKeys(tile, sum, vectors, stride, differences, nVectors, first, size, bound);
    for (let k = 0; k < size; k++) {
      const key = load<u32>(tile + (<usize>k << 2));
      const at = ends + (<usize>(key >> shift) << 2);
      const place = load<u32>(at);
      store<u32>(at, place + 1);
      const entry = entries + <usize>place * ENTRY;
      const pair = <usize>(first + k);
      store<u32>(entry, key);
      store<u32>(entry, <u32>load<f64>(weights + (pair << 3)), 4);
      if (wanted < 0) store<u32>(entry, <u32>pair, 8);
      else store<f64>(entry, load<f64>(values + (pair << 3)), 8);
    }
  }

  const total = number(params, PooledScores.total);
  const mean = 0.5 * (total + 1);
  let below: f64 = 0;
  let ties: f64 = 0;
  let product: f64 = 0;
  let from: usize = 0;
  for (let bucket: usize = 0; bucket < BUCKETS; bucket++) {
    const to = <usize>load<u32>(ends + (bucket << 2));
    if (to == from) continue;
    let at = sortBucket(entries + from * ENTRY, to - from, shift, beside, ends + (BUCKETS << 2));
    const last = at + (to - from) * ENTRY;
    let part: f64 = 0;
    while (at < last) {
      const key = load<u32>(at);
      let size: f64 = 0;
      let own: f64 = 0;
      let end = at;
      while (end < last && load<u32>(end) == key) {
        const weight = <f64>load<u32>(end, 4);
        size += weight;
        if (wanted >= 0) own += weight * load<f64>(end, 8);
        end += ENTRY;
      }
      const rank = below + 0.5 * (size + 1) - mean;
      if (wanted >= 0) part += rank * own;
      else for (; at < end; at += ENTRY) store<f64>(out + (<usize>load<u32>(at, 8) << 3), rank);
      at = end;
      below += size;
      ties += size * size * size - size;
    }
    product += part;
    from = to;
  }
  store<f64>(address(params, PooledScores.products) + (<usize>block << 3), product);
  store<f64>(address(params, PooledScores.squares) + (<usize>block << 3), (total * total * total - total - ties) / 12);
}

function addAll(out: usize, vectors: usize, stride: usize, times: usize, nVectors: i32, size: i32): void {
  for (let v = 0; v < nVectors; v++) {
    const count = load<f64>(times + (<usize>v << 3));
    if (count != 0) addTimes(out, vectors + <usize>v * stride, count, size);
  }
}

/** Keys of a pool at some pairs, u32: twice its values, from 0 on. */
function fillKeys(
  tile: usize,
  sum: usize,
  vectors: usize,
  stride: usize,
  differences: usize,
  nVectors: i32,
  first: i32,
  size: i32,
  bound: f64,
): void {
  const skip = <usize>first << 3;
  memory.copy(tile, sum + skip, <usize>size << 3);
  addAll(tile, vectors + skip, stride, differences, nVectors, size);
  const above = f64x2.splat(bound);
  // In place: keys are half as long as values. The last odd one takes a value beyond it along, which nobody reads.
  for (let k: usize = 0; k < <usize>size; k += 2) {
    const value = f64x2.add(v128.load(tile + (k << 3)), above);
    const key = i32x4.trunc_sat_f64x2_u_zero(f64x2.add(value, value));
    store<u64>(tile + (k << 2), i64x2.extract_lane(key, 0));
  }
}

function toStarts(table: usize, size: usize): void {
  let total: u32 = 0;
  for (let at = table; at < table + (size << 2); at += 4) {
    const count = load<u32>(at);
    store<u32>(at, total);
    total += count;
  }
}

/** Sort entries whose keys differ in their last bits alone; returns where they are then. */
function sortBucket(entries: usize, n: usize, bits: u32, beside: usize, table: usize): usize {
  if (n <= FEW) {
    insertAll(entries, n);
    return entries;
  }
  if (allEqual(entries, n)) return entries;
  if (n > BESIDE) {
    heapSort(entries, n);
    return entries;
  }
  const half = (bits + 1) >> 1;
  deal(entries, beside, n, 0, half, table);
  deal(beside, entries, n, half, bits - half, table);
  return entries;
}

/** One pass of a radix sort, by so many bits of the keys from `low` on. */
function deal(from: usize, to: usize, n: usize, low: u32, bits: u32, table: usize): void {
  const size = <usize>1 << bits;
  const mask = <u32>size - 1;
  memory.fill(table, 0, size << 2);
  const end = from + n * ENTRY;
  for (let at = from; at < end; at += ENTRY) {
    const count = table + (<usize>((load<u32>(at) >> low) & mask) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  toStarts(table, size);
  for (let at = from; at < end; at += ENTRY) {
    const place = table + (<usize>((load<u32>(at) >> low) & mask) << 2);
    const k = load<u32>(place);
    store<u32>(place, k + 1);
    v128.store(to + <usize>k * ENTRY, v128.load(at));
  }
}

function allEqual(entries: usize, n: usize): bool {
  const key = load<u32>(entries);
  for (let k: usize = 1; k < n; k++) if (load<u32>(entries + k * ENTRY) != key) return false;
  return true;
}

function insertAll(entries: usize, n: usize): void {
  for (let k: usize = 1; k < n; k++) {
    let at = entries + k * ENTRY;
    const entry = v128.load(at);
    const key = load<u32>(at);
    while (at > entries && load<u32>(at - ENTRY) > key) {
      v128.store(at, v128.load(at - ENTRY));
      at -= ENTRY;
    }
    v128.store(at, entry);
  }
}

/** Of so many that there is no room beside them. */
function heapSort(entries: usize, n: usize): void {
  for (let k = n >> 1; k > 0; k--) sink(entries, k - 1, n);
  for (let last = n - 1; last > 0; last--) {
    const first = v128.load(entries);
    v128.store(entries, v128.load(entries + last * ENTRY));
    v128.store(entries + last * ENTRY, first);
    sink(entries, 0, last);
  }
}

function sink(entries: usize, from: usize, n: usize): void {
  const entry = v128.load(entries + from * ENTRY);
  const key = load<u32>(entries + from * ENTRY);
  let hole = from;
  for (;;) {
    let child: usize = (hole << 1) + 1;
    if (child >= n) break;
    if (child + 1 < n && load<u32>(entries + (child + 1) * ENTRY) > load<u32>(entries + child * ENTRY)) child++;
    if (load<u32>(entries + child * ENTRY) <= key) break;
    v128.store(entries + hole * ENTRY, v128.load(entries + child * ENTRY));
    hole = child;
  }
  v128.store(entries + hole * ENTRY, entry);
}

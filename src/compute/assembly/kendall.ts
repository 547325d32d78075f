import { int, address } from "./params";
import { argsort, orderOf, sortedOf, count, next, toOffsets } from "./argsort";

/**
 * Block = vector. Writes its order (u32), its dense ranks (u32, from 0), and [number of distinct values,
 * Σ t(t − 1)/2 over ties]; NaN anywhere: both NaN.
 */
export function denseOrder(params: usize, block: i32, scratch: usize): void {
  const n = int(params, 0);
  const values = address(params, 1) + ((<usize>block * <usize>n) << 3);
  const order = address(params, 2) + ((<usize>block * <usize>n) << 2);
  const dense = address(params, 3) + ((<usize>block * <usize>n) << 2);
  const summary = address(params, 4) + (<usize>block << 4);
  if (!argsort(values, n, scratch)) {
    store<f64>(summary, NaN);
    store<f64>(summary, NaN, 8);
    return;
  }
  const sorted = sortedOf(scratch, n);
  memory.copy(order, orderOf(scratch), <usize>n << 2);
  let rank: u32 = 0;
  let ties: f64 = 0;
  let start = 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && load<f64>(sorted + (<usize>i << 3)) != load<f64>(sorted + (<usize>(i - 1) << 3))) {
      rank++;
      start = i;
    }
    ties += <f64>(i - start);
    store<u32>(dense + (<usize>load<u32>(order + (<usize>i << 2)) << 2), rank);
  }
  store<f64>(summary, n == 0 ? 0 : <f64>rank + 1);
  store<f64>(summary, ties, 8);
}

/**
 * Block = (x, y) of the vectors of two lists. Writes [discordant pairs, pairs tied in both] by Knight's method:
 * in the order of x (and of y among equal x) every inversion of y is a discordant pair.
 */
export function kendallCounts(params: usize, block: i32, scratch: usize): void {
  const n = int(params, 0);
  const nModels = int(params, 1);
  const i = block / nModels;
  const j = block % nModels;
  const bytes = <usize>n << 2;
  const xOrder = address(params, 2) + <usize>i * bytes;
  const xDense = address(params, 3) + <usize>i * bytes;
  const xDistinct = load<f64>(address(params, 4) + (<usize>i << 4));
  const yOrder = address(params, 5) + <usize>j * bytes;
  const yDense = address(params, 6) + <usize>j * bytes;
  const yDistinct = load<f64>(address(params, 7) + (<usize>j << 4));
  const out = address(params, 8) + (<usize>block << 4);
  const sequence = scratch + 8192;
  const spare = sequence + ((bytes + 63) & ~63);
  if (xDistinct != xDistinct || yDistinct != yDistinct) {
    store<f64>(out, NaN);
    store<f64>(out, NaN, 8);
    return;
  }
  let tied: f64 = 0;
  if (xDistinct == <f64>n) gather(yDense, xOrder, n, sequence);
  else if (yDistinct == <f64>n) gather(xDense, yOrder, n, sequence);
  else {
    const order = sortByDense(yOrder, xDense, n, <u32>xDistinct, scratch, sequence, spare);
    tied = tiedInBoth(order, xDense, yDense, n);
    const other = order == sequence ? spare : sequence;
    gather(yDense, order, n, other);
    store<f64>(out, inversions(other, order, n));
    store<f64>(out, tied, 8);
    return;
  }
  store<f64>(out, inversions(sequence, spare, n));
  store<f64>(out, tied, 8);
}

function gather(from: usize, order: usize, n: i32, to: usize): void {
  for (let i = 0; i < n; i++) {
    store<u32>(to + (<usize>i << 2), load<u32>(from + (<usize>load<u32>(order + (<usize>i << 2)) << 2)));
  }
}

/** Stable radix of an order by dense ranks; the result is in one of the two buffers. */
function sortByDense(order: usize, dense: usize, n: i32, distinct: u32, table: usize, a: usize, b: usize): usize {
  let from = order;
  let to = a;
  let shift: u32 = 0;
  do {
    memory.fill(table, 0, 8192);
    for (let i = 0; i < n; i++) count(table, (load<u32>(dense + (<usize>i << 2)) >> shift) & 2047);
    toOffsets(table);
    for (let i = 0; i < n; i++) {
      const item = load<u32>(from + (<usize>i << 2));
      const digit = (load<u32>(dense + (<usize>item << 2)) >> shift) & 2047;
      store<u32>(to + (<usize>next(table, digit) << 2), item);
    }
    from = to;
    to = to == a ? b : a;
    shift += 11;
  } while (shift < 32 && (distinct - 1) >> shift > 0);
  return from;
}

function tiedInBoth(order: usize, x: usize, y: usize, n: i32): f64 {
  let pairs: f64 = 0;
  let run: f64 = 0;
  for (let i = 1; i < n; i++) {
    const now = <usize>load<u32>(order + (<usize>i << 2)) << 2;
    const before = <usize>load<u32>(order + (<usize>(i - 1) << 2)) << 2;
    const same = load<u32>(x + now) == load<u32>(x + before) && load<u32>(y + now) == load<u32>(y + before);
    run = same ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

const RUN: i32 = 8;

/** Number of i < j with sequence[i] > sequence[j]; sorts the sequence on the way. */
function inversions(sequence: usize, spare: usize, n: i32): f64 {
  let total: f64 = <f64>sortRuns(sequence, n);
  let from = sequence;
  let to = spare;
  for (let width = RUN; width < n; width <<= 1) {
    let start = 0;
    for (; start + (width << 2) <= n; start += width << 2) {
      total += <f64>mergeTwo(from + (<usize>start << 2), to + (<usize>start << 2), <usize>width << 2);
    }
    for (; start < n; start += width << 1) {
      const left = from + (<usize>start << 2);
      const middle = from + (<usize>min(start + width, n) << 2);
      const end = from + (<usize>min(start + (width << 1), n) << 2);
      total += <f64>merge(left, middle, middle, end, to + (<usize>start << 2));
    }
    const other = from;
    from = to;
    to = other;
  }
  return total;
}

function sortRuns(sequence: usize, n: i32): i64 {
  let moves: i64 = 0;
  for (let i = 0; i < n; i++) {
    const v = load<u32>(sequence + (<usize>i << 2));
    const first = i & ~(RUN - 1);
    let j = i;
    while (j > first) {
      const w = load<u32>(sequence + (<usize>(j - 1) << 2));
      if (w <= v) break;
      store<u32>(sequence + (<usize>j << 2), w);
      j--;
    }
    moves += <i64>(i - j);
    store<u32>(sequence + (<usize>j << 2), v);
  }
  return moves;
}

/** Two neighbouring merges at once: each waits for its own memory, so together they take little longer than one. */
function mergeTwo(from: usize, to: usize, bytes: usize): i64 {
  let left = from;
  let right = from + bytes;
  let left2 = right + bytes;
  let right2 = left2 + bytes;
  const leftEnd = right;
  const rightEnd = left2;
  const leftEnd2 = right2;
  const rightEnd2 = right2 + bytes;
  let out = to;
  let out2 = to + (bytes << 1);
  let crossed: i64 = 0;
  while (left < leftEnd && right < rightEnd && left2 < leftEnd2 && right2 < rightEnd2) {
    const a = load<u32>(left);
    const b = load<u32>(right);
    const a2 = load<u32>(left2);
    const b2 = load<u32>(right2);
    const less = b < a;
    const less2 = b2 < a2;
    store<u32>(out, select<u32>(b, a, less));
    store<u32>(out2, select<u32>(b2, a2, less2));
    crossed += select<i64>(<i64>(leftEnd - left), 0, less) + select<i64>(<i64>(leftEnd2 - left2), 0, less2);
    right += <usize>less << 2;
    left += <usize>!less << 2;
    right2 += <usize>less2 << 2;
    left2 += <usize>!less2 << 2;
    out += 4;
    out2 += 4;
  }
  return (crossed >> 2) + merge(left, leftEnd, right, rightEnd, out) + merge(left2, leftEnd2, right2, rightEnd2, out2);
}

function merge(left: usize, leftEnd: usize, right: usize, rightEnd: usize, out: usize): i64 {
  let crossed: i64 = 0;
  while (left < leftEnd && right < rightEnd) {
    const a = load<u32>(left);
    const b = load<u32>(right);
    const less = b < a;
    store<u32>(out, select<u32>(b, a, less));
    crossed += select<i64>(<i64>(leftEnd - left), 0, less);
    right += <usize>less << 2;
    left += <usize>!less << 2;
    out += 4;
  }
  memory.copy(out, left, leftEnd - left);
  memory.copy(out + (leftEnd - left), right, rightEnd - right);
  return crossed >> 2;
}

import { Counts, Sort, Taus } from "./layouts";
import { int, address } from "./params";
import { afterArgsort, argsort, orderOf, sortedOf, count, next, toOffsets } from "./argsort";
import { inversions } from "./inversions";

/**
 * Block = vector. Writes its order (u32), its dense ranks (u32, from 0), and [number of distinct values,
 * Σ t(t − 1)/2 over ties]; NaN anywhere: both NaN.
 */
export function denseOrder(params: usize, block: i32, scratch: usize): void {
  const n = int(params, Sort.n);
  const values = address(params, Sort.values) + ((<usize>block * <usize>n) << 3);
  const order = address(params, Sort.orders) + ((<usize>block * <usize>n) << 2);
  const dense = address(params, Sort.denses) + ((<usize>block * <usize>n) << 2);
  sortVector(values, n, order, dense, address(params, Sort.summaries) + (<usize>block << 4), scratch);
}

function sortVector(values: usize, n: i32, order: usize, dense: usize, summary: usize, scratch: usize): void {
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
  const n = int(params, Counts.n);
  const nModels = int(params, Counts.nModels);
  const x = <usize>(block / nModels);
  const y = <usize>(block % nModels);
  const bytes = <usize>n << 2;
  countPair(
    n,
    address(params, Counts.orders) + x * bytes,
    address(params, Counts.denses) + x * bytes,
    load<f64>(address(params, Counts.summaries) + (x << 4)),
    address(params, Counts.modelOrders) + y * bytes,
    address(params, Counts.modelDenses) + y * bytes,
    load<f64>(address(params, Counts.modelSummaries) + (y << 4)),
    address(params, Counts.out) + (<usize>block << 4),
    scratch,
  );
}

/**
 * Block = vector of values. Sorts it in the scratch memory of this thread; writes its [distinct values, tied pairs],
 * then [discordant pairs, pairs tied in both] with each of the models, which are sorted already.
 */
export function kendallVectors(params: usize, block: i32, scratch: usize): void {
  const n = int(params, Taus.n);
  const nModels = int(params, Taus.nModels);
  const values = address(params, Taus.values) + <usize>block * <usize>int(params, Taus.vectorBytes);
  const out = address(params, Taus.out) + ((<usize>block * <usize>(nModels + 1)) << 4);
  countVector(values, n, nModels, address(params, Taus.orders), address(params, Taus.denses), address(params, Taus.summaries), out, scratch);
}

/** The counts of one vector. */
export function countVector(
  values: usize,
  n: i32,
  nModels: i32,
  orders: usize,
  denses: usize,
  summaries: usize,
  out: usize,
  scratch: usize,
): void {
  const bytes = <usize>n << 2;
  const order = afterArgsort(scratch, n);
  const dense = order + ((bytes + 63) & ~63);
  const rest = dense + ((bytes + 63) & ~63);
  sortVector(values, n, order, dense, out, scratch);
  const distinct = load<f64>(out);
  for (let m: usize = 0; m < <usize>nModels; m++) {
    const summary = load<f64>(summaries + (m << 4));
    countPair(n, order, dense, distinct, orders + m * bytes, denses + m * bytes, summary, out + ((m + 1) << 4), rest);
  }
}

function countPair(
  n: i32,
  xOrder: usize,
  xDense: usize,
  xDistinct: f64,
  yOrder: usize,
  yDense: usize,
  yDistinct: f64,
  out: usize,
  scratch: usize,
): void {
  const sequence = scratch;
  const spare = sequence + (((<usize>n << 2) + 63) & ~63);
  const table = spare + (((<usize>n << 2) + 63) & ~63);
  if (xDistinct != xDistinct || yDistinct != yDistinct) {
    store<f64>(out, NaN);
    store<f64>(out, NaN, 8);
    return;
  }
  let tied: f64 = 0;
  let other = spare;
  let from = sequence;
  let distinct = yDistinct;
  if (xDistinct == <f64>n) gather(yDense, xOrder, n, sequence);
  else if (yDistinct == <f64>n) {
    gather(xDense, yOrder, n, sequence);
    distinct = xDistinct;
  } else {
    other = sortByDense(yOrder, xDense, n, <u32>xDistinct, table, sequence, spare);
    tied = tiedInBoth(other, xDense, yDense, n);
    from = other == sequence ? spare : sequence;
    gather(yDense, other, n, from);
  }
  store<f64>(out, n == 0 ? 0 : inversions(from, other, n, <u32>distinct, table));
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

import { CONTINUED, PRODUCT, sumTile } from "./tile";

/**
 * Adds to a tile of 4 rows × 4 lanes, `to` with rows 256 bytes apart: the sum over `count` of a[k][row] · b[k][lane].
 * Steps in bytes from one k to the next. Every entry is summed in the order of k.
 */
// @ts-ignore: decorator
@inline
export function addTile(a: usize, aStep: usize, b: usize, bStep: usize, count: i32, to: usize): void {
  sumTile(PRODUCT, CONTINUED, a, aStep, b, bStep, aStep * <usize>count, to, 256);
}

/** to[k] += factor · from[k] for k below `count`. */
// @ts-ignore: decorator
@inline
export function addScaled(to: usize, factor: f64, from: usize, count: i32): void {
  const f = f64x2.splat(factor);
  const bytes = <usize>(count & ~1) << 3;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(to + at, f64x2.add(v128.load(to + at), f64x2.mul(f, v128.load(from + at))));
  }
  if (count & 1) store<f64>(to + bytes, load<f64>(to + bytes) + factor * load<f64>(from + bytes));
}

/** The sum over k of values[k] · row k, for 32 lanes: `to` += values · rows, rows 256 bytes apart. */
export function addRows(to: usize, values: usize, rows: usize, count: i32): void {
  for (let k = 0; k < count; k++) {
    addScaled(to, load<f64>(values + (<usize>k << 3)), rows + (<usize>k << 8), 32);
  }
}

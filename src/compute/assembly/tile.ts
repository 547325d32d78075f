/** What a step adds to a pair: the product of two values, less it, or the square of their difference. */
export const PRODUCT: i32 = 0;
export const LESS_PRODUCT: i32 = 1;
export const SQUARED_DIFFERENCE: i32 = 2;

/** Where the sums begin and end: as what is in the tile; from 0, in place of it; or from 0, added to it. */
export const CONTINUED: i32 = 0;
export const REPLACED: i32 = 1;
export const ADDED: i32 = 2;

/**
 * Sums over k of 4 values a[k] with 4 values b[k], into a tile whose rows are `rowBytes` apart. Every entry is summed in
 * the order of k. `kind` and `mode` are constants: inlined, the compiler drops the other kinds.
 *
 * @param aStep - bytes from one k to the next.
 * @param bytes - aStep times the number of k.
 */
// @ts-ignore: decorator
@inline
export function sumTile(
  kind: i32,
  mode: i32,
  a: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  bytes: usize,
  to: usize,
  rowBytes: usize,
): void {
  const row1 = to + rowBytes;
  const row2 = row1 + rowBytes;
  const row3 = row2 + rowBytes;
  let c0 = begin(mode, to), c1 = begin(mode, to + 16), c2 = begin(mode, row1), c3 = begin(mode, row1 + 16);
  let c4 = begin(mode, row2), c5 = begin(mode, row2 + 16), c6 = begin(mode, row3), c7 = begin(mode, row3 + 16);
  let x = a;
  let y = b;
  const end = a + bytes;
  while (x < end) {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    let v = v128.load_splat<f64>(x);
    c0 = step(kind, c0, v, y0);
    c1 = step(kind, c1, v, y1);
    v = v128.load_splat<f64>(x, 8);
    c2 = step(kind, c2, v, y0);
    c3 = step(kind, c3, v, y1);
    v = v128.load_splat<f64>(x, 16);
    c4 = step(kind, c4, v, y0);
    c5 = step(kind, c5, v, y1);
    v = v128.load_splat<f64>(x, 24);
    c6 = step(kind, c6, v, y0);
    c7 = step(kind, c7, v, y1);
    x += aStep;
    y += bStep;
  }
  finish(mode, to, c0);
  finish(mode, to + 16, c1);
  finish(mode, row1, c2);
  finish(mode, row1 + 16, c3);
  finish(mode, row2, c4);
  finish(mode, row2 + 16, c5);
  finish(mode, row3, c6);
  finish(mode, row3 + 16, c7);
}

// @ts-ignore: decorator
@inline
function begin(mode: i32, from: usize): v128 {
  return mode == CONTINUED ? v128.load(from) : f64x2.splat(0);
}

// @ts-ignore: decorator
@inline
function step(kind: i32, sum: v128, v: v128, y: v128): v128 {
  if (kind == SQUARED_DIFFERENCE) {
    const d = f64x2.sub(v, y);
    return f64x2.add(sum, f64x2.mul(d, d));
  }
  const product = f64x2.mul(v, y);
  return kind == PRODUCT ? f64x2.add(sum, product) : f64x2.sub(sum, product);
}

// @ts-ignore: decorator
@inline
function finish(mode: i32, to: usize, sum: v128): void {
  v128.store(to, mode == ADDED ? f64x2.add(v128.load(to), sum) : sum);
}

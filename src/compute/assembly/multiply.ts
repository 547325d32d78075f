/**
 * Adds to a tile of 4 rows × 4 lanes, `to` with rows 256 bytes apart: the sum over `count` of a[k][row] · b[k][lane].
 * Steps in bytes from one k to the next. Every entry is summed in the order of k.
 */
// @ts-ignore: decorator
@inline
export function addTile(a: usize, aStep: usize, b: usize, bStep: usize, count: i32, to: usize): void {
  let c0 = v128.load(to), c1 = v128.load(to, 16), c2 = v128.load(to, 256), c3 = v128.load(to, 272);
  let c4 = v128.load(to, 512), c5 = v128.load(to, 528), c6 = v128.load(to, 768), c7 = v128.load(to, 784);
  let x = a;
  let y = b;
  const end = a + aStep * <usize>count;
  while (x < end) {
    const y0 = v128.load(y);
    const y1 = v128.load(y, 16);
    let v = v128.load_splat<f64>(x);
    c0 = f64x2.add(c0, f64x2.mul(v, y0));
    c1 = f64x2.add(c1, f64x2.mul(v, y1));
    v = v128.load_splat<f64>(x, 8);
    c2 = f64x2.add(c2, f64x2.mul(v, y0));
    c3 = f64x2.add(c3, f64x2.mul(v, y1));
    v = v128.load_splat<f64>(x, 16);
    c4 = f64x2.add(c4, f64x2.mul(v, y0));
    c5 = f64x2.add(c5, f64x2.mul(v, y1));
    v = v128.load_splat<f64>(x, 24);
    c6 = f64x2.add(c6, f64x2.mul(v, y0));
    c7 = f64x2.add(c7, f64x2.mul(v, y1));
    x += aStep;
    y += bStep;
  }
  v128.store(to, c0);
  v128.store(to, c1, 16);
  v128.store(to, c2, 256);
  v128.store(to, c3, 272);
  v128.store(to, c4, 512);
  v128.store(to, c5, 528);
  v128.store(to, c6, 768);
  v128.store(to, c7, 784);
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

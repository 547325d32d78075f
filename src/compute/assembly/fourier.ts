/*
 * Fourier transforms of two rows at once. An element is 32 bytes: the real parts of both rows, then the imaginary ones.
 * Sizes are 1, 2, 3 or 6 times a power of 4. Frequencies lie in the order in which the stages leave them; the inverse takes
 * them in that order, so that nothing is sorted.
 */

/** In place, without scale. `roots`: e^(−2πi k / size) for all k below `size`, 16 bytes each. */
export function forward(data: usize, size: i32, roots: usize): void {
  let length = size;
  if (length % 3 == 0) {
    thirds(data, size, length, roots);
    length /= 3;
  }
  if (isOdd(length)) {
    halves(data, size, length, roots);
    length >>= 1;
  }
  for (; length >= 4; length >>= 2) quarters(data, size, length, roots);
}

/** The inverse of `forward` times `size`, in place. */
export function inverse(data: usize, size: i32, roots: usize): void {
  const three = size % 3 == 0;
  const rest = three ? size / 3 : size;
  const fours = isOdd(rest) ? rest >> 1 : rest;
  for (let length = 4; length <= fours; length <<= 2) quartersBack(data, size, length, roots);
  if (isOdd(rest)) halvesBack(data, size, rest, roots);
  if (three) thirdsBack(data, size, size, roots);
}

/** True for 2 times a power of 4. */
// @ts-ignore: decorator
@inline
function isOdd(length: i32): bool {
  return (ctz(length) & 1) == 1;
}

/** The root of a product, read once for both rows. */
// @ts-ignore: decorator
@inline
function cosine(root: usize): v128 {
  return v128.load64_splat(root);
}

// @ts-ignore: decorator
@inline
function sine(root: usize): v128 {
  return v128.load64_splat(root, 8);
}

/** The real part of (re + i im) · (c + i s). */
// @ts-ignore: decorator
@inline
function realOf(re: v128, im: v128, c: v128, s: v128): v128 {
  return f64x2.sub(f64x2.mul(re, c), f64x2.mul(im, s));
}

// @ts-ignore: decorator
@inline
function imaginaryOf(re: v128, im: v128, c: v128, s: v128): v128 {
  return f64x2.add(f64x2.mul(re, s), f64x2.mul(im, c));
}

/** Stores (re + i im) · root. */
// @ts-ignore: decorator
@inline
function storeTurned(at: usize, re: v128, im: v128, root: usize): void {
  const c = cosine(root);
  const s = sine(root);
  v128.store(at, realOf(re, im, c, s));
  v128.store(at, imaginaryOf(re, im, c, s), 16);
}

function halves(data: usize, size: i32, length: i32, roots: usize): void {
  const half = <usize>(length >> 1) << 5;
  const step = <usize>(size / length) << 4;
  const end = data + (<usize>size << 5);
  for (let block = data; block < end; block += half << 1) {
    let root = roots;
    for (let a = block; a < block + half; a += 32) {
      const b = a + half;
      const ar = v128.load(a), ai = v128.load(a, 16), br = v128.load(b), bi = v128.load(b, 16);
      v128.store(a, f64x2.add(ar, br));
      v128.store(a, f64x2.add(ai, bi), 16);
      storeTurned(b, f64x2.sub(ar, br), f64x2.sub(ai, bi), root);
      root += step;
    }
  }
}

function halvesBack(data: usize, size: i32, length: i32, roots: usize): void {
  const half = <usize>(length >> 1) << 5;
  const step = <usize>(size / length) << 4;
  const end = data + (<usize>size << 5);
  for (let block = data; block < end; block += half << 1) {
    let root = roots;
    for (let a = block; a < block + half; a += 32) {
      const b = a + half;
      const c = cosine(root), s = f64x2.neg(sine(root));
      const yr = v128.load(b), yi = v128.load(b, 16);
      const br = realOf(yr, yi, c, s), bi = imaginaryOf(yr, yi, c, s);
      const ar = v128.load(a), ai = v128.load(a, 16);
      v128.store(a, f64x2.add(ar, br));
      v128.store(a, f64x2.add(ai, bi), 16);
      v128.store(b, f64x2.sub(ar, br));
      v128.store(b, f64x2.sub(ai, bi), 16);
      root += step;
    }
  }
}

const SIN_60: f64 = 0.8660254037844386467637231707529;

function thirds(data: usize, size: i32, length: i32, roots: usize): void {
  const third = <usize>(length / 3) << 5;
  const step = <usize>(size / length) << 4;
  const sin60 = f64x2.splat(SIN_60), half = f64x2.splat(0.5);
  let root: usize = 0;
  for (let a = data; a < data + third; a += 32) {
    const b = a + third, c = b + third;
    const ar = v128.load(a), ai = v128.load(a, 16);
    const br = v128.load(b), bi = v128.load(b, 16), cr = v128.load(c), ci = v128.load(c, 16);
    const sr = f64x2.add(br, cr), si = f64x2.add(bi, ci);
    const dr = f64x2.mul(sin60, f64x2.sub(br, cr)), di = f64x2.mul(sin60, f64x2.sub(bi, ci));
    v128.store(a, f64x2.add(ar, sr));
    v128.store(a, f64x2.add(ai, si), 16);
    const mr = f64x2.sub(ar, f64x2.mul(half, sr)), mi = f64x2.sub(ai, f64x2.mul(half, si));
    storeTurned(b, f64x2.add(mr, di), f64x2.sub(mi, dr), roots + root);
    storeTurned(c, f64x2.sub(mr, di), f64x2.add(mi, dr), roots + (root << 1));
    root += step;
  }
}

function thirdsBack(data: usize, size: i32, length: i32, roots: usize): void {
  const third = <usize>(length / 3) << 5;
  const step = <usize>(size / length) << 4;
  const sin60 = f64x2.splat(SIN_60), half = f64x2.splat(0.5);
  let root: usize = 0;
  for (let a = data; a < data + third; a += 32) {
    const b = a + third, c = b + third;
    const cb = cosine(roots + root), sb = f64x2.neg(sine(roots + root));
    const cc = cosine(roots + (root << 1)), sc = f64x2.neg(sine(roots + (root << 1)));
    const yr = v128.load(b), yi = v128.load(b, 16), zr = v128.load(c), zi = v128.load(c, 16);
    const br = realOf(yr, yi, cb, sb), bi = imaginaryOf(yr, yi, cb, sb);
    const cr = realOf(zr, zi, cc, sc), ci = imaginaryOf(zr, zi, cc, sc);
    const ar = v128.load(a), ai = v128.load(a, 16);
    const sr = f64x2.add(br, cr), si = f64x2.add(bi, ci);
    const dr = f64x2.mul(sin60, f64x2.sub(br, cr)), di = f64x2.mul(sin60, f64x2.sub(bi, ci));
    v128.store(a, f64x2.add(ar, sr));
    v128.store(a, f64x2.add(ai, si), 16);
    const mr = f64x2.sub(ar, f64x2.mul(half, sr)), mi = f64x2.sub(ai, f64x2.mul(half, si));
    v128.store(b, f64x2.sub(mr, di));
    v128.store(b, f64x2.add(mi, dr), 16);
    v128.store(c, f64x2.add(mr, di));
    v128.store(c, f64x2.sub(mi, dr), 16);
    root += step;
  }
}

function quarters(data: usize, size: i32, length: i32, roots: usize): void {
  const quarter = <usize>(length >> 2) << 5;
  const step = <usize>(size / length) << 4;
  const end = data + (<usize>size << 5);
  for (let block = data; block < end; block += quarter << 2) {
    let root: usize = 0;
    for (let a = block; a < block + quarter; a += 32) {
      const b = a + quarter, c = b + quarter, d = c + quarter;
      let x = v128.load(a), y = v128.load(c);
      const r0 = f64x2.add(x, y), r1 = f64x2.sub(x, y);
      x = v128.load(a, 16);
      y = v128.load(c, 16);
      const i0 = f64x2.add(x, y), i1 = f64x2.sub(x, y);
      x = v128.load(b);
      y = v128.load(d);
      const r2 = f64x2.add(x, y), r3 = f64x2.sub(x, y);
      x = v128.load(b, 16);
      y = v128.load(d, 16);
      const i2 = f64x2.add(x, y), i3 = f64x2.sub(x, y);
      v128.store(a, f64x2.add(r0, r2));
      v128.store(a, f64x2.add(i0, i2), 16);
      storeTurned(b, f64x2.add(r1, i3), f64x2.sub(i1, r3), roots + root);
      storeTurned(c, f64x2.sub(r0, r2), f64x2.sub(i0, i2), roots + (root << 1));
      storeTurned(d, f64x2.sub(r1, i3), f64x2.add(i1, r3), roots + 3 * root);
      root += step;
    }
  }
}

function quartersBack(data: usize, size: i32, length: i32, roots: usize): void {
  const quarter = <usize>(length >> 2) << 5;
  const step = <usize>(size / length) << 4;
  const end = data + (<usize>size << 5);
  for (let block = data; block < end; block += quarter << 2) {
    let root: usize = 0;
    for (let a = block; a < block + quarter; a += 32) {
      const b = a + quarter, c = b + quarter, d = c + quarter;
      let co = cosine(roots + root), si = f64x2.neg(sine(roots + root));
      let x = v128.load(b), y = v128.load(b, 16);
      const br = realOf(x, y, co, si), bi = imaginaryOf(x, y, co, si);
      co = cosine(roots + 3 * root);
      si = f64x2.neg(sine(roots + 3 * root));
      x = v128.load(d);
      y = v128.load(d, 16);
      const dr = realOf(x, y, co, si), di = imaginaryOf(x, y, co, si);
      co = cosine(roots + (root << 1));
      si = f64x2.neg(sine(roots + (root << 1)));
      x = v128.load(c);
      y = v128.load(c, 16);
      const cr = realOf(x, y, co, si), ci = imaginaryOf(x, y, co, si);
      x = v128.load(a);
      y = v128.load(a, 16);
      const r0 = f64x2.add(x, cr), i0 = f64x2.add(y, ci), r1 = f64x2.sub(x, cr), i1 = f64x2.sub(y, ci);
      const r2 = f64x2.add(br, dr), i2 = f64x2.add(bi, di), r3 = f64x2.sub(br, dr), i3 = f64x2.sub(bi, di);
      v128.store(a, f64x2.add(r0, r2));
      v128.store(a, f64x2.add(i0, i2), 16);
      v128.store(b, f64x2.sub(r1, i3));
      v128.store(b, f64x2.add(i1, r3), 16);
      v128.store(c, f64x2.sub(r0, r2));
      v128.store(c, f64x2.sub(i0, i2), 16);
      v128.store(d, f64x2.add(r1, i3));
      v128.store(d, f64x2.sub(i1, r3), 16);
      root += step;
    }
  }
}

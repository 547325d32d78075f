import { int, address, number } from "./params";
import { SQEUCLIDEAN, condensedRow, dissimilarity, storePart } from "./convert";

/** Tiles on a side of a block: the panels of one block stay in the second-level cache. */
const SIDE: i32 = 8;

/**
 * Block = (segment of windows, square of 8 × 8 tiles of 4 × 4 pairs). Writes the dissimilarities of these pairs in every window.
 * Sums only ever grow (van Herk): a window is the end of one stretch plus the start of the next, so that
 * nothing of an artefact stays behind once it has left the window.
 */
export function windowTiles(params: usize, block: i32, scratch: usize): void {
  const n = int(params, 0);
  const step = <usize>int(params, 1) << 5;
  const length = int(params, 2);
  const windows = int(params, 15);
  const panelBytes = <usize>int(params, 6) * step;
  const metric = int(params, 7);
  const nTiles = (n + 3) >> 2;
  const nSides = (nTiles + SIDE - 1) / SIDE;
  const nSquares = (nSides * (nSides + 1)) / 2;
  const base = (block / nSquares) * windows;
  const first = max(0, int(params, 3) - base);
  const last = min(windows, int(params, 4) - base);
  const panels = address(params, 9) + <usize>base * step;
  const rowOffset = base + first - int(params, 3);
  let row = 0;
  let column = block % nSquares;
  while (column >= nSides - row) {
    column -= nSides - row;
    row++;
  }
  column += row;
  const lastI = min(nTiles, (row + 1) * SIDE);
  const lastJ = min(nTiles, (column + 1) * SIDE);
  for (let i = row * SIDE; i < lastI; i++) {
    const a = panels + <usize>i * panelBytes;
    for (let j = max(i, column * SIDE); j < lastJ; j++) {
      const b = panels + <usize>j * panelBytes;
      if (metric >= SQEUCLIDEAN) slideDifferences(a, b, step, length, first, last, scratch);
      else slideProducts(a, b, step, length, first, last, scratch);
      storeTile(params, i << 2, j << 2, rowOffset, last - first, scratch);
    }
  }
}

function slideProducts(a: usize, b: usize, step: usize, length: i32, first: i32, last: i32, sums: usize): void {
  let c0 = f64x2.splat(0), c1 = f64x2.splat(0), c2 = f64x2.splat(0), c3 = f64x2.splat(0);
  let c4 = f64x2.splat(0), c5 = f64x2.splat(0), c6 = f64x2.splat(0), c7 = f64x2.splat(0);
  for (let t = length - 1; t >= first; t--) {
    let x = a + <usize>t * step;
    let y = b + <usize>t * step;
    const end = x + step;
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
      x += 32;
      y += 32;
    }
    if (t < last) {
      const to = sums + (<usize>(t - first) << 7);
      v128.store(to, c0);
      v128.store(to, c1, 16);
      v128.store(to, c2, 32);
      v128.store(to, c3, 48);
      v128.store(to, c4, 64);
      v128.store(to, c5, 80);
      v128.store(to, c6, 96);
      v128.store(to, c7, 112);
    }
  }
  c0 = f64x2.splat(0), c1 = f64x2.splat(0), c2 = f64x2.splat(0), c3 = f64x2.splat(0);
  c4 = f64x2.splat(0), c5 = f64x2.splat(0), c6 = f64x2.splat(0), c7 = f64x2.splat(0);
  for (let s = 1; s < last; s++) {
    let x = a + <usize>(s + length - 1) * step;
    let y = b + <usize>(s + length - 1) * step;
    const end = x + step;
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
      x += 32;
      y += 32;
    }
    if (s >= first) addTile(sums + (<usize>(s - first) << 7), c0, c1, c2, c3, c4, c5, c6, c7);
  }
}

function slideDifferences(a: usize, b: usize, step: usize, length: i32, first: i32, last: i32, sums: usize): void {
  let c0 = f64x2.splat(0), c1 = f64x2.splat(0), c2 = f64x2.splat(0), c3 = f64x2.splat(0);
  let c4 = f64x2.splat(0), c5 = f64x2.splat(0), c6 = f64x2.splat(0), c7 = f64x2.splat(0);
  for (let k = -1; k < length - first + last - 1; k++) {
    // Backwards through the first stretch, then forwards through the second.
    const backward = k < length - first - 1;
    const t = backward ? length - 2 - k : length + (k - (length - first - 1));
    if (k == length - first - 1) {
      c0 = f64x2.splat(0), c1 = f64x2.splat(0), c2 = f64x2.splat(0), c3 = f64x2.splat(0);
      c4 = f64x2.splat(0), c5 = f64x2.splat(0), c6 = f64x2.splat(0), c7 = f64x2.splat(0);
    }
    if (!backward && t - length + 1 >= last) break;
    let x = a + <usize>t * step;
    let y = b + <usize>t * step;
    const end = x + step;
    while (x < end) {
      const y0 = v128.load(y);
      const y1 = v128.load(y, 16);
      let v = v128.load_splat<f64>(x);
      let d = f64x2.sub(v, y0);
      c0 = f64x2.add(c0, f64x2.mul(d, d));
      d = f64x2.sub(v, y1);
      c1 = f64x2.add(c1, f64x2.mul(d, d));
      v = v128.load_splat<f64>(x, 8);
      d = f64x2.sub(v, y0);
      c2 = f64x2.add(c2, f64x2.mul(d, d));
      d = f64x2.sub(v, y1);
      c3 = f64x2.add(c3, f64x2.mul(d, d));
      v = v128.load_splat<f64>(x, 16);
      d = f64x2.sub(v, y0);
      c4 = f64x2.add(c4, f64x2.mul(d, d));
      d = f64x2.sub(v, y1);
      c5 = f64x2.add(c5, f64x2.mul(d, d));
      v = v128.load_splat<f64>(x, 24);
      d = f64x2.sub(v, y0);
      c6 = f64x2.add(c6, f64x2.mul(d, d));
      d = f64x2.sub(v, y1);
      c7 = f64x2.add(c7, f64x2.mul(d, d));
      x += 32;
      y += 32;
    }
    if (backward) {
      if (t < last) {
        const to = sums + (<usize>(t - first) << 7);
        memory.fill(to, 0, 128);
        addTile(to, c0, c1, c2, c3, c4, c5, c6, c7);
      }
    } else if (t - length + 1 >= first) {
      addTile(sums + (<usize>(t - length + 1 - first) << 7), c0, c1, c2, c3, c4, c5, c6, c7);
    }
  }
}

// @ts-ignore: decorator
@inline
function addTile(to: usize, c0: v128, c1: v128, c2: v128, c3: v128, c4: v128, c5: v128, c6: v128, c7: v128): void {
  v128.store(to, f64x2.add(v128.load(to), c0));
  v128.store(to, f64x2.add(v128.load(to, 16), c1), 16);
  v128.store(to, f64x2.add(v128.load(to, 32), c2), 32);
  v128.store(to, f64x2.add(v128.load(to, 48), c3), 48);
  v128.store(to, f64x2.add(v128.load(to, 64), c4), 64);
  v128.store(to, f64x2.add(v128.load(to, 80), c5), 80);
  v128.store(to, f64x2.add(v128.load(to, 96), c6), 96);
  v128.store(to, f64x2.add(v128.load(to, 112), c7), 112);
}

function storeTile(params: usize, i: i32, j: i32, offset: i32, nWindows: i32, tile: usize): void {
  const n = int(params, 0);
  const stride = <usize>int(params, 5) << 3;
  const metric = int(params, 7);
  const inverseCount = f64x2.splat(number(params, 8));
  const rdmBytes = <usize>int(params, 10);
  const sums = address(params, 11) + <usize>offset * stride;
  const scales = address(params, 13) + <usize>offset * stride;
  let out = address(params, 14) + <usize>offset * rdmBytes;
  const whole = j > i && j + 4 <= n;
  const rows = min(4, n - i);
  const row0 = condensedRow(i, n);
  for (let s = 0; s < nWindows; s++) {
    const sumsAt = sums + <usize>s * stride;
    const by = scales + <usize>s * stride;
    const columnSums0 = v128.load(sumsAt + (<usize>j << 3));
    const columnSums1 = v128.load(sumsAt + (<usize>j << 3), 16);
    const columnScales0 = v128.load(by + (<usize>j << 3));
    const columnScales1 = v128.load(by + (<usize>j << 3), 16);
    let from = tile + (<usize>s << 7);
    let row = row0;
    for (let r = 0; r < rows; r++) {
      const sum = v128.load_splat<f64>(sumsAt + (<usize>(i + r) << 3));
      const scale = v128.load_splat<f64>(by + (<usize>(i + r) << 3));
      const d0 = dissimilarity(
        metric,
        v128.load(from),
        f64x2.mul(f64x2.mul(sum, columnSums0), inverseCount),
        f64x2.mul(scale, columnScales0),
      );
      const d1 = dissimilarity(
        metric,
        v128.load(from, 16),
        f64x2.mul(f64x2.mul(sum, columnSums1), inverseCount),
        f64x2.mul(scale, columnScales1),
      );
      if (whole) {
        const to = out + (<usize>(row + j) << 3);
        v128.store(to, d0);
        v128.store(to, d1, 16);
      } else {
        storePart(out, row, i + r, j, n, d0);
        storePart(out, row, i + r, j + 2, n, d1);
      }
      from += 32;
      row += n - (i + r) - 2;
    }
    out += rdmBytes;
  }
}

import { int, address, number } from "./params";
import { SQEUCLIDEAN, condensedRow, dissimilarity, storePart } from "./convert";

/**
 * Block = square of `side` × `side` tiles of 4 × 4 pairs, small enough that its panels stay in the second-level
 * cache. Writes the dissimilarities of these pairs in every window.
 *
 * A segment of windows starts at most one window length before its last one, so that all its windows share a sample.
 * Each window is the sum of the samples up to that place and of those after it (van Herk). Sums only ever grow:
 * nothing of an artefact stays behind once it has left the window.
 */
export function windowTiles(params: usize, block: i32, scratch: usize): void {
  const nTiles = (int(params, 0) + 3) >> 2;
  const panelBytes = (<usize>int(params, 6) * <usize>int(params, 1)) << 5;
  const panels = address(params, 9);
  const side = int(params, 16);
  const nSides = (nTiles + side - 1) / side;
  let row = 0;
  let column = block;
  while (column >= nSides - row) {
    column -= nSides - row;
    row++;
  }
  column += row;
  const lastI = min(nTiles, (row + 1) * side);
  const lastJ = min(nTiles, (column + 1) * side);
  for (let i = row * side; i < lastI; i++) {
    const a = panels + <usize>i * panelBytes;
    for (let j = max(i, column * side); j < lastJ; j++) {
      slideTile(params, i, j, a, panels + <usize>j * panelBytes, scratch);
    }
  }
}

function slideTile(params: usize, i: i32, j: i32, a: usize, b: usize, sums: usize): void {
  const step = <usize>int(params, 1) << 5;
  const length = int(params, 2);
  const from = int(params, 3);
  const to = int(params, 4);
  const metric = int(params, 7);
  const windows = int(params, 15);
  let known = 0;
  for (let base = from - (from % windows); base < to; base += windows) {
    const first = max(0, from - base);
    const last = min(windows, to - base);
    // Samples first … last + length − 2 of the segment; those it shares with the one before are known.
    if (known > 0) memory.copy(sums, sums + (<usize>windows << 7), <usize>known << 7);
    const end = last + length - 1;
    for (let t = known > 0 ? known : first; t < end; t++) {
      const at = <usize>(base + t) * step;
      if (metric >= SQEUCLIDEAN) sampleDifferences(a + at, b + at, step, sums + (<usize>t << 7));
      else sampleProducts(a + at, b + at, step, sums + (<usize>t << 7));
    }
    // Segments other than the last are as long as a window, so all but its own samples are shared with the next.
    known = end - windows;
    addSuffixes(sums, first, length);
    addPrefixes(sums, first, last, length);
    storeTile(params, i << 2, j << 2, base + first - from, last - first, sums + (<usize>first << 7));
  }
}

/** Products of 4 items with 4 items, summed over the channels of one sample. */
function sampleProducts(a: usize, b: usize, step: usize, to: usize): void {
  let c0 = f64x2.splat(0), c1 = f64x2.splat(0), c2 = f64x2.splat(0), c3 = f64x2.splat(0);
  let c4 = f64x2.splat(0), c5 = f64x2.splat(0), c6 = f64x2.splat(0), c7 = f64x2.splat(0);
  let x = a;
  let y = b;
  const end = a + step;
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
  v128.store(to, c0);
  v128.store(to, c1, 16);
  v128.store(to, c2, 32);
  v128.store(to, c3, 48);
  v128.store(to, c4, 64);
  v128.store(to, c5, 80);
  v128.store(to, c6, 96);
  v128.store(to, c7, 112);
}

/** Squared differences of 4 items and 4 items, summed over the channels of one sample. */
function sampleDifferences(a: usize, b: usize, step: usize, to: usize): void {
  let c0 = f64x2.splat(0), c1 = f64x2.splat(0), c2 = f64x2.splat(0), c3 = f64x2.splat(0);
  let c4 = f64x2.splat(0), c5 = f64x2.splat(0), c6 = f64x2.splat(0), c7 = f64x2.splat(0);
  let x = a;
  let y = b;
  const end = a + step;
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
  v128.store(to, c0);
  v128.store(to, c1, 16);
  v128.store(to, c2, 32);
  v128.store(to, c3, 48);
  v128.store(to, c4, 64);
  v128.store(to, c5, 80);
  v128.store(to, c6, 96);
  v128.store(to, c7, 112);
}

/** Tile t of the first window length becomes the sum of tiles t … length − 1. */
function addSuffixes(sums: usize, first: i32, length: i32): void {
  const start = sums + (<usize>first << 7);
  for (let at = sums + (<usize>(length - 1) << 7); at > start; at -= 128) {
    const to = at - 128;
    for (let k: usize = 0; k < 128; k += 16) {
      v128.store(to + k, f64x2.add(v128.load(to + k), v128.load(at + k)));
    }
  }
}

/** Add to window s the tiles length … s + length − 1, which are left as they are. */
function addPrefixes(sums: usize, first: i32, last: i32, length: i32): void {
  for (let k: usize = 0; k < 128; k += 32) {
    let p0 = f64x2.splat(0);
    let p1 = f64x2.splat(0);
    for (let s = 1; s < last; s++) {
      const from = sums + (<usize>(s + length - 1) << 7) + k;
      p0 = f64x2.add(p0, v128.load(from));
      p1 = f64x2.add(p1, v128.load(from, 16));
      if (s < first) continue;
      const to = sums + (<usize>s << 7) + k;
      v128.store(to, f64x2.add(v128.load(to), p0));
      v128.store(to, f64x2.add(v128.load(to, 16), p1), 16);
    }
  }
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

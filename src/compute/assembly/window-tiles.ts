import { Windows } from "./layouts";
import { int, address, number } from "./params";
import { CORRELATION, SQEUCLIDEAN, dissimilarity, noiseOf } from "./convert";
import { PRODUCT, REPLACED, SQUARED_DIFFERENCE, sumTile } from "./tile";

/** Bytes of a tile's samples that are multiplied at a time: those of a whole block fit the first-level cache. */
const STRETCH_BYTES: usize = 5120;

/**
 * Block = square of `side` × `side` tiles of 4 × 4 pairs. Writes the dissimilarities of these pairs in every window.
 *
 * A segment of windows starts at most one window length before its last one, so that all its windows share a sample.
 * Each window is the sum of the samples up to that place and of those after it (van Herk). Sums only ever grow:
 * nothing of an artefact stays behind once it has left the window.
 */
export function windowTiles(params: usize, block: i32, scratch: usize): void {
  const nTiles = (int(params, Windows.nItems) + 3) >> 2;
  const side = int(params, Windows.side);
  const nSides = (nTiles + side - 1) / side;
  let row = 0;
  let column = block;
  while (column >= nSides - row) {
    column -= nSides - row;
    row++;
  }
  column += row;
  const firstI = row * side;
  const firstJ = column * side;
  const lastI = min(nTiles, firstI + side);
  const lastJ = min(nTiles, firstJ + side);
  const step = <usize>int(params, Windows.nChannels) << 5;
  const stretch = max(1, <i32>(STRETCH_BYTES / step));
  const end = int(params, Windows.last) + int(params, Windows.length) - 1;
  for (let t = int(params, Windows.first); t < end; t += stretch) {
    for (let i = firstI; i < lastI; i++) {
      for (let j = max(i, firstJ); j < lastJ; j++) {
        multiply(params, i, j, t, min(stretch, end - t), sumsOf(params, i - firstI, j - firstJ, scratch));
      }
    }
  }
  for (let i = firstI; i < lastI; i++) {
    for (let j = max(i, firstJ); j < lastJ; j++) slide(params, i, j, sumsOf(params, i - firstI, j - firstJ, scratch));
  }
}

/** Scratch memory for the sums of one pair of tiles over each sample of the batch. */
function sumsOf(params: usize, i: i32, j: i32, scratch: usize): usize {
  return scratch + ((<usize>(i * int(params, Windows.side) + j) * <usize>int(params, Windows.nSamples)) << 7);
}

/** Sums over the channels of each of some samples. */
function multiply(params: usize, i: i32, j: i32, from: i32, count: i32, sums: usize): void {
  const step = <usize>int(params, Windows.nChannels) << 5;
  const panelBytes = <usize>int(params, Windows.nSamples) * step;
  const start = address(params, Windows.panels) + <usize>from * step;
  let a = start + <usize>i * panelBytes;
  let b = start + <usize>j * panelBytes;
  let to = sums + (<usize>from << 7);
  const end = a + <usize>count * step;
  const differences = int(params, Windows.metric) >= SQEUCLIDEAN;
  for (; a < end; a += step) {
    if (differences) sampleDifferences(a, b, step, to);
    else sampleProducts(a, b, step, to);
    b += step;
    to += 128;
  }
}

/** Sums over windows from sums over samples, segment by segment; what a segment changes the next does not read. */
function slide(params: usize, i: i32, j: i32, sums: usize): void {
  const length = int(params, Windows.length);
  const from = int(params, Windows.first);
  const to = int(params, Windows.last);
  const windows = int(params, Windows.segmentWindows);
  for (let base = from - (from % windows); base < to; base += windows) {
    const first = max(0, from - base);
    const last = min(windows, to - base);
    const at = sums + (<usize>base << 7);
    addSuffixes(at, first, length);
    addPrefixes(at, first, last, length);
    storeTile(params, i << 2, j << 2, base + first - from, last - first, at + (<usize>first << 7));
  }
}

/** Products of 4 items with 4 items, summed over the channels of one sample. */
function sampleProducts(a: usize, b: usize, step: usize, to: usize): void {
  sumTile(PRODUCT, REPLACED, a, 32, b, 32, step, to, 32);
}

/** Squared differences of 4 items and 4 items, summed over the channels of one sample. */
function sampleDifferences(a: usize, b: usize, step: usize, to: usize): void {
  sumTile(SQUARED_DIFFERENCE, REPLACED, a, 32, b, 32, step, to, 32);
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

/**
 * Dissimilarities of a tile in every window. They lie in tile order, where a tile's pairs are neighbours: written to
 * condensed places, four here and four there, they would cost as much time as the products.
 */
function storeTile(params: usize, i: i32, j: i32, offset: i32, nWindows: i32, tile: usize): void {
  const n = int(params, Windows.nItems);
  const stride = <usize>int(params, Windows.stride) << 3;
  const metric = int(params, Windows.metric);
  const inverseCount = f64x2.splat(number(params, Windows.inverseCount));
  const noise = noiseOf(metric, number(params, Windows.inverseCount));
  const rdmBytes = <usize>int(params, Windows.rdmBytes);
  const sums = address(params, Windows.sums) + <usize>offset * stride;
  const scales = address(params, Windows.scales) + <usize>offset * stride;
  let out = address(params, Windows.rdms) + <usize>offset * rdmBytes + (tileStart(i, j, n) << 3);
  const whole = j > i && j + 4 <= n;
  for (let s = 0; s < nWindows; s++) {
    const rowSums = sums + <usize>s * stride + (<usize>i << 3);
    const rowScales = scales + <usize>s * stride + (<usize>i << 3);
    const columnSums = sums + <usize>s * stride + (<usize>j << 3);
    const columnScales = scales + <usize>s * stride + (<usize>j << 3);
    const sums0 = v128.load(columnSums);
    const sums1 = v128.load(columnSums, 16);
    const scales0 = v128.load(columnScales);
    const scales1 = v128.load(columnScales, 16);
    const to = whole ? out : tile;
    // The kind of metric is settled once for 16 pairs; with a constant the compiler drops the other kinds.
    if (metric >= SQEUCLIDEAN) {
    convertRow(metric, tile, to, 0, rowSums, rowScales, sums0, sums1, scales0, scales1, inverseCount, noise);
    convertRow(metric, tile, to, 1, rowSums, rowScales, sums0, sums1, scales0, scales1, inverseCount, noise);
    convertRow(metric, tile, to, 2, rowSums, rowScales, sums0, sums1, scales0, scales1, inverseCount, noise);
    convertRow(metric, tile, to, 3, rowSums, rowScales, sums0, sums1, scales0, scales1, inverseCount, noise);
    } else {
    convertRow(CORRELATION, tile, to, 0, rowSums, rowScales, sums0, sums1, scales0, scales1, inverseCount, noise);
    convertRow(CORRELATION, tile, to, 1, rowSums, rowScales, sums0, sums1, scales0, scales1, inverseCount, noise);
    convertRow(CORRELATION, tile, to, 2, rowSums, rowScales, sums0, sums1, scales0, scales1, inverseCount, noise);
    convertRow(CORRELATION, tile, to, 3, rowSums, rowScales, sums0, sums1, scales0, scales1, inverseCount, noise);
    }
    if (!whole) storeEdge(i, j, n, tile, out);
    tile += 128;
    out += rdmBytes;
  }
}

/** Four dissimilarities of one item. Inlined, as a call would cost as much as the work. */
// @ts-ignore: decorator
@inline
export function convertRow(
  metric: i32,
  tile: usize,
  to: usize,
  r: usize,
  rowSums: usize,
  rowScales: usize,
  sums0: v128,
  sums1: v128,
  scales0: v128,
  scales1: v128,
  inverseCount: v128,
  noise: v128,
): void {
  const at = tile + (r << 5);
  const sum = v128.load_splat<f64>(rowSums + (r << 3));
  const scale = v128.load_splat<f64>(rowScales + (r << 3));
  const product0 = f64x2.mul(f64x2.mul(sum, sums0), inverseCount);
  const product1 = f64x2.mul(f64x2.mul(sum, sums1), inverseCount);
  const d0 = dissimilarity(metric, v128.load(at), product0, f64x2.mul(scale, scales0), noise);
  const d1 = dissimilarity(metric, v128.load(at, 16), product1, f64x2.mul(scale, scales1), noise);
  v128.store(to + (r << 5), d0);
  v128.store(to + (r << 5), d1, 16);
}

/** Number of pairs in the tiles before this one: row by row of tiles, and in a row from the diagonal on. */
function tileStart(i: i32, j: i32, n: i32): usize {
  const rows = <i64>min(4, n - i);
  const above = <i64>i * <i64>n - (<i64>i * (<i64>i + 1)) / 2;
  return <usize>(j == i ? above : above + (rows * (rows - 1)) / 2 + <i64>(j - i - 4) * rows);
}

/** The pairs of a tile that lie above the diagonal and are of real items. */
export function storeEdge(i: i32, j: i32, n: i32, tile: usize, out: usize): void {
  for (let r = 0; r < min(4, n - i); r++) {
    for (let c = j == i ? r + 1 : 0; c < min(4, n - j); c++) {
      store<f64>(out, load<f64>(tile + (<usize>((r << 2) + c) << 3)));
      out += 8;
    }
  }
}

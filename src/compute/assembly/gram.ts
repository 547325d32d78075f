import { int, address, number } from "./params";
import { SQEUCLIDEAN, condensedRow, dissimilarity, storePart } from "./convert";

const SIDE: i32 = 8;
/** Features summed before they are added to the tile: two panels of them fit the first-level cache. */
const STRETCH: i32 = 256;

// @ts-ignore: decorator
@inline
export function tilePair(i: i32, j: i32, nTiles: i32): usize {
  return <usize>((<i64>i * (2 * <i64>nTiles - <i64>i - 1)) / 2 + <i64>j);
}

/** Block = (chunk of features, square of 8 × 8 tiles). Writes the chunk's own sums, added up later in order. */
export function gramTiles(params: usize, block: i32, scratch: usize): void {
  const n = int(params, 0);
  const nFeatures = int(params, 1);
  const chunkFeatures = int(params, 2);
  const metric = int(params, 3);
  const nTiles = (n + 3) >> 2;
  const nSides = (nTiles + SIDE - 1) / SIDE;
  const nSquares = (nSides * (nSides + 1)) / 2;
  const chunk = block / nSquares;
  let row = 0;
  let column = block % nSquares;
  while (column >= nSides - row) {
    column -= nSides - row;
    row++;
  }
  column += row;
  const width = min(chunkFeatures, nFeatures - chunk * chunkFeatures);
  const panelBytes = <usize>width << 5;
  const panels = address(params, 4) + ((<usize>chunk * <usize>chunkFeatures * <usize>nTiles) << 5);
  const tiles = address(params, 5) + ((<usize>chunk * (tilePair(nTiles - 1, nTiles - 1, nTiles) + 1)) << 7);
  const lastI = min(nTiles, (row + 1) * SIDE);
  const lastJ = min(nTiles, (column + 1) * SIDE);
  for (let k = 0; k < width; k += STRETCH) {
    const bytes = <usize>min(STRETCH, width - k) << 5;
    for (let i = row * SIDE; i < lastI; i++) {
      const a = panels + <usize>i * panelBytes + (<usize>k << 5);
      for (let j = max(i, column * SIDE); j < lastJ; j++) {
        const to = tiles + (tilePair(i, j, nTiles) << 7);
        if (k == 0) memory.fill(to, 0, 128);
        const b = panels + <usize>j * panelBytes + (<usize>k << 5);
        if (metric >= SQEUCLIDEAN) addDifferences(a, b, bytes, to);
        else addProducts(a, b, bytes, to);
      }
    }
  }
}

function addProducts(a: usize, b: usize, bytes: usize, to: usize): void {
  let c0 = f64x2.splat(0), c1 = f64x2.splat(0), c2 = f64x2.splat(0), c3 = f64x2.splat(0);
  let c4 = f64x2.splat(0), c5 = f64x2.splat(0), c6 = f64x2.splat(0), c7 = f64x2.splat(0);
  let x = a;
  let y = b;
  const end = a + bytes;
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
  addTile(to, c0, c1, c2, c3, c4, c5, c6, c7);
}

function addDifferences(a: usize, b: usize, bytes: usize, to: usize): void {
  let c0 = f64x2.splat(0), c1 = f64x2.splat(0), c2 = f64x2.splat(0), c3 = f64x2.splat(0);
  let c4 = f64x2.splat(0), c5 = f64x2.splat(0), c6 = f64x2.splat(0), c7 = f64x2.splat(0);
  let x = a;
  let y = b;
  const end = a + bytes;
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
  addTile(to, c0, c1, c2, c3, c4, c5, c6, c7);
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

/** Block = row of tiles. Adds the chunks to the totals in the order of the chunks, whoever computed them. */
export function gramReduce(params: usize, block: i32, scratch: usize): void {
  const nTiles = (int(params, 0) + 3) >> 2;
  const nChunks = (int(params, 1) + int(params, 2) - 1) / int(params, 2);
  const tiles = address(params, 5);
  const totals = address(params, 6);
  const chunkBytes = (tilePair(nTiles - 1, nTiles - 1, nTiles) + 1) << 7;
  const from = tilePair(block, block, nTiles) << 7;
  const to = from + (<usize>(nTiles - block) << 7);
  for (let at = from; at < to; at += 16) {
    let sum = v128.load(totals + at);
    for (let chunk = 0; chunk < nChunks; chunk++) {
      sum = f64x2.add(sum, v128.load(tiles + <usize>chunk * chunkBytes + at));
    }
    v128.store(totals + at, sum);
  }
}

/** Block = row of tiles. Dissimilarities from the totals, in condensed order. */
export function gramFinish(params: usize, block: i32, scratch: usize): void {
  const n = int(params, 0);
  const metric = int(params, 3);
  const nTiles = (n + 3) >> 2;
  const totals = address(params, 6);
  const sums = address(params, 7);
  const scales = address(params, 8);
  const out = address(params, 9);
  const inverseCount = f64x2.splat(number(params, 10));
  const i = block << 2;
  for (let tile = block; tile < nTiles; tile++) {
    const j = tile << 2;
    let from = totals + (tilePair(block, tile, nTiles) << 7);
    for (let r = 0; r < min(4, n - i); r++) {
      const row = condensedRow(i + r, n);
      const sum = v128.load_splat<f64>(sums + (<usize>(i + r) << 3));
      const scale = v128.load_splat<f64>(scales + (<usize>(i + r) << 3));
      for (let half = 0; half < 4; half += 2) {
        const at = <usize>(j + half) << 3;
        const productOfSums = f64x2.mul(f64x2.mul(sum, v128.load(sums + at)), inverseCount);
        const pair = dissimilarity(metric, v128.load(from), productOfSums, f64x2.mul(scale, v128.load(scales + at)));
        storePart(out, row, i + r, j + half, n, pair);
        from += 16;
      }
    }
  }
}

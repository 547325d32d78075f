import { Gram } from "./layouts";
import { int, address, number } from "./params";
import { SQEUCLIDEAN, condensedRow, dissimilarity, noiseOf, storePart } from "./convert";
import { ADDED, PRODUCT, SQUARED_DIFFERENCE, sumTile } from "./tile";

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
  const n = int(params, Gram.nItems);
  const nFeatures = int(params, Gram.nFeatures);
  const chunkFeatures = int(params, Gram.chunkFeatures);
  const metric = int(params, Gram.metric);
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
  const panels = address(params, Gram.panels) + ((<usize>chunk * <usize>chunkFeatures * <usize>nTiles) << 5);
  const tiles = address(params, Gram.tiles) + ((<usize>chunk * (tilePair(nTiles - 1, nTiles - 1, nTiles) + 1)) << 7);
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
  sumTile(PRODUCT, ADDED, a, 32, b, 32, bytes, to, 32);
}

function addDifferences(a: usize, b: usize, bytes: usize, to: usize): void {
  sumTile(SQUARED_DIFFERENCE, ADDED, a, 32, b, 32, bytes, to, 32);
}

/** Block = row of tiles. Adds the chunks to the totals in the order of the chunks, whoever computed them. */
export function gramReduce(params: usize, block: i32, scratch: usize): void {
  const nTiles = (int(params, Gram.nItems) + 3) >> 2;
  const nChunks = (int(params, Gram.nFeatures) + int(params, Gram.chunkFeatures) - 1) / int(params, Gram.chunkFeatures);
  const tiles = address(params, Gram.tiles);
  const totals = address(params, Gram.totals);
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
  const n = int(params, Gram.nItems);
  const metric = int(params, Gram.metric);
  const nTiles = (n + 3) >> 2;
  const totals = address(params, Gram.totals);
  const sums = address(params, Gram.sums);
  const scales = address(params, Gram.scales);
  const out = address(params, Gram.rdm);
  const inverseCount = f64x2.splat(number(params, Gram.inverseCount));
  const noise = noiseOf(metric, number(params, Gram.inverseCount));
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
        const pair = dissimilarity(metric, v128.load(from), productOfSums, f64x2.mul(scale, v128.load(scales + at)), noise);
        storePart(out, row, i + r, j + half, n, pair);
        from += 16;
      }
    }
  }
}

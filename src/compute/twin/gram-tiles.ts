import {
  SIDE,
  SQEUCLIDEAN,
  TILE,
  condensedRow,
  dissimilarity,
  featuresOf,
  squareAt,
} from "./convert.ts";
import { parameters, type TwinMemory } from "./memory.ts";

/** Features summed before they are added to the pair's total. */
const STRETCH = 256;

export function tilePair(i: number, j: number, nTiles: number): number {
  return (i * (2 * nTiles - i - 1)) / 2 + j;
}

/** Place of the sum of items i and j among the tiles of the upper triangle. */
export function placeOf(i: number, j: number, nTiles: number): number {
  const pair = tilePair(Math.floor(i / TILE), Math.floor(j / TILE), nTiles);
  return pair * TILE * TILE + (i % TILE) * TILE + (j % TILE);
}

/** Twin of `gramTiles` in `assembly/gram.ts`. */
export function gramTiles(memory: TwinMemory, params: number, block: number): void {
  const [n, nFeatures, chunkFeatures, metric, panels, tiles] = parameters(memory, params);
  const all = new Float64Array(memory.buffer);
  const nTiles = Math.ceil(n / TILE);
  const nSides = Math.ceil(nTiles / SIDE);
  const nSquares = (nSides * (nSides + 1)) / 2;
  const chunk = Math.floor(block / nSquares);
  const [row, column] = squareAt(block % nSquares, nSides);
  const width = Math.min(chunkFeatures, nFeatures - chunk * chunkFeatures);
  const panel = panels / 8 + chunk * chunkFeatures * nTiles * TILE;
  const to = tiles / 8 + chunk * (tilePair(nTiles - 1, nTiles - 1, nTiles) + 1) * TILE * TILE;
  const start = (item: number) => panel + Math.floor(item / TILE) * width * TILE + (item % TILE);
  const side = SIDE * TILE;
  const end = nTiles * TILE;
  for (let i = row * side; i < Math.min(end, (row + 1) * side); i++) {
    const firstJ = Math.max(i - (i % TILE), column * side);
    for (let j = firstJ; j < Math.min(end, (column + 1) * side); j++) {
      all[to + placeOf(i, j, nTiles)] = pairSum(all, start(i), start(j), width, metric);
    }
  }
}

function pairSum(all: Float64Array, a: number, b: number, width: number, metric: number): number {
  let total = 0;
  for (let k = 0; k < width; k += STRETCH) {
    let sum = 0;
    for (let f = k * TILE; f < Math.min(width, k + STRETCH) * TILE; f += TILE) {
      const x = all[a + f];
      const y = all[b + f];
      sum += metric >= SQEUCLIDEAN ? (x - y) * (x - y) : x * y;
    }
    total += sum;
  }
  return total;
}

/** Twin of `gramReduce` in `assembly/gram.ts`. */
export function gramReduce(memory: TwinMemory, params: number, block: number): void {
  const [n, nFeatures, chunkFeatures, , , tiles, totals] = parameters(memory, params);
  const all = new Float64Array(memory.buffer);
  const nTiles = Math.ceil(n / TILE);
  const nChunks = Math.ceil(nFeatures / chunkFeatures);
  const chunkSize = (tilePair(nTiles - 1, nTiles - 1, nTiles) + 1) * TILE * TILE;
  const from = tilePair(block, block, nTiles) * TILE * TILE;
  for (let at = from; at < from + (nTiles - block) * TILE * TILE; at++) {
    let sum = all[totals / 8 + at];
    for (let chunk = 0; chunk < nChunks; chunk++) sum += all[tiles / 8 + chunk * chunkSize + at];
    all[totals / 8 + at] = sum;
  }
}

/** Twin of `gramFinish` in `assembly/gram.ts`. */
export function gramFinish(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const [n, , , metric] = p;
  const [totals, sums, scales, out] = [p[6], p[7], p[8], p[9]].map((address) => address / 8);
  const all = new Float64Array(memory.buffer);
  const nTiles = Math.ceil(n / TILE);
  const nFeatures = featuresOf(metric, p[10]);
  for (let i = block * TILE; i < Math.min(n, (block + 1) * TILE); i++) {
    for (let j = i + 1; j < n; j++) {
      const total = all[totals + placeOf(i, j, nTiles)];
      const productOfSums = all[sums + i] * all[sums + j] * p[10];
      const scale = all[scales + i] * all[scales + j];
      all[out + condensedRow(i, n) + j] = dissimilarity(
        metric,
        total,
        productOfSums,
        scale,
        nFeatures,
      );
    }
  }
}

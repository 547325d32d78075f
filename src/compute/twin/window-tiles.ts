import { SQEUCLIDEAN, TILE, dissimilarity, featuresOf, squareAt } from "./convert.ts";
import { tilePlace } from "../tile-order.ts";
import { parameters, type TwinMemory } from "./memory.ts";
import { segmentsOf, slideSums } from "./slide.ts";

/** Twin of `assembly/window-tiles.ts`: each pair's sums in the same order, one pair at a time. */
export function windowTiles(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const n = p[0];
  const side = p[16] * TILE;
  const [row, column] = squareAt(block, Math.ceil(n / side));
  for (let i = row * side; i < Math.min(n, (row + 1) * side); i++) {
    for (let j = Math.max(i + 1, column * side); j < Math.min(n, (column + 1) * side); j++) {
      slidePair(memory, p, i, j);
    }
  }
}

function slidePair(memory: TwinMemory, p: Float64Array, i: number, j: number): void {
  const [n, nChannels, length, from, to, stride, , metric, inverseCount] = p;
  const all = new Float64Array(memory.buffer);
  const step = nChannels * TILE;
  const nFeatures = featuresOf(metric, inverseCount);
  const [a, b] = [panelOf(p, i), panelOf(p, j)];
  for (const { base, first, last } of segmentsOf(from, to, p[15])) {
    const sampleSum = (t: number) =>
      channelSum(all, a + (base + t) * step, b + (base + t) * step, step, metric);
    slideSums(sampleSum, { first, last, length }, (s, sum) => {
      const row = (base + s - from) * stride;
      const [sums, scales] = [p[11] / 8 + row, p[13] / 8 + row];
      const productOfSums = all[sums + i] * all[sums + j] * inverseCount;
      const scale = all[scales + i] * all[scales + j];
      const rdm = p[14] / 8 + (base + s - from) * (p[10] / 8);
      all[rdm + tilePlace(i, j, n)] = dissimilarity(metric, sum, productOfSums, scale, nFeatures);
    });
  }
}

function panelOf(p: Float64Array, item: number): number {
  return p[9] / 8 + Math.floor(item / TILE) * p[6] * p[1] * TILE + (item % TILE);
}

function channelSum(all: Float64Array, a: number, b: number, step: number, metric: number): number {
  let sum = 0;
  for (let c = 0; c < step; c += TILE) {
    const x = all[a + c];
    const y = all[b + c];
    sum += metric >= SQEUCLIDEAN ? (x - y) * (x - y) : x * y;
  }
  return sum;
}

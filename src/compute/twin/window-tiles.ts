import { SIDE, SQEUCLIDEAN, TILE, condensedRow, dissimilarity, squareAt } from "./convert.ts";
import { parameters, type TwinMemory } from "./memory.ts";

/** Twin of `assembly/window-tiles.ts`: each pair's sums in the same order, one pair at a time. */
export function windowTiles(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const n = p[0];
  const nSides = Math.ceil(n / (SIDE * TILE));
  const nSquares = (nSides * (nSides + 1)) / 2;
  const base = Math.floor(block / nSquares) * p[15];
  const [row, column] = squareAt(block % nSquares, nSides);
  const side = SIDE * TILE;
  for (let i = row * side; i < Math.min(n, (row + 1) * side); i++) {
    for (let j = Math.max(i + 1, column * side); j < Math.min(n, (column + 1) * side); j++) {
      slidePair(memory, p, base, i, j);
    }
  }
}

function slidePair(memory: TwinMemory, p: Float64Array, base: number, i: number, j: number): void {
  const [n, nChannels, length, from, to, stride, panelSamples, metric, inverseCount] = p;
  const all = new Float64Array(memory.buffer);
  const first = Math.max(0, from - base);
  const last = Math.min(p[15], to - base);
  const [a, b] = [i, j].map(
    (item) =>
      p[9] / 8 + (Math.floor(item / TILE) * panelSamples + base) * nChannels * TILE + (item % TILE),
  );
  const totals = new Float64Array(Math.max(0, last - first));
  let sum = 0;
  const addSample = (t: number) => {
    for (let c = t * nChannels * TILE; c < (t + 1) * nChannels * TILE; c += TILE) {
      const x = all[a + c];
      const y = all[b + c];
      sum += metric >= SQEUCLIDEAN ? (x - y) * (x - y) : x * y;
    }
  };
  for (let t = length - 1; t >= first; t--) {
    addSample(t);
    if (t < last) totals[t - first] = sum;
  }
  sum = 0;
  for (let s = 1; s < last; s++) {
    addSample(s + length - 1);
    if (s >= first) totals[s - first] += sum;
  }
  const offset = base + first - from;
  for (let s = 0; s < totals.length; s++) {
    const sums = p[11] / 8 + (offset + s) * stride;
    const scales = p[13] / 8 + (offset + s) * stride;
    const productOfSums = all[sums + i] * all[sums + j] * inverseCount;
    const at = p[14] / 8 + (offset + s) * (p[10] / 8) + condensedRow(i, n) + j;
    all[at] = dissimilarity(metric, totals[s], productOfSums, all[scales + i] * all[scales + j]);
  }
}

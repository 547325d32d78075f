import { sortOrder } from "../sort-order.ts";
import { float64At, parameters, uint32At, type TwinMemory } from "./memory.ts";

const TIED = 0x80000000;

/** Twin of `sortedPairs` in `assembly/weighted-ranks.ts`. */
export function sortedPairs(memory: TwinMemory, params: number, block: number): void {
  const [n, values, table, out] = parameters(memory, params);
  const vector = float64At(memory, values + block * n * 8, n);
  const pairs = uint32At(memory, table, n);
  const sorted = uint32At(memory, out + block * n * 4, n);
  sortOrder(vector).forEach((pair, k, order) => {
    const tied = k > 0 && vector[order[k - 1]] === vector[pair];
    sorted[k] = (pairs[pair] | (tied ? TIED : 0)) >>> 0;
  });
}

/** Twin of `weightedRanks`. */
export function weightedRanks(memory: TwinMemory, params: number, block: number): void {
  const [n, entries, weightsAt, rowsAt, columnsAt, nPairs, outAt, squaresAt, total] = parameters(
    memory,
    params,
  );
  const end = (memory.buffer.byteLength / 4) | 0;
  const table = (address: number): Uint32Array =>
    uint32At(memory, address, Math.min(2 ** 16, end - address / 4));
  const [weights, rows, columns] = [weightsAt, rowsAt, columnsAt].map(table);
  const out = float64At(memory, outAt + block * nPairs * 8, nPairs);
  const groups: { places: number[]; size: number }[] = [];
  let fresh = true;
  for (const pair of uint32At(memory, entries + block * n * 4, n)) {
    const [i, j] = [(pair >>> 16) & 0x7fff, pair & 0xffff];
    fresh ||= pair < TIED;
    if (weights[i] * weights[j] === 0) continue;
    if (fresh) groups.push({ places: [], size: 0 });
    const group = groups[groups.length - 1];
    group.places.push((rows[i] + columns[j]) >>> 0);
    group.size += weights[i] * weights[j];
    fresh = false;
  }
  float64At(memory, squaresAt, block + 1)[block] = putRanks(groups, total, out);
}

/** Centred average ranks of groups of ties, in order; returns their weighted sum of squares. */
function putRanks(
  groups: readonly { places: readonly number[]; size: number }[],
  total: number,
  out: Float64Array,
): number {
  const mean = 0.5 * (total + 1);
  let [below, ties] = [0, 0];
  for (const { places, size } of groups) {
    const rank = below + 0.5 * (size + 1) - mean;
    for (const place of places) out[place] = rank;
    below += size;
    ties += size * size * size - size;
  }
  return (total * total * total - total - ties) / 12;
}

/** Twin of `weightedValues`. */
export function weightedValues(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const [n, valuesAt, itemsAt, m, nItems, nPairs, outAt, squaresAt, total, weightsAt, centre] = p;
  const values = float64At(memory, valuesAt + block * n * 8, n);
  const items = uint32At(memory, itemsAt, m);
  const out = float64At(memory, outAt + block * nPairs * 8, nPairs);
  const weights = float64At(memory, weightsAt, nPairs);
  let at = 0;
  items.forEach((item, a) => {
    const row = item * nItems - (item * (item + 1)) / 2 - item - 1;
    for (let b = a + 1; b < m; b++) out[at++] = values[row + items[b]];
  });
  const sum = out.reduce((s, value, k) => s + value * weights[k], 0);
  const constant = centre !== 0 && out.every((value) => value === out[0]);
  const mean = centre === 0 ? 0 : sum / total;
  for (let k = 0; k < nPairs; k++) out[k] = constant ? 0 : out[k] - mean;
  float64At(memory, squaresAt, block + 1)[block] = out.reduce(
    (s, value, k) => s + value * value * weights[k],
    0,
  );
}

/** Twin of `pooledRanks`. */
export function pooledRanks(memory: TwinMemory, params: number, block: number): void {
  const [n, vectorsAt, nVectors, timesAt, weightsAt, outAt, squaresAt, total] = parameters(
    memory,
    params,
  );
  const times = float64At(memory, timesAt + block * nVectors * 8, nVectors);
  const weights = float64At(memory, weightsAt, n);
  const out = float64At(memory, outAt + block * n * 8, n);
  out.fill(0);
  times.forEach((count, v) => {
    const vector = float64At(memory, vectorsAt + v * n * 8, n);
    if (count !== 0) for (let k = 0; k < n; k++) out[k] += vector[k] * count;
  });
  const sums = out.slice();
  const groups: { places: number[]; size: number }[] = [];
  sortOrder(sums).forEach((place, k, order) => {
    if (k === 0 || sums[order[k - 1]] !== sums[place]) groups.push({ places: [], size: 0 });
    const group = groups[groups.length - 1];
    group.places.push(place);
    group.size += weights[place];
  });
  float64At(memory, squaresAt, block + 1)[block] = putRanks(groups, total, out);
}

/** Twin of `weightedProducts`. */
export function weightedProducts(memory: TwinMemory, params: number, block: number): void {
  const [n, length, leftAt, nLeft, rightAt, nRight, weightsAt, outAt] = parameters(memory, params);
  const from = block * length;
  const size = Math.min(length, n - from);
  const part = (address: number, vector: number): Float64Array =>
    float64At(memory, address + (vector * n + from) * 8, size);
  const weights = part(weightsAt, 0);
  const out = float64At(memory, outAt + block * nLeft * nRight * 8, nLeft * nRight);
  for (let i = 0; i < nLeft; i++) {
    const left = part(leftAt, i).map((value, k) => value * weights[k]);
    for (let j = 0; j < nRight; j++) out[i * nRight + j] = product(left, part(rightAt, j));
  }
}

/** In four interleaved streams, as SIMD adds. */
function product(x: Float64Array, y: Float64Array): number {
  const whole = x.length - (x.length % 4);
  const s = [0, 0, 0, 0];
  for (let k = 0; k < whole; k++) s[k % 4] += x[k] * y[k];
  let total = s[0] + s[2] + (s[1] + s[3]);
  for (let k = whole; k < x.length; k++) total += x[k] * y[k];
  return total;
}

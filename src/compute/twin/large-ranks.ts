import { float64At, parameters, uint32At, type TwinMemory } from "./memory.ts";
import { ranksOrNaN } from "./scores.ts";

/** One chunk of the values, and its row of the table. */
function chunkAt(memory: TwinMemory, params: number, block: number) {
  const p = parameters(memory, params);
  const [n, values, length, , tables, nBuckets] = p;
  const size = Math.min(length, n - block * length);
  return {
    p,
    values: float64At(memory, values + block * length * 8, size),
    buckets: new Uint16Array(memory.buffer, p[11] + block * length * 2, size),
    table: uint32At(memory, tables + block * nBuckets * 4, nBuckets),
  };
}

/** Twin of `chunkRange` in `assembly/large-ranks.ts`. */
export function chunkRange(memory: TwinMemory, params: number, block: number): void {
  const { p, values } = chunkAt(memory, params, block);
  const range = float64At(memory, p[3] + block * 16, 2);
  range[0] = values.reduce((least, value) => Math.min(least, value), Infinity);
  range[1] = values.reduce((most, value) => Math.max(most, value), -Infinity);
}

/** Twin of `chunkCounts`. */
export function chunkCounts(memory: TwinMemory, params: number, block: number): void {
  const { p, values, table, buckets } = chunkAt(memory, params, block);
  table.fill(0);
  for (let i = 0; i < values.length; i++) {
    buckets[i] = Math.floor((values[i] - p[6]) * p[7]);
    table[buckets[i]]++;
  }
}

/** Twin of `chunkSpread`. */
export function chunkSpread(memory: TwinMemory, params: number, block: number): void {
  const { p, values, table, buckets } = chunkAt(memory, params, block);
  const spread = float64At(memory, p[8], p[0]);
  const next = table.slice();
  for (let i = 0; i < values.length; i++) spread[next[buckets[i]]++] = values[i];
}

/** Twin of `bucketRanks`. */
export function bucketRanks(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const [from, to] = uint32At(memory, p[9] + block * 4, 2);
  const values = float64At(memory, p[8] + from * 8, to - from);
  const { ranks, tieSum } = ranksOrNaN(values);
  for (let i = 0; i < values.length; i++) values[i] = ranks[i] + from;
  float64At(memory, p[10] + block * 8, 1)[0] = tieSum;
}

/** Twin of `chunkRanks`. */
export function chunkRanks(memory: TwinMemory, params: number, block: number): void {
  const { p, values, table, buckets } = chunkAt(memory, params, block);
  const spread = float64At(memory, p[8], p[0]);
  const next = table.slice();
  for (let i = 0; i < values.length; i++) values[i] = spread[next[buckets[i]]++];
}

import { denseRanks } from "../average-ranks.ts";
import { inversions } from "../inversions.ts";
import { sortOrder } from "../sort-order.ts";
import { float64At, parameters, uint32At, type TwinMemory } from "./memory.ts";

/** A vector's positions in order, dense ranks, and [distinct values, tied pairs]; NaN anywhere: both NaN. */
interface Sorted {
  readonly order: Uint32Array;
  readonly dense: Uint32Array;
  readonly summary: readonly [distinct: number, tiedPairs: number];
}

function sortVector(x: Float64Array): Sorted {
  if (x.some(Number.isNaN))
    return { order: new Uint32Array(), dense: new Uint32Array(), summary: [NaN, NaN] };
  const order = sortOrder(x);
  const dense = denseRanks(x, order);
  const distinct = x.length === 0 ? 0 : dense[order[x.length - 1]] + 1;
  return { order, dense, summary: [distinct, tiedPairs(order, (a, b) => dense[a] === dense[b])] };
}

/** Twin of `denseOrder` in `assembly/kendall.ts`. */
export function denseOrder(memory: TwinMemory, params: number, block: number): void {
  const [n, values, orders, denses, summaries] = parameters(memory, params);
  const { order, dense, summary } = sortVector(float64At(memory, values + block * n * 8, n));
  uint32At(memory, orders + block * n * 4, n).set(order);
  uint32At(memory, denses + block * n * 4, n).set(dense);
  float64At(memory, summaries + block * 16, 2).set(summary);
}

/** Twin of `kendallCounts` in `assembly/kendall.ts`. */
export function kendallCounts(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const [n, nModels] = p;
  const i = Math.floor(block / nModels);
  const j = block % nModels;
  const distinct = [p[4] + i * 16, p[7] + j * 16].map((at) => float64At(memory, at, 1)[0]);
  const x = uint32At(memory, p[3] + i * n * 4, n);
  const y = uint32At(memory, p[6] + j * n * 4, n);
  float64At(memory, p[8] + block * 16, 2).set(
    distinct.some(Number.isNaN) ? [NaN, NaN] : countPair(x, y),
  );
}

/** Twin of `kendallVectors` in `assembly/kendall.ts`. */
export function kendallVectors(memory: TwinMemory, params: number, block: number): void {
  const [n, nModels, values, vectorBytes, , denses, summaries, out] = parameters(memory, params);
  const vector = float64At(memory, values + block * vectorBytes, n);
  const model = (m: number): { distinct: number; dense: Uint32Array } => ({
    distinct: float64At(memory, summaries + m * 16, 1)[0],
    dense: uint32At(memory, denses + m * n * 4, n),
  });
  const counts = float64At(memory, out + block * (nModels + 1) * 16, (nModels + 1) * 2);
  countVector(vector, nModels, model, counts);
}

/** [distinct values, tied pairs] of a vector, then [discordant pairs, pairs tied in both] with each model. */
export function countVector(
  vector: Float64Array,
  nModels: number,
  model: (m: number) => { distinct: number; dense: Uint32Array },
  counts: Float64Array,
): void {
  const { dense, summary } = sortVector(vector);
  counts.set(summary);
  for (let m = 0; m < nModels; m++) {
    const y = model(m);
    const known = !Number.isNaN(summary[0]) && !Number.isNaN(y.distinct);
    counts.set(known ? countPair(dense, y.dense) : [NaN, NaN], (m + 1) * 2);
  }
}

/** Discordant pairs, and pairs tied in both. */
function countPair(x: Uint32Array, y: Uint32Array): [discordant: number, tied: number] {
  const order = Uint32Array.from({ length: x.length }, (_, k) => k);
  order.sort((a, b) => x[a] - x[b] || y[a] - y[b]);
  return [
    inversions(order.map((k) => y[k])),
    tiedPairs(order, (a, b) => x[a] === x[b] && y[a] === y[b]),
  ];
}

function tiedPairs(order: Uint32Array, same: (a: number, b: number) => boolean): number {
  let pairs = 0;
  let run = 0;
  for (let k = 1; k < order.length; k++) {
    run = same(order[k - 1], order[k]) ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

import { denseRanks } from "../average-ranks.ts";
import { inversions } from "../inversions.ts";
import { sortOrder } from "../sort-order.ts";
import { float64At, parameters, uint32At, type TwinMemory } from "./memory.ts";

/** Twin of `denseOrder` in `assembly/kendall.ts`. */
export function denseOrder(memory: TwinMemory, params: number, block: number): void {
  const [n, values, orders, denses, summaries] = parameters(memory, params);
  const x = float64At(memory, values + block * n * 8, n);
  const summary = float64At(memory, summaries + block * 16, 2);
  if (x.some(Number.isNaN)) {
    summary.fill(NaN);
    return;
  }
  const order = sortOrder(x);
  const dense = denseRanks(x, order);
  uint32At(memory, orders + block * n * 4, n).set(order);
  uint32At(memory, denses + block * n * 4, n).set(dense);
  summary[0] = n === 0 ? 0 : dense[order[n - 1]] + 1;
  summary[1] = tiedPairs(order, (a, b) => dense[a] === dense[b]);
}

/** Twin of `kendallCounts` in `assembly/kendall.ts`. */
export function kendallCounts(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const [n, nModels] = p;
  const i = Math.floor(block / nModels);
  const j = block % nModels;
  const out = float64At(memory, p[8] + block * 16, 2);
  const distinct = [p[4] + i * 16, p[7] + j * 16].map((at) => float64At(memory, at, 1)[0]);
  if (distinct.some(Number.isNaN)) {
    out.fill(NaN);
    return;
  }
  const x = uint32At(memory, p[3] + i * n * 4, n);
  const y = uint32At(memory, p[6] + j * n * 4, n);
  const order = Uint32Array.from({ length: n }, (_, k) => k);
  order.sort((a, b) => x[a] - x[b] || y[a] - y[b]);
  out[0] = inversions(order.map((k) => y[k]));
  out[1] = tiedPairs(order, (a, b) => x[a] === x[b] && y[a] === y[b]);
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

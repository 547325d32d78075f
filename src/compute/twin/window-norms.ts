import { CORRELATION, TILE } from "./convert.ts";
import { parameters, type TwinMemory } from "./memory.ts";
import { segmentsOf, slideSums } from "./slide.ts";

/** Twin of `assembly/window-norms.ts`. */
export function windowNorms(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const [, nChannels, length, from, to, stride, panelSamples, metric, inverseCount] = p;
  const all = new Float64Array(memory.buffer);
  const [sums, squares, scales] = [p[11], p[12], p[13]].map((at) => at / 8 + block * TILE);
  for (const { base, first, last } of segmentsOf(from, to, p[15])) {
    for (let lane = 0; lane < TILE; lane++) {
      const panel = p[9] / 8 + (block * panelSamples + base) * nChannels * TILE + lane;
      const sampleSum = (power: number) => (t: number) => {
        let sum = 0;
        for (let c = 0; c < nChannels; c++) {
          const x = all[panel + (t * nChannels + c) * TILE];
          sum += power === 2 ? x * x : x;
        }
        return sum;
      };
      const row = (s: number) => (base + s - from) * stride + lane;
      slideSums(sampleSum(1), { first, last, length }, (s, sum) => {
        all[sums + row(s)] = metric === CORRELATION ? sum : 0;
      });
      slideSums(sampleSum(2), { first, last, length }, (s, square) => {
        const sum = all[sums + row(s)];
        all[squares + row(s)] = square;
        all[scales + row(s)] = 1 / Math.sqrt(square - sum * sum * inverseCount);
      });
    }
  }
}

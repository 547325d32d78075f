import { CORRELATION, TILE } from "./convert.ts";
import { parameters, type TwinMemory } from "./memory.ts";

/** Twin of `assembly/window-norms.ts`. */
export function windowNorms(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params);
  const [n, nChannels, length, from, to, stride, panelSamples, metric, inverseCount] = p;
  const windows = p[15];
  const all = new Float64Array(memory.buffer);
  const nTiles = Math.ceil(n / TILE);
  const base = Math.floor(block / nTiles) * windows;
  const tile = block % nTiles;
  const first = Math.max(0, from - base);
  const last = Math.min(windows, to - base);
  const row0 = (base + first - from) * stride + tile * TILE;
  const [sums, squares, scales] = [p[11], p[12], p[13]].map((address) => address / 8 + row0);
  const panel = p[9] / 8 + (tile * panelSamples + base) * nChannels * TILE;
  for (let lane = 0; lane < TILE; lane++) {
    const sample = (t: number, c: number) => all[panel + (t * nChannels + c) * TILE + lane];
    let sum = 0;
    let square = 0;
    const addSample = (t: number) => {
      for (let c = 0; c < nChannels; c++) {
        const x = sample(t, c);
        sum += x;
        square += x * x;
      }
    };
    for (let t = length - 1; t >= first; t--) {
      addSample(t);
      if (t >= last) continue;
      all[sums + (t - first) * stride + lane] = sum;
      all[squares + (t - first) * stride + lane] = square;
    }
    sum = square = 0;
    for (let s = 1; s < last; s++) {
      addSample(s + length - 1);
      if (s < first) continue;
      all[sums + (s - first) * stride + lane] += sum;
      all[squares + (s - first) * stride + lane] += square;
    }
    for (let s = 0; s < last - first; s++) {
      const at = s * stride + lane;
      const total = metric === CORRELATION ? all[sums + at] : 0;
      all[sums + at] = total;
      all[scales + at] = 1 / Math.sqrt(all[squares + at] - total * total * inverseCount);
    }
  }
}

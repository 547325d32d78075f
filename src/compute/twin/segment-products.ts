import { float64At, parameters, uint32At, type TwinMemory } from "./memory.ts";

/** Targets of a block. */
const LANES = 32;

/** Twin of `assembly/segment-products.ts`. */
export function segmentProducts(memory: TwinMemory, params: number, block: number): void {
  const p = parameters(memory, params, "segments");
  const { nRows, nTiles, width, nSegments } = p;
  const starts = uint32At(memory, p.starts, nSegments + 1);
  const features = float64At(memory, p.panels, nTiles * 4 * nRows);
  const targets = float64At(memory, p.targets, nRows * width);
  const means = float64At(memory, p.means + block * 256, LANES);
  const nFeatures = nTiles * 4;
  const products = float64At(memory, p.products, (block + 1) * nSegments * nFeatures * LANES);
  const sums = float64At(memory, p.sums, (block + 1) * nSegments * 3 * LANES);
  for (let lane = 0; lane < LANES; lane++) {
    const column = Float64Array.from(
      { length: nRows },
      (_, row) => targets[row * width + block * LANES + lane],
    );
    means[lane] = p.centred === 0 ? 0 : meanOf(column);
    if (p.centred !== 0) column.forEach((value, row) => (column[row] = value - means[lane]));
    for (let s = 0; s < nSegments; s++) {
      const at = block * nSegments + s;
      const part = column.subarray(starts[s], starts[s + 1]);
      sumsOf(part).forEach((value, k) => (sums[(at * 3 + k) * LANES + lane] = value));
      for (let i = 0; i < nFeatures; i++) {
        const panel = (i >> 2) * nRows * 4 + (i & 3);
        let sum = 0;
        const from = panel + starts[s] * 4;
        for (let row = 0; row < part.length; row++) sum += features[from + row * 4] * part[row];
        products[(at * nFeatures + i) * LANES + lane] = sum;
      }
    }
  }
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value - values[0];
  return values[0] + sum / values.length;
}

/** Sum, sum of squares, sum of squares about the mean. */
function sumsOf(values: Float64Array): [number, number, number] {
  const mean = meanOf(values);
  let [sum, squares, about] = [0, 0, 0];
  for (const y of values) {
    sum += y;
    squares += y * y;
    about += (y - mean) * (y - mean);
  }
  return [sum, squares, about];
}

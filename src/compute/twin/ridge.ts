import type { Parameters } from "../layouts.ts";
import { float64At, parameters, uint32At, type TwinMemory } from "./memory.ts";

const LANES = 32;

/** What the kernels of `assembly/ridge.ts` find at their parameters. */
class RidgeTwin {
  readonly p: Parameters<"ridge">;
  readonly nFeatures: number;
  readonly padded: number;
  readonly nSegments: number;
  readonly #memory: TwinMemory;
  readonly #rows: Float64Array[][] = [];

  constructor(memory: TwinMemory, params: number) {
    this.#memory = memory;
    this.p = parameters(memory, params, "ridge");
    this.nFeatures = this.p.nFeatures;
    this.padded = this.p.nTiles * 4;
    this.nSegments = this.p.nSegments;
  }

  at(address: number, length: number): Float64Array {
    return float64At(this.#memory, address, length);
  }

  unit(u: number): Int32Array {
    return Int32Array.from(uint32At(this.#memory, this.p.units + u * 16, 3));
  }

  rowsIn(s: number): number {
    const starts = uint32At(this.#memory, this.p.starts + s * 4, 2);
    return starts[1] - starts[0];
  }

  trained(u: number): number[] {
    const [a, b] = this.unit(u);
    return Array.from({ length: this.nSegments }, (_, s) => s).filter((s) => s !== a && s !== b);
  }

  rowsTrained(u: number): number {
    return this.trained(u).reduce((sum, s) => sum + this.rowsIn(s), 0);
  }

  /** Row i of the sums of products of the features in a segment. */
  gramRow(s: number, i: number): Float64Array {
    const rows = (this.#rows[s] ??= []);
    return (rows[i] ??= Float64Array.from({ length: this.padded }, (_, j) => this.#gram(s, i, j)));
  }

  #gram(s: number, i: number, j: number): number {
    const group = ((j >> 5) * this.nSegments + s) * this.padded + i;
    return this.at(this.p.featureProducts + (group * LANES + (j & 31)) * 8, 1)[0];
  }

  featureSum(s: number, i: number): number {
    return this.at(
      this.p.featureSums + (((i >> 5) * this.nSegments + s) * 96 + (i & 31)) * 8,
      1,
    )[0];
  }

  means(u: number): Float64Array {
    return this.at(this.p.means + u * this.padded * 8, this.padded);
  }

  inverse(u: number): Float64Array {
    return this.at(
      this.p.inverses + u * this.nFeatures * this.padded * 8,
      this.nFeatures * this.padded,
    );
  }

  products(block: number, s: number): Float64Array {
    const size = this.padded * LANES;
    return this.at(this.p.targetProducts + (block * this.nSegments + s) * size * 8, size);
  }

  sums(block: number, s: number): Float64Array {
    return this.at(this.p.targetSums + (block * this.nSegments + s) * 768, 96);
  }
}

/** Twin of `ridgeInverses` in `assembly/ridge.ts`. */
export function ridgeInverses(memory: TwinMemory, params: number, block: number): void {
  const twin = new RidgeTwin(memory, params);
  const { nFeatures: n, padded, p } = twin;
  const means = twin.means(block);
  const nRows = twin.rowsTrained(block);
  means.fill(0);
  for (let i = 0; i < padded && p.intercept !== 0; i++) {
    for (const s of twin.trained(block)) means[i] += twin.featureSum(s, i);
    means[i] /= nRows;
  }
  const rows = Array.from({ length: n }, (_, i) => {
    const row = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      for (const s of twin.trained(block)) row[j] += twin.gramRow(s, i)[j];
      row[j] += -nRows * means[i] * means[j];
    }
    return row;
  });
  const alpha = twin.at(p.alphas + block * 8, 1)[0];
  rows.forEach((row, i) => (row[i] += alpha));
  const pivot = factorize(rows);
  twin.at(p.pivots + block * 8, 1)[0] = pivot;
  if (!(pivot > 0)) return;
  const inverse = invert(rows);
  const out = twin.inverse(block);
  for (let i = 0; i < padded; i++) {
    for (let k = 0; k < n; k++)
      out[((i >> 2) * n + k) * 4 + (i & 3)] = i < n ? inverse[Math.max(i, k)][Math.min(i, k)] : 0;
  }
}

function factorize(rows: Float64Array[]): number {
  const n = rows.length;
  const diagonal = rows.map((row, i) => row[i]);
  let smallest = 1;
  for (let k = 0; k < n; k++) {
    const share = rows[k][k] / diagonal[k];
    if (!(share > 1e-15 * n)) return 0;
    smallest = Math.min(smallest, share);
    const root = Math.sqrt(rows[k][k]);
    for (let j = k; j < n; j++) rows[k][j] /= root;
    for (let i = k + 1; i < n; i++)
      for (let j = i; j < n; j++) rows[i][j] += -rows[k][i] * rows[k][j];
  }
  return smallest;
}

function invert(rows: readonly Float64Array[]): Float64Array[] {
  const n = rows.length;
  const lower = rows.map(() => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    lower[i][i] = 1;
    for (let k = 0; k < i; k++)
      for (let j = 0; j <= k; j++) lower[i][j] += -rows[k][i] * lower[k][j];
    for (let j = 0; j <= i; j++) lower[i][j] /= rows[i][i];
  }
  const inverse = rows.map(() => new Float64Array(n));
  for (let k = 0; k < n; k++)
    for (let i = 0; i <= k; i++)
      for (let j = 0; j <= i; j++) inverse[i][j] += lower[k][i] * lower[k][j];
  return inverse;
}

/** Twin of `ridgeScores` in `assembly/ridge.ts`. */
export function ridgeScores(memory: TwinMemory, params: number, block: number): void {
  const twin = new RidgeTwin(memory, params);
  const { p, padded } = twin;
  const [nUnits, nBlocks] = [p.nUnits, p.nBlocks];
  for (let u = 0; u < nUnits; u++) {
    const at = u * nBlocks + block;
    const size = padded * LANES;
    const weights =
      p.weights === 0 ? new Float64Array(size) : twin.at(p.weights + at * size * 8, size);
    const targetMeans = twin.at(p.targetMeans + at * 256, LANES);
    for (let lane = 0; lane < LANES; lane++) {
      fit(twin, u, block, lane, weights, targetMeans);
      if (twin.unit(u)[2] < 0) continue;
      const [r2, r] = score(twin, u, block, lane, weights, targetMeans[lane]);
      twin.at(p.r2 + at * 256 + lane * 8, 1)[0] = r2;
      twin.at(p.r + at * 256 + lane * 8, 1)[0] = r;
    }
  }
}

function fit(
  twin: RidgeTwin,
  u: number,
  block: number,
  lane: number,
  weights: Float64Array,
  targetMeans: Float64Array,
): void {
  const { nFeatures: n, padded } = twin;
  const trained = twin.trained(u);
  const nRows = twin.rowsTrained(u);
  const means = twin.means(u);
  const inverse = twin.inverse(u);
  let mean = 0;
  if (twin.p.intercept !== 0) for (const s of trained) mean += twin.sums(block, s)[lane];
  mean /= nRows;
  targetMeans[lane] = mean;
  const right = new Float64Array(n);
  for (const s of trained) {
    const products = twin.products(block, s);
    for (let k = 0; k < n; k++) right[k] += products[k * LANES + lane];
  }
  for (let k = 0; k < n; k++) right[k] += -nRows * means[k] * mean;
  for (let i = 0; i < padded; i++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += inverse[((i >> 2) * n + k) * 4 + (i & 3)] * right[k];
    weights[i * LANES + lane] = sum;
  }
}

function score(
  twin: RidgeTwin,
  u: number,
  block: number,
  lane: number,
  weights: Float64Array,
  targetMean: number,
): [number, number] {
  const { nFeatures: n, padded } = twin;
  const s = twin.unit(u)[2];
  const rows = twin.rowsIn(s);
  const means = twin.means(u);
  const products = twin.products(block, s);
  const w = (k: number): number => weights[k * LANES + lane];
  let [fitted, both, sum, shift] = [0, 0, 0, 0];
  const column = Float64Array.from({ length: n }, (_, k) => w(k));
  const images = new Float64Array(padded);
  for (let k = 0; k < n; k++) {
    const row = twin.gramRow(s, k);
    for (let i = 0; i < padded; i++) images[i] += row[i] * column[k];
  }
  for (let i = 0; i < padded; i++) {
    fitted += images[i] * w(i);
  }
  for (let k = 0; k < n; k++) {
    both += products[k * LANES + lane] * w(k);
    sum += twin.featureSum(s, k) * w(k);
    shift += means[k] * w(k);
  }
  const offset = targetMean - shift;
  const targets = twin.sums(block, s);
  const [y, squares, about] = [targets[lane], targets[LANES + lane], targets[2 * LANES + lane]];
  const predicted = fitted + 2 * offset * sum + rows * offset * offset;
  const product = both + offset * y;
  const error = squares - 2 * product + predicted;
  const mean = (sum + rows * offset) / rows;
  const spread = predicted - rows * mean * mean;
  const together = product - mean * y;
  return [
    about > 0 ? 1 - error / about : error > 0 ? 0 : 1,
    spread > 1e-14 * predicted && about > 0 ? together / Math.sqrt(spread * about) : NaN,
  ];
}

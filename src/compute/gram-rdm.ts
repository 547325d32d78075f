import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import { OutOfMemory } from "./errors.ts";
import { runSync } from "./run-sync.ts";
import { isLossy, unitDistance, unitPattern } from "./exact-correlation.ts";
import type { GramMetric } from "./kernels.ts";
import type { Arena } from "./arena.ts";
import type { Steps } from "./step.ts";
import { typicalValue } from "./typical-value.ts";
import { metricNumber } from "./window-layout.ts";
import { computeEngine } from "./compute-engine.ts";

/** Numbers of items × features. */
export type Rows = Float64Array | Float32Array;

/** Features summed on their own before the sums are added in order: the grid that makes the result reproducible. */
const CHUNK_FEATURES = 2048;
/** Packed features and sums of chunks held at once take at most about so many bytes. */
const GROUP_BYTES = 20 * 2 ** 20;
const PRODUCTS_PER_MS = 8e6;
const CORRELATION = 0;
const COSINE = 1;

/**
 * RDM of `n` items × `k` features by products of all pairs at once, on all threads.
 *
 * @returns condensed dissimilarities; NaN for pairs of a constant item (correlation) or a zero one (cosine).
 * @throws InvalidArgument, ShapeMismatch, UnknownOption; Cancelled, WorkerFailed, OutOfMemory.
 */
export function gramRdm(
  rows: Rows,
  n: number,
  k: number,
  metric: GramMetric,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<Float64Array> {
  checkShape(rows, n, k);
  const number = metricNumber(metric);
  const problem = { rows, n, k, metric: number, bytes: number <= COSINE && areBytes(rows) };
  const options = {
    work: "computing an RDM",
    signal: job.signal,
    jobs: job.jobs,
    expectedMs: (n * n * k) / 2 / PRODUCTS_PER_MS,
  };
  return engine.use(options, (workspace) =>
    workspace.runSteps(new GramJob(workspace, problem, job).steps()),
  );
}

/**
 * The same on the calling thread, now; undefined when the sums of squares leave the range in which products of norms
 * are numbers, as patterns beyond 1e140 do, and when there are more items than the memory of the kernels holds (some
 * 18,000): plain code does both.
 *
 * @throws InvalidArgument, ShapeMismatch, UnknownOption.
 */
export function gramRdmSync(
  rows: Rows,
  n: number,
  k: number,
  metric: GramMetric,
): Float64Array | undefined {
  checkShape(rows, n, k);
  const number = metricNumber(metric);
  const problem = { rows, n, k, metric: number, bytes: number <= COSINE && areBytes(rows) };
  try {
    return runSync(function* (memory) {
      const job = new GramJob(memory, problem, {});
      const rdm = yield* job.steps();
      return job.isInRange() ? rdm : undefined;
    });
  } catch (error) {
    if (error instanceof OutOfMemory) return undefined;
    throw error;
  }
}

/**
 * Products of every row with every row on all threads: n × n, symmetric, in C order.
 *
 * @throws InvalidArgument, ShapeMismatch; Cancelled, WorkerFailed, OutOfMemory.
 */
export function gramProducts(
  rows: Float64Array,
  n: number,
  k: number,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<Float64Array> {
  checkShape(rows, n, k);
  const problem = { rows, n, k, metric: COSINE, bytes: false };
  const expectedMs = (n * n * k) / 2 / PRODUCTS_PER_MS;
  return engine.use({ work: "products of rows", ...job, expectedMs }, (workspace) =>
    workspace.runSteps(new GramJob(workspace, problem, job).productSteps()),
  );
}

/** Products of every row with every row on the calling thread, now: n × n, symmetric, in C order. */
export function gramSync(rows: Float64Array, n: number, k: number): Float64Array {
  checkShape(rows, n, k);
  const problem = { rows, n, k, metric: COSINE, bytes: areBytes(rows) };
  return runSync((memory) => new GramJob(memory, problem, {}).productSteps());
}

function checkShape(rows: Rows, n: number, k: number): void {
  for (const [name, value] of Object.entries({ n, k })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new InvalidArgument(name, value, "give a whole number from 1");
  }
  if (rows.length !== n * k)
    throw new ShapeMismatch(`${n} items × ${k} features`, `${rows.length} numbers`);
}

interface Problem {
  readonly rows: Rows;
  readonly n: number;
  readonly k: number;
  readonly metric: number;
  /** All features are whole numbers from 0 to 255: their products are exact, and faster, in integers. */
  readonly bytes: boolean;
}

function areBytes(rows: Rows): boolean {
  for (let k = 0; k < rows.length; k++) {
    if ((rows[k] & 255) !== rows[k]) return false;
  }
  return true;
}

/** Chunk after chunk of features: packed here, multiplied by all threads, added in order. */
class GramJob {
  readonly #memory: Arena;
  readonly #problem: Problem;
  readonly #job: JobOptions;
  readonly #nTiles: number;
  readonly #tileBytes: number;
  readonly #groupFeatures: number;
  readonly #shifts: Float64Array;
  readonly #sums: Float64Array;
  readonly #addresses: {
    readonly panels: readonly [number, number];
    readonly tiles: number;
    readonly totals: number;
    readonly sums: number;
    readonly scales: number;
    readonly out: number;
  };

  constructor(memory: Arena, problem: Problem, job: JobOptions) {
    const { n, k } = problem;
    this.#memory = memory;
    this.#problem = problem;
    this.#job = job;
    this.#nTiles = Math.ceil(n / 4);
    this.#tileBytes = ((this.#nTiles * (this.#nTiles + 1)) / 2) * 128;
    const chunkBytes = this.#nTiles * 32 * Math.min(k, CHUNK_FEATURES);
    const chunks = Math.max(1, Math.floor(GROUP_BYTES / (2 * chunkBytes + this.#tileBytes)));
    this.#groupFeatures = Math.min(k, chunks * CHUNK_FEATURES);
    this.#shifts = this.#findShifts();
    this.#sums = new Float64Array(this.#nTiles * 4);
    const panelBytes = this.#nTiles * 32 * this.#groupFeatures;
    const nChunks = Math.ceil(this.#groupFeatures / CHUNK_FEATURES);
    const first = memory.allocate(panelBytes);
    this.#addresses = {
      panels: [first, this.#groupFeatures < k ? memory.allocate(panelBytes) : first],
      tiles: memory.allocate(nChunks * this.#tileBytes),
      totals: memory.allocate(this.#tileBytes),
      sums: memory.allocate(this.#nTiles * 32),
      scales: memory.allocate(this.#nTiles * 32),
      out: memory.allocate(((n * (n - 1)) / 2) * 8),
    };
  }

  /** The products themselves, n × n. */
  *productSteps(): Steps<Float64Array> {
    yield* this.#totalSteps();
    const { n } = this.#problem;
    const totals = this.#memory.float64(this.#addresses.totals, this.#tileBytes / 8);
    const products = new Float64Array(n * n);
    for (let i = 0; i < n; i += 4) {
      for (let j = i, tile = this.#place(i, i); j < n; j += 4, tile += 16) {
        for (let cell = 0; cell < 16; cell++) {
          const [row, column] = [i + (cell >> 2), j + (cell & 3)];
          if (row < n && column < n)
            products[row * n + column] = products[column * n + row] = totals[tile + cell];
        }
      }
    }
    return products;
  }

  *#totalSteps(): Steps<void> {
    const { k } = this.#problem;
    this.#memory.float64(this.#addresses.totals, this.#tileBytes / 8).fill(0);
    const nGroups = Math.ceil(k / this.#groupFeatures);
    this.#pack(0);
    for (let group = 0; group < nGroups; group++) yield* this.#multiply(group, nGroups);
  }

  *steps(): Steps<Float64Array> {
    const { n } = this.#problem;
    yield* this.#totalSteps();
    this.#writeNorms();
    yield {
      kernel: "gramFinish",
      params: this.#params(0),
      nBlocks: this.#nTiles,
      options: { expectedMs: (n * n) / 5e5 },
    };
    const nPairs = (n * (n - 1)) / 2;
    const rdm = this.#memory.float64(this.#addresses.out, nPairs).slice();
    // A single number has no pattern, whatever its sign.
    if (this.#problem.k < 2 && this.#problem.metric <= COSINE) return rdm.fill(NaN);
    if (this.#problem.metric === CORRELATION) this.#repair(rdm);
    return rdm;
  }

  *#multiply(group: number, nGroups: number): Steps<void> {
    const params = this.#params(group);
    const side = Math.ceil(this.#nTiles / 8);
    const nChunks = Math.ceil(params[1] / CHUNK_FEATURES);
    const report = this.#reporter(group, nGroups);
    const nBlocks = (nChunks * side * (side + 1)) / 2;
    yield {
      kernel: this.#problem.bytes ? "gramByteTiles" : "gramTiles",
      params,
      nBlocks,
      options: {
        meanwhile: () => group + 1 < nGroups && this.#pack(group + 1),
        onBlocks: (done) => report(done / nBlocks),
        expectedMs: (this.#problem.n ** 2 * params[1]) / 2 / PRODUCTS_PER_MS,
      },
    };
    const expectedMs = (this.#tileBytes * nChunks) / 4e6;
    yield { kernel: "gramReduce", params, nBlocks: this.#nTiles, options: { expectedMs } };
  }

  #reporter(group: number, nGroups: number): (part: number) => void {
    const { onProgress } = this.#job;
    if (typeof onProgress !== "function") return () => {};
    const total = this.#problem.k;
    return (part) => onProgress({ done: Math.floor((total * (group + part)) / nGroups), total });
  }

  #params(group: number): number[] {
    const { n, k, metric } = this.#problem;
    const { panels, tiles, totals, sums, scales, out } = this.#addresses;
    const width = Math.min(this.#groupFeatures, k - group * this.#groupFeatures);
    // prettier-ignore
    return [n, width, CHUNK_FEATURES, metric, panels[group % 2], tiles, totals, sums, scales, out, 1 / k];
  }

  #findShifts(): Float64Array {
    const { rows, n, k, metric, bytes } = this.#problem;
    if (metric !== CORRELATION) return new Float64Array(n);
    if (bytes) return new Float64Array(n).fill(128);
    return Float64Array.from({ length: n }, (_, i) => typicalValue(k, (f) => rows[i * k + f]));
  }

  /** Panels [chunk][tile of 4 items][feature][4 items] of a group of chunks; the sums of items on the way. */
  #pack(group: number): void {
    const { k } = this.#problem;
    const from = group * this.#groupFeatures;
    const to = Math.min(k, from + this.#groupFeatures);
    const address = this.#addresses.panels[group % 2];
    for (let chunk = from; chunk < to; chunk += CHUNK_FEATURES) {
      throwIfCancelled(this.#job.signal, "computing an RDM");
      const width = Math.min(CHUNK_FEATURES, to - chunk);
      if (this.#problem.bytes) this.#packBytes(address, chunk - from, chunk, width);
      else this.#packFloats(address, chunk - from, chunk, width);
    }
  }

  #packFloats(address: number, offset: number, from: number, width: number): void {
    const start = address + offset * this.#nTiles * 32;
    const panels = this.#memory.float64(start, this.#nTiles * 4 * width);
    for (let tile = 0; tile < this.#nTiles; tile++) {
      this.#packTile(panels.subarray(tile * width * 4), tile, from, width);
    }
  }

  /** Panels [tile][pair of features][4 items][2 features] of 16-bit integers. */
  #packBytes(address: number, offset: number, from: number, width: number): void {
    const { rows, n, k } = this.#problem;
    const length = Math.ceil(width / 2) * 8;
    const start = address + offset * this.#nTiles * 8;
    const panels = this.#memory.int16(start, this.#nTiles * length);
    if (width % 2 === 1 || n % 4 !== 0) panels.fill(0);
    for (let item = 0; item < n; item++) {
      const shift = this.#shifts[item];
      const at = item * k + from;
      const to = (item >> 2) * length + (item & 3) * 2;
      let sum = 0;
      const even = width & ~1;
      for (let f = 0, place = to; f < even; f += 2, place += 8) {
        const first = (rows[at + f] | 0) - shift;
        const second = (rows[at + f + 1] | 0) - shift;
        panels[place] = first;
        panels[place + 1] = second;
        sum += first + second;
      }
      if (even < width) sum += panels[to + even * 4] = rows[at + even] - shift;
      this.#sums[item] += sum;
    }
  }

  #packTile(panel: Float64Array, tile: number, from: number, width: number): void {
    const { rows, n, k } = this.#problem;
    for (let lane = 0; lane < 4; lane++) {
      const item = tile * 4 + lane;
      const shift = this.#shifts[item];
      const start = item * k + from;
      let sum = 0;
      for (let f = 0, to = lane; f < width; f++, to += 4) {
        const value = item < n ? rows[start + f] - shift : 0;
        panel[to] = value;
        sum += value;
      }
      this.#sums[item] += sum;
    }
  }

  /** Sums and 1 / norm of every item, from the diagonal of the products. */
  #writeNorms(): void {
    const { n, k, metric } = this.#problem;
    if (metric !== CORRELATION) this.#sums.fill(0);
    const scales = this.#memory.float64(this.#addresses.scales, this.#sums.length);
    this.#memory.float64(this.#addresses.sums, this.#sums.length).set(this.#sums);
    scales.fill(0);
    if (metric > COSINE) return;
    for (let i = 0; i < n; i++) {
      const sum = this.#sums[i];
      scales[i] = 1 / Math.sqrt(this.#square(i) - sum * sum * (1 / k));
    }
  }

  /** False when a norm is so large or small that a product of two may not be a number, or lose digits. */
  isInRange(): boolean {
    for (let i = 0; i < this.#problem.n; i++) {
      const square = this.#square(i);
      if (square !== 0 && !Number.isNaN(square) && !(square > 1e-280 && square < 1e280))
        return false;
    }
    return true;
  }

  #square(i: number): number {
    return this.#memory.float64(this.#addresses.totals, this.#tileBytes / 8)[this.#place(i, i)];
  }

  /** Place of the sum of items i ≤ j among the tiles. */
  #place(i: number, j: number): number {
    const [row, column] = [i >> 2, j >> 2];
    const tile = (row * (2 * this.#nTiles - row - 1)) / 2 + column;
    return tile * 16 + (i & 3) * 4 + (j & 3);
  }

  /** Compute afresh the pairs of items that are almost or quite constant, or far from zero. */
  #repair(rdm: Float64Array): void {
    const { rows, n, k } = this.#problem;
    const scales = this.#memory.float64(this.#addresses.scales, n);
    const lossy = Array.from({ length: n }, (_, i) => isLossy(scales[i], this.#square(i)));
    if (!lossy.includes(true)) return;
    const unit = (i: number) => unitPattern(Float64Array.from(rows.subarray(i * k, (i + 1) * k)));
    for (let i = 0; i < n; i++) {
      if (!lossy[i]) continue;
      const pattern = unit(i);
      for (let j = 0; j < n; j++) {
        // Pairs of two such items are met twice; once is enough.
        if (j === i || (lossy[j] && j < i)) continue;
        const [low, high] = i < j ? [i, j] : [j, i];
        rdm[(low * (2 * n - low - 1)) / 2 + high - low - 1] = unitDistance(pattern, unit(j));
      }
    }
  }
}

import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import type { Arena } from "./arena.ts";
import { isLossy, repairPairs } from "./exact-correlation.ts";
import { inOrder } from "./layouts.ts";
import { CORRELATION, isAngle } from "./metric-number.ts";
import { RowPacker, type RowsToCompare } from "./pack-rows.ts";
import type { Steps } from "./step.ts";

/** Features summed on their own before the sums are added in order: the grid that makes the result reproducible. */
const CHUNK_FEATURES = 2048;
/** Packed features and sums of chunks held at once take at most about so many bytes. */
const GROUP_BYTES = 20 * 2 ** 20;
const PRODUCTS_PER_MS = 8e6;

/** Rough time in ms of all products on one thread. */
export function productsMs(n: number, k: number): number {
  return (n * n * k) / 2 / PRODUCTS_PER_MS;
}

/** Chunk after chunk of features: packed here, multiplied by all threads, added in order. */
export class GramJob {
  readonly #arena: Arena;
  readonly #of: RowsToCompare;
  readonly #job: JobOptions;
  readonly #packer: RowPacker;
  readonly #nTiles: number;
  readonly #tileBytes: number;
  readonly #groupFeatures: number;
  readonly #addresses: {
    readonly panels: readonly [number, number];
    readonly tiles: number;
    readonly totals: number;
    readonly sums: number;
    readonly scales: number;
    readonly rdm: number;
  };

  constructor(arena: Arena, of: RowsToCompare, job: JobOptions) {
    const { n, k } = of;
    this.#arena = arena;
    this.#of = of;
    this.#packer = new RowPacker(arena, of);
    this.#job = job;
    this.#nTiles = Math.ceil(n / 4);
    this.#tileBytes = ((this.#nTiles * (this.#nTiles + 1)) / 2) * 128;
    const chunkBytes = this.#nTiles * 32 * Math.min(k, CHUNK_FEATURES);
    const chunks = Math.max(1, Math.floor(GROUP_BYTES / (2 * chunkBytes + this.#tileBytes)));
    this.#groupFeatures = Math.min(k, chunks * CHUNK_FEATURES);
    const panelBytes = this.#packer.bytesOf(this.#groupFeatures);
    const nChunks = Math.ceil(this.#groupFeatures / CHUNK_FEATURES);
    const first = arena.allocate(panelBytes);
    const second = this.#groupFeatures < k ? arena.allocate(panelBytes) : first;
    const tiles = arena.allocate(nChunks * this.#tileBytes);
    this.#addresses = {
      panels: [first, second],
      tiles,
      totals: arena.allocate(this.#tileBytes),
      sums: arena.allocate(this.#nTiles * 32),
      scales: arena.allocate(this.#nTiles * 32),
      // The sums of chunks have been added to the totals when it is written, and take more room.
      rdm: tiles,
    };
  }

  /** The products themselves, n × n. */
  *productSteps(): Steps<Float64Array> {
    yield* this.#totalSteps();
    const { n } = this.#of;
    const totals = this.#arena.float64(this.#addresses.totals, this.#tileBytes / 8);
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
    const { k } = this.#of;
    this.#arena.float64(this.#addresses.totals, this.#tileBytes / 8).fill(0);
    const nGroups = Math.ceil(k / this.#groupFeatures);
    this.#pack(0);
    for (let group = 0; group < nGroups; group++) yield* this.#multiply(group, nGroups);
  }

  *steps(): Steps<Float64Array> {
    const { n } = this.#of;
    yield* this.#totalSteps();
    this.#writeNorms();
    yield {
      kernel: "gramFinish",
      params: this.#params(0),
      nBlocks: this.#nTiles,
      options: { expectedMs: (n * n) / 5e5 },
    };
    const nPairs = (n * (n - 1)) / 2;
    const rdm = this.#arena.float64(this.#addresses.rdm, nPairs).slice();
    // A single number has no pattern, whatever its sign.
    if (this.#of.k < 2 && isAngle(this.#of.metric)) return rdm.fill(NaN);
    if (this.#of.metric === CORRELATION) this.#repair(rdm);
    return rdm;
  }

  *#multiply(group: number, nGroups: number): Steps<void> {
    const params = this.#params(group);
    const width = this.#widthOf(group);
    const side = Math.ceil(this.#nTiles / 8);
    const nChunks = Math.ceil(width / CHUNK_FEATURES);
    const report = this.#reporter(group, nGroups);
    const nBlocks = (nChunks * side * (side + 1)) / 2;
    yield {
      kernel: this.#of.bytes ? "gramByteTiles" : "gramTiles",
      params,
      nBlocks,
      options: {
        meanwhile: () => group + 1 < nGroups && this.#pack(group + 1),
        onBlocks: (done) => report(done / nBlocks),
        expectedMs: productsMs(this.#of.n, width),
      },
    };
    const expectedMs = (this.#tileBytes * nChunks) / 4e6;
    yield { kernel: "gramReduce", params, nBlocks: this.#nTiles, options: { expectedMs } };
  }

  #reporter(group: number, nGroups: number): (part: number) => void {
    const { onProgress } = this.#job;
    if (typeof onProgress !== "function") return () => {};
    const total = this.#of.k;
    return (part) => onProgress({ done: Math.floor((total * (group + part)) / nGroups), total });
  }

  #params(group: number): number[] {
    const { n, k, metric } = this.#of;
    const { panels, tiles, totals, sums, scales, rdm } = this.#addresses;
    return inOrder("gram", {
      nItems: n,
      nFeatures: this.#widthOf(group),
      chunkFeatures: CHUNK_FEATURES,
      metric,
      panels: panels[group % 2],
      tiles,
      totals,
      sums,
      scales,
      rdm,
      inverseCount: 1 / k,
    });
  }

  /** Features of a group. */
  #widthOf(group: number): number {
    return Math.min(this.#groupFeatures, this.#of.k - group * this.#groupFeatures);
  }

  /** Panels [chunk][tile of 4 items][feature][4 items] of a group of chunks. */
  #pack(group: number): void {
    const from = group * this.#groupFeatures;
    const to = Math.min(this.#of.k, from + this.#groupFeatures);
    const address = this.#addresses.panels[group % 2];
    for (let chunk = from; chunk < to; chunk += CHUNK_FEATURES) {
      throwIfCancelled(this.#job.signal, "computing an RDM");
      const place = address + this.#packer.bytesOf(chunk - from);
      this.#packer.pack(place, chunk, Math.min(CHUNK_FEATURES, to - chunk));
    }
  }

  /** Sums and 1 / norm of every item, from the diagonal of the products. */
  #writeNorms(): void {
    const { n, k, metric } = this.#of;
    const { sums } = this.#packer;
    if (metric !== CORRELATION) sums.fill(0);
    const scales = this.#arena.float64(this.#addresses.scales, sums.length);
    this.#arena.float64(this.#addresses.sums, sums.length).set(sums);
    scales.fill(0);
    if (!isAngle(metric)) return;
    for (let i = 0; i < n; i++) {
      const sum = sums[i];
      scales[i] = 1 / Math.sqrt(this.#square(i) - sum * sum * (1 / k));
    }
  }

  /** False when a norm is so large or small that a product of two may not be a number, or lose digits. */
  isInRange(): boolean {
    for (let i = 0; i < this.#of.n; i++) {
      const square = this.#square(i);
      if (square !== 0 && !Number.isNaN(square) && !(square > 1e-280 && square < 1e280))
        return false;
    }
    return true;
  }

  #square(i: number): number {
    return this.#arena.float64(this.#addresses.totals, this.#tileBytes / 8)[this.#place(i, i)];
  }

  /** Place of the sum of items i ≤ j among the tiles. */
  #place(i: number, j: number): number {
    const [row, column] = [i >> 2, j >> 2];
    const tile = (row * (2 * this.#nTiles - row - 1)) / 2 + column;
    return tile * 16 + (i & 3) * 4 + (j & 3);
  }

  /** Compute afresh the pairs of items that are almost or quite constant, or far from zero. */
  #repair(rdm: Float64Array): void {
    const { rows, n, k } = this.#of;
    const scales = this.#arena.float64(this.#addresses.scales, n);
    repairPairs(
      n,
      (i) => isLossy(scales[i], this.#square(i)),
      (i) => Float64Array.from(rows.subarray(i * k, (i + 1) * k)),
      (i, j, distance) => (rdm[(i * (2 * n - i - 1)) / 2 + j - i - 1] = distance),
    );
  }
}

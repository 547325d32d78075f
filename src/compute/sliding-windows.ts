import { ShapeMismatch } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import { sortScratchBytes } from "./kernels.ts";
import { inOrder } from "./layouts.ts";
import type { SeriesData } from "./pack-windows.ts";
import type { PatchVectors } from "./patch-scores.ts";
import { TauMemory } from "./tau-memory.ts";
import { fromTileOrder, tileOrder, toTileOrder } from "./tile-order.ts";
import { batchRange, eachWindowBatch, expectedMs, type WindowBatch } from "./window-batches.ts";
import { windowLayout, type WindowLayout, type WindowSeries } from "./window-layout.ts";
import { computeEngine, type ComputeEngine } from "./compute-engine.ts";
import type { Workspace, WorkspaceOptions } from "./workspace.ts";

/** Rough number of values ranked in a ms. */
const RANKS_PER_MS = 1.4e5;

/** The windows of several lists of channels: all windows of the first list, then those of the next. */
export interface WindowPatches extends Omit<WindowSeries, "channels"> {
  /** Numbers of the channels of each place. */
  readonly places: readonly ArrayLike<number>[];
}

/**
 * Products of the (ranked and) centred RDM of every window with vectors, and its squared norm; no RDM is kept.
 *
 * @param data - nItems × nChannels × nSamples in C order.
 * @param onWindow - called for every window of every place in order; the products are a view that does not last.
 * @throws InvalidArgument, ShapeMismatch, UnknownOption; Cancelled, WorkerFailed, OutOfMemory.
 */
export function windowProducts(
  data: SeriesData,
  patches: WindowPatches,
  { ranked, vectors }: PatchVectors,
  onWindow: (window: number, products: Float64Array, squaredNorm: number) => void,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<void> {
  const [nPairs, nVectors] = [vectors[0].length, vectors.length];
  const perPairMs = (ranked ? 1 / RANKS_PER_MS : 0) + nVectors * 5e-7;
  const start = (workspace: Workspace, layout: WindowLayout): Promise<WindowTask> => {
    const memory = new VectorMemory(workspace, { ranked, vectors }, layout);
    return Promise.resolve(async (batch, first, onBlocks) => {
      const raw = await memory.multiply(batch, onBlocks);
      for (let s = 0; s < batch.nWindows; s++) {
        const at = s * (nVectors + 1);
        onWindow(first + s, raw.subarray(at + 1, at + 1 + nVectors), raw[at]);
      }
    });
  };
  return eachPlace(data, patches, { nPairs, perPairMs }, job, engine, start);
}

/**
 * Kendall's tau-a of the RDM of every window of every place with models, which are sorted once. NaN where an RDM or a
 * model is constant or holds NaN.
 *
 * @param models - condensed vectors of equal length.
 * @param onWindow - called for every window of every place in order, with the taus of all models.
 * @throws as {@link windowProducts}.
 */
export function windowTaus(
  data: SeriesData,
  patches: WindowPatches,
  models: readonly Float64Array[],
  onWindow: (window: number, taus: Float64Array) => void,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<void> {
  const [nPairs, nModels] = [models[0].length, models.length];
  const perPairMs = (1 + nModels) / RANKS_PER_MS;
  const start = async (workspace: Workspace, layout: WindowLayout): Promise<WindowTask> => {
    const memory = await TauMemory.sort(workspace, models, layout);
    return async (batch, first, onBlocks) => {
      const taus = await memory.score(batch, onBlocks);
      for (let s = 0; s < batch.nWindows; s++)
        onWindow(first + s, taus.subarray(s * nModels, (s + 1) * nModels));
    };
  };
  return eachPlace(data, patches, { nPairs, perPairMs }, job, engine, start);
}

/** What is done with a batch whose first window is number `first` of all. */
type WindowTask = (
  batch: WindowBatch,
  first: number,
  onBlocks: (done: number) => void,
) => Promise<void>;

/** The windows of each place, batch by batch, one place after the other. */
async function eachPlace(
  data: SeriesData,
  { places, ...series }: WindowPatches,
  models: { readonly nPairs: number; readonly perPairMs: number },
  job: JobOptions,
  engine: ComputeEngine,
  start: (workspace: Workspace, layout: WindowLayout) => Promise<WindowTask>,
): Promise<void> {
  const layouts = places.map((channels) => windowLayout(data.length, { ...series, channels }));
  const bad = layouts.find(({ nPairs }) => nPairs !== models.nPairs);
  if (bad !== undefined)
    throw new ShapeMismatch(`models of ${bad.nPairs} pairs`, `${models.nPairs}`);
  const report = reporter(job, countWindows(layouts));
  await engine.use(jobOf(layouts, models.perPairMs, job), async (workspace) => {
    let before = 0;
    for (const layout of layouts) {
      const mark = workspace.mark();
      const task = await start(workspace, layout);
      await eachWindowBatch(workspace, data, layout, batchRange(layout), (batch) => {
        const first = before + batch.first - layout.from;
        return task(batch, first, (done) => report(first + done));
      });
      before += layout.to - layout.from;
      workspace.release(mark);
    }
  });
}

function countWindows(layouts: readonly WindowLayout[]): number {
  return layouts.reduce((sum, { from, to }) => sum + to - from, 0);
}

/**
 * The RDM of every window in order, condensed; the next batch is computed when it is asked for.
 *
 * @param data - nItems × nChannels × nSamples in C order.
 * @throws InvalidArgument, ShapeMismatch, UnknownOption; Cancelled, WorkerFailed, OutOfMemory.
 */
export async function* slidingWindowRdms(
  data: SeriesData,
  series: WindowSeries,
  job: JobOptions = {},
  engine = computeEngine,
): AsyncGenerator<Float64Array> {
  const layout = windowLayout(data.length, series);
  const report = reporter(job, layout.to - layout.from);
  const order = tileOrder(layout.nItems);
  const [from, to] = batchRange(layout);
  for (let index = from; index < to; index++) {
    // The engine is free between batches, or a job started by who reads the RDMs would wait for ever.
    const rdms = await engine.use(jobOf([layout], 0, job), async (workspace) => {
      const copies: Float64Array[] = [];
      await eachWindowBatch(workspace, data, layout, [index, index + 1], async (batch) => {
        for (let s = 0; s < batch.nWindows; s++) {
          const address = batch.address + s * layout.nPairs * 8;
          copies.push(fromTileOrder(workspace.float64(address, layout.nPairs), order));
        }
        report(batch.first - layout.from + batch.nWindows);
      });
      return copies;
    });
    yield* rdms;
  }
}

function jobOf(
  layouts: readonly WindowLayout[],
  perPairMs: number,
  job: JobOptions,
): WorkspaceOptions {
  return {
    work: "comparing sliding windows",
    signal: job.signal,
    jobs: job.jobs,
    expectedMs: layouts.reduce(
      (sum, layout) =>
        sum + expectedMs(layout) + countWindows([layout]) * layout.nPairs * perPairMs,
      0,
    ),
  };
}

function reporter(job: JobOptions, total: number): (done: number) => void {
  const { onProgress } = job;
  return typeof onProgress === "function" ? (done) => onProgress({ done, total }) : () => {};
}

/** The vectors in the memory of the workspace, in tile order, and room for what comes out. */
class VectorMemory {
  readonly #workspace: Workspace;
  readonly #layout: WindowLayout;
  readonly #vectors: PatchVectors;
  readonly #address: number;
  readonly #out: number;

  constructor(workspace: Workspace, all: PatchVectors, layout: WindowLayout) {
    this.#workspace = workspace;
    this.#vectors = all;
    this.#layout = layout;
    const { nPairs } = layout;
    const { vectors } = all;
    this.#address = workspace.allocate(vectors.length * nPairs * 8);
    this.#out = workspace.allocate(layout.batchWindows * (vectors.length + 1) * 8);
    const tiled = workspace.float64(this.#address, vectors.length * nPairs);
    const order = tileOrder(layout.nItems);
    vectors.forEach((vector, v) => toTileOrder(vector, order, tiled.subarray(v * nPairs)));
  }

  /** Squared norm and products of each window, a view. */
  async multiply(batch: WindowBatch, onBlocks: (done: number) => void): Promise<Float64Array> {
    const { nPairs } = this.#layout;
    const { ranked, vectors } = this.#vectors;
    const params = inOrder("scores", {
      n: nPairs,
      nModels: vectors.length,
      ranked: ranked ? 1 : 0,
      values: batch.address,
      models: this.#address,
      out: this.#out,
      vectorBytes: nPairs * 8,
    });
    await this.#workspace.run("scoreVectors", params, batch.nWindows, {
      scratchBytes: sortScratchBytes(nPairs) + nPairs * 8,
      expectedMs: (batch.nWindows * nPairs) / RANKS_PER_MS,
      onBlocks,
    });
    return this.#workspace.float64(this.#out, batch.nWindows * (vectors.length + 1));
  }
}

import { ShapeMismatch } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import { sortScratchBytes } from "./kernels.ts";
import type { SeriesData } from "./pack-windows.ts";
import type { PatchVectors } from "./patch-scores.ts";
import { TauMemory } from "./tau-memory.ts";
import { fromTileOrder, tileOrder, toTileOrder } from "./tile-order.ts";
import { batchRange, eachWindowBatch, expectedMs, type WindowBatch } from "./window-batches.ts";
import { windowLayout, type WindowLayout, type WindowSeries } from "./window-layout.ts";
import { computeEngine, type ComputeEngine } from "./compute-engine.ts";
import type { Workspace, WorkspaceOptions } from "./workspace.ts";

/** How windows compare with vectors: the numbers from which correlations and regressions follow. */
export interface WindowProducts {
  readonly nWindows: number;
  readonly nVectors: number;
  /** Products of the (ranked and) centred RDM with each vector, nWindows × nVectors. */
  readonly products: Float64Array;
  /** Squared norm of the (ranked and) centred RDM of each window. */
  readonly squaredNorms: Float64Array;
}

/** Rough number of values ranked in a ms. */
const RANKS_PER_MS = 1.4e5;

/**
 * Products of the RDM of every window with vectors, without keeping the RDMs.
 *
 * @param data - nItems × nChannels × nSamples in C order.
 * @throws InvalidArgument, ShapeMismatch, UnknownOption; Cancelled, WorkerFailed, OutOfMemory.
 */
export async function slidingWindowProducts(
  data: SeriesData,
  series: WindowSeries,
  vectors: PatchVectors,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<WindowProducts> {
  return (await patchProducts(data, [series], vectors, job, engine))[0];
}

/**
 * The same for spatio-temporal patches: one result for each list of channels.
 *
 * @param patches - numbers of the channels of each patch.
 * @throws as {@link slidingWindowProducts}.
 */
export function slidingPatchProducts(
  data: SeriesData,
  series: Omit<WindowSeries, "channels">,
  patches: readonly ArrayLike<number>[],
  vectors: PatchVectors,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<WindowProducts[]> {
  const all = patches.map((channels) => ({ ...series, channels }));
  return patchProducts(data, all, vectors, job, engine);
}

/**
 * Kendall's tau-a of the RDM of every window of every patch with models: nWindows × nModels for each patch. The models
 * are sorted once. NaN where an RDM or a model is constant or holds NaN.
 *
 * @param patches - numbers of the channels of each patch.
 * @param models - condensed vectors of equal length.
 * @throws as {@link slidingWindowProducts}.
 */
export async function slidingPatchTaus(
  data: SeriesData,
  series: Omit<WindowSeries, "channels">,
  patches: readonly ArrayLike<number>[],
  models: readonly Float64Array[],
  job: JobOptions = {},
  engine = computeEngine,
): Promise<Float64Array[]> {
  const all = patches.map((channels) => ({ ...series, channels }));
  const [nPairs, nModels] = [models[0].length, models.length];
  const ranking = (1 + nModels) / RANKS_PER_MS;
  return eachPatch(data, all, { nPairs, perPairMs: ranking }, job, engine, tauWindows);

  async function tauWindows(
    workspace: Workspace,
    layout: WindowLayout,
    onWindows: (done: number) => void,
  ): Promise<Float64Array> {
    const memory = await TauMemory.sort(workspace, models, layout);
    const taus = new Float64Array((layout.to - layout.from) * nModels);
    await eachWindowBatch(workspace, data, layout, batchRange(layout), async (batch) => {
      const first = batch.first - layout.from;
      taus.set(await memory.score(batch, (done) => onWindows(first + done)), first * nModels);
    });
    return taus;
  }
}

function patchProducts(
  data: SeriesData,
  patches: readonly WindowSeries[],
  vectors: PatchVectors,
  job: JobOptions,
  engine: ComputeEngine,
): Promise<WindowProducts[]> {
  const ranking = vectors.ranked ? 1 / RANKS_PER_MS : 0;
  const size = {
    nPairs: vectors.vectors[0].length,
    perPairMs: ranking + vectors.vectors.length * 5e-7,
  };
  return eachPatch(data, patches, size, job, engine, (workspace, layout, onWindows) =>
    multiplyWindows(workspace, data, layout, vectors, onWindows),
  );
}

/** What comes of the windows of each patch, one patch after the other. */
async function eachPatch<T>(
  data: SeriesData,
  patches: readonly WindowSeries[],
  models: { readonly nPairs: number; readonly perPairMs: number },
  job: JobOptions,
  engine: ComputeEngine,
  compute: (
    workspace: Workspace,
    layout: WindowLayout,
    onWindows: (done: number) => void,
  ) => Promise<T>,
): Promise<T[]> {
  const layouts = patches.map((series) => windowLayout(data.length, series));
  const bad = layouts.find(({ nPairs }) => nPairs !== models.nPairs);
  if (bad !== undefined)
    throw new ShapeMismatch(`models of ${bad.nPairs} pairs`, `${models.nPairs}`);
  const report = reporter(job, countWindows(layouts));
  return engine.use(jobOf(layouts, models.perPairMs, job), async (workspace) => {
    const all: T[] = [];
    for (const layout of layouts) {
      const before = countWindows(layouts.slice(0, all.length));
      const mark = workspace.mark();
      all.push(await compute(workspace, layout, (done) => report(before + done)));
      workspace.release(mark);
    }
    return all;
  });
}

async function multiplyWindows(
  workspace: Workspace,
  data: SeriesData,
  layout: WindowLayout,
  vectors: PatchVectors,
  onWindows: (done: number) => void,
): Promise<WindowProducts> {
  const nVectors = vectors.vectors.length;
  const nWindows = layout.to - layout.from;
  const products = new Float64Array(nWindows * nVectors);
  const squaredNorms = new Float64Array(nWindows);
  const memory = new VectorMemory(workspace, vectors, layout);
  await eachWindowBatch(workspace, data, layout, batchRange(layout), async (batch) => {
    const first = batch.first - layout.from;
    await memory.multiply(batch, (done) => onWindows(first + done));
    const raw = memory.read(batch.nWindows);
    for (let w = 0; w < batch.nWindows; w++) {
      const at = w * (nVectors + 1);
      squaredNorms[first + w] = raw[at];
      products.set(raw.subarray(at + 1, at + 1 + nVectors), (first + w) * nVectors);
    }
  });
  return { nWindows, nVectors, products, squaredNorms };
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
  readonly #nVectors: number;
  readonly #ranked: boolean;
  readonly #address: number;
  readonly #out: number;

  constructor(workspace: Workspace, { ranked, vectors }: PatchVectors, layout: WindowLayout) {
    const { nPairs } = layout;
    this.#workspace = workspace;
    this.#layout = layout;
    this.#nVectors = vectors.length;
    this.#ranked = ranked;
    this.#address = workspace.allocate(vectors.length * nPairs * 8);
    this.#out = workspace.allocate(layout.batchWindows * (vectors.length + 1) * 8);
    const all = workspace.float64(this.#address, vectors.length * nPairs);
    const order = tileOrder(layout.nItems);
    vectors.forEach((vector, v) => toTileOrder(vector, order, all.subarray(v * nPairs)));
  }

  async multiply(batch: WindowBatch, onBlocks: (done: number) => void): Promise<void> {
    const { nPairs } = this.#layout;
    const ranked = this.#ranked ? 1 : 0;
    // prettier-ignore
    const params = [nPairs, this.#nVectors, ranked, batch.address, this.#address, this.#out, nPairs * 8];
    await this.#workspace.run("scoreVectors", params, batch.nWindows, {
      scratchBytes: sortScratchBytes(nPairs) + nPairs * 8,
      expectedMs: (batch.nWindows * nPairs) / RANKS_PER_MS,
      onBlocks,
    });
  }

  /** [squared norm, products …] of each of some windows. */
  read(nWindows: number): Float64Array {
    return this.#workspace.float64(this.#out, nWindows * (this.#nVectors + 1));
  }
}

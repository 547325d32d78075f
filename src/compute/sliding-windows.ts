import { ShapeMismatch } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import { sortScratchBytes } from "./kernels.ts";
import type { PreparedModels } from "./models.ts";
import type { SeriesData } from "./pack-windows.ts";
import { TauMemory } from "./tau-memory.ts";
import { fromTileOrder, tileOrder, toTileOrder } from "./tile-order.ts";
import { batchRange, eachWindowBatch, expectedMs, type WindowBatch } from "./window-batches.ts";
import { windowLayout, type WindowLayout, type WindowSeries } from "./window-layout.ts";
import {
  computeEngine,
  type ComputeEngine,
  type Workspace,
  type WorkspaceOptions,
} from "./workspace.ts";

/** How windows compare with models: the numbers from which correlations and regressions follow. */
export interface WindowScores {
  readonly nWindows: number;
  readonly nModels: number;
  /** Correlations, nWindows × nModels. NaN where an RDM or a model is constant or holds NaN. */
  readonly scores: Float64Array;
  /** Products of the (ranked and) centred RDM with each centred model, nWindows × nModels. */
  readonly products: Float64Array;
  /** Squared norm of the (ranked and) centred RDM of each window. */
  readonly squaredNorms: Float64Array;
}

/** Rough number of values ranked in a ms. */
const RANKS_PER_MS = 1.4e5;

/**
 * Correlate the RDM of every window with models, without keeping the RDMs.
 *
 * @param data - nItems × nChannels × nSamples in C order.
 * @throws InvalidArgument, ShapeMismatch, UnknownOption; Cancelled, WorkerFailed, OutOfMemory.
 */
export async function slidingWindowScores(
  data: SeriesData,
  series: WindowSeries,
  models: PreparedModels,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<WindowScores> {
  return (await patchScores(data, [series], models, job, engine))[0];
}

/**
 * The same for spatio-temporal patches: one result for each list of channels.
 *
 * @param patches - numbers of the channels of each patch.
 * @throws as {@link slidingWindowScores}.
 */
export function slidingPatchScores(
  data: SeriesData,
  series: Omit<WindowSeries, "channels">,
  patches: readonly ArrayLike<number>[],
  models: PreparedModels,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<WindowScores[]> {
  const all = patches.map((channels) => ({ ...series, channels }));
  return patchScores(data, all, models, job, engine);
}

/**
 * Kendall's tau-a of the RDM of every window of every patch with models: nWindows × nModels for each patch. The models
 * are sorted once. NaN where an RDM or a model is constant or holds NaN.
 *
 * @param patches - numbers of the channels of each patch.
 * @param models - condensed vectors of equal length.
 * @throws as {@link slidingWindowScores}.
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

function patchScores(
  data: SeriesData,
  patches: readonly WindowSeries[],
  models: PreparedModels,
  job: JobOptions,
  engine: ComputeEngine,
): Promise<WindowScores[]> {
  const ranking = models.score === "spearman" ? 1 / RANKS_PER_MS : 0;
  const size = { nPairs: models.nPairs, perPairMs: ranking + models.centred.length * 5e-7 };
  return eachPatch(data, patches, size, job, engine, (workspace, layout, onWindows) =>
    scoreWindows(workspace, data, layout, models, onWindows),
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

async function scoreWindows(
  workspace: Workspace,
  data: SeriesData,
  layout: WindowLayout,
  models: PreparedModels,
  onWindows: (done: number) => void,
): Promise<WindowScores> {
  const results = new Results(layout.to - layout.from, models.centred.length);
  const memory = new ModelMemory(workspace, models, layout);
  await eachWindowBatch(workspace, data, layout, batchRange(layout), async (batch) => {
    const first = batch.first - layout.from;
    await memory.score(batch, (done) => onWindows(first + done));
    results.add(first, batch.nWindows, memory.read(batch.nWindows), models);
  });
  return results;
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

/** The models in the memory of the workspace, in tile order, and room for what comes out. */
class ModelMemory {
  readonly #workspace: Workspace;
  readonly #layout: WindowLayout;
  readonly #models: PreparedModels;
  readonly #address: number;
  readonly #out: number;

  constructor(workspace: Workspace, models: PreparedModels, layout: WindowLayout) {
    this.#workspace = workspace;
    this.#models = models;
    this.#layout = layout;
    const { nPairs, centred } = models;
    this.#address = workspace.allocate(centred.length * nPairs * 8);
    this.#out = workspace.allocate(layout.batchWindows * (centred.length + 1) * 8);
    const all = workspace.float64(this.#address, centred.length * nPairs);
    const order = tileOrder(layout.nItems);
    centred.forEach((model, m) => toTileOrder(model, order, all.subarray(m * nPairs)));
  }

  async score(batch: WindowBatch, onBlocks: (done: number) => void): Promise<void> {
    const { nPairs, centred, score } = this.#models;
    const ranked = score === "spearman" ? 1 : 0;
    // prettier-ignore
    const params = [nPairs, centred.length, ranked, batch.address, this.#address, this.#out, nPairs * 8];
    await this.#workspace.run("scoreVectors", params, batch.nWindows, {
      scratchBytes: sortScratchBytes(this.#layout.nPairs) + nPairs * 8,
      expectedMs: (batch.nWindows * nPairs) / RANKS_PER_MS,
      onBlocks,
    });
  }

  read(nWindows: number): Float64Array {
    return this.#workspace.float64(this.#out, nWindows * (this.#models.centred.length + 1));
  }
}

class Results implements WindowScores {
  readonly scores: Float64Array;
  readonly products: Float64Array;
  readonly squaredNorms: Float64Array;

  constructor(
    readonly nWindows: number,
    readonly nModels: number,
  ) {
    this.scores = new Float64Array(nWindows * nModels);
    this.products = new Float64Array(nWindows * nModels);
    this.squaredNorms = new Float64Array(nWindows);
  }

  /** Take in [squared norm, products …] of each of some windows. */
  add(first: number, count: number, raw: Float64Array, { squaredNorms }: PreparedModels): void {
    for (let s = 0; s < count; s++) {
      const at = s * (this.nModels + 1);
      this.squaredNorms[first + s] = raw[at];
      for (let m = 0; m < this.nModels; m++) {
        const to = (first + s) * this.nModels + m;
        this.products[to] = raw[at + 1 + m];
        this.scores[to] = raw[at + 1 + m] / Math.sqrt(raw[at] * squaredNorms[m]);
      }
    }
  }
}

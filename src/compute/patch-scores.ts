import type { JobOptions } from "../core/job.ts";
import type { NumericArray } from "../core/matrix.ts";
import { align, inversionScratchBytes, sortScratchBytes, type GramMetric } from "./kernels.ts";
import { packFolds } from "./pack-folds.ts";
import { packVoxels } from "./pack-voxels.ts";
import { PatchBatch, patchesInBlock } from "./patch-batch.ts";
import { sortSteps, tauA } from "./tau-counts.ts";
import { tileOrder, toTileOrder } from "./tile-order.ts";
import { inOrder, type Parameters } from "./layouts.ts";
import { metricNumber } from "./metric-number.ts";
import { unitBytes, unitParams, type PatchUnit } from "./patch-unit.ts";
import { computeEngine, type ComputeEngine } from "./compute-engine.ts";
import type { Workspace } from "./workspace.ts";

/** How distances are cross-validated; the data are then nFolds × nItems × nVoxels. */
export interface PatchFolds {
  readonly nFolds: number;
  /** For correlation and cosine: least variance and least denominator as shares, and whether cosines are bounded. */
  readonly regVar: number;
  readonly regDenom: number;
  readonly bounded: boolean;
  /** For the others: signed roots instead of signed squares. */
  readonly squareRoot: boolean;
}

/** Patches of voxels, and how the items are compared in each. */
export interface PatchSeries {
  readonly nItems: number;
  readonly nVoxels: number;
  readonly nPatches: number;
  /** With folds `euclidean` is the same as `sqeuclidean`. */
  readonly metric: GramMetric;
  readonly folds?: PatchFolds;
  /** Voxels that always come together; then patches are lists of units. */
  readonly unit?: PatchUnit;
  /** Numbers of the voxels of a patch, none above nVoxels. Best ascending, and patch after patch along a line. */
  readonly voxelsOf: (patch: number) => ArrayLike<number>;
}

/** Vectors that every RDM is multiplied with, in condensed order. */
export interface PatchVectors {
  /** Whether the RDM is ranked first. */
  readonly ranked: boolean;
  readonly vectors: readonly Float64Array[];
}

/**
 * Products of the (ranked and) centred RDM of every patch with vectors, and its squared norm; no RDM is kept.
 *
 * A patch is made from the one before it by what came in and what went out, and afresh where that is no less. How far
 * this goes depends on the sizes alone: the numbers are the same on any number of threads.
 *
 * @param data - nItems × nVoxels in C order.
 * @param onPatch - called for every patch in order; the products are a view that does not last. All is NaN where the
 *   metric is not defined.
 * @throws UnknownOption; Cancelled, WorkerFailed, OutOfMemory.
 */
export function patchProducts(
  data: NumericArray,
  series: PatchSeries,
  { ranked, vectors }: PatchVectors,
  onPatch: (patch: number, products: Float64Array, squaredNorm: number) => void,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<void> {
  const nVectors = vectors.length;
  const nPairs = pairsOf(series);
  return onEngine(data, series, job, engine, (workspace) => {
    const address = workspace.allocate(nVectors * nPairs * 8);
    const tiled = workspace.float64(address, nVectors * nPairs);
    const order = tileOrder(series.nItems);
    vectors.forEach((vector, v) => toTileOrder(vector, order, tiled.subarray(v * nPairs)));
    return Promise.resolve({
      kernel: "patchScores",
      nVectors,
      ranked: ranked ? 1 : 0,
      addresses: { vectors: address, denses: 0, summaries: 0 },
      outLength: nVectors + 1,
      scratchBytes: sortScratchBytes(nPairs) + 8 * nPairs + 64,
      read: (patch, raw) => onPatch(patch, raw.subarray(1), raw[0]),
    });
  });
}

/**
 * Kendall's tau-a of the RDM of every patch with models, which are sorted once.
 *
 * @param onPatch - called for every patch in order with the taus of all models.
 * @throws as {@link patchProducts}.
 */
export function patchTaus(
  data: NumericArray,
  series: PatchSeries,
  models: readonly Float64Array[],
  onPatch: (patch: number, taus: Float64Array) => void,
  job: JobOptions = {},
  engine = computeEngine,
): Promise<void> {
  const nPairs = pairsOf(series);
  return onEngine(data, series, job, engine, async (workspace) => {
    const order = tileOrder(series.nItems);
    const tiled = models.map((model) => toTileOrder(model, order, new Float64Array(nPairs)));
    const sorted = await workspace.runSteps(sortSteps(workspace, tiled, nPairs));
    return {
      kernel: "patchTaus",
      nVectors: models.length,
      ranked: 0,
      addresses: {
        vectors: sorted.orders,
        denses: sorted.denses,
        summaries: sorted.summaryAddress,
      },
      outLength: 2 * (models.length + 1),
      scratchBytes: sortScratchBytes(nPairs) + 8 * nPairs + 128 + inversionScratchBytes(nPairs),
      read: (patch, raw) => {
        const tau = (_: unknown, m: number): number =>
          tauA(nPairs, raw[1], sorted.summaries[2 * m + 1], raw[2 * m + 2], raw[2 * m + 3]);
        onPatch(patch, Float64Array.from(models, tau));
      },
    };
  });
}

/** What is asked of every patch. */
interface PatchTask {
  readonly kernel: "patchScores" | "patchTaus";
  readonly nVectors: number;
  readonly ranked: number;
  /** Vectors, or orders, dense ranks and summaries of the models. */
  readonly addresses: Pick<Parameters<"patches">, "vectors" | "denses" | "summaries">;
  /** Numbers that come out of a patch. */
  readonly outLength: number;
  /** Scratch memory beside that of the patch itself. */
  readonly scratchBytes: number;
  readonly read: (patch: number, raw: Float64Array) => void;
}

/** Multiply-adds in a ms, and how many of them ranking a value takes. */
const PRODUCTS_PER_MS = 6e6;
const RANKING = 60;

function onEngine(
  data: NumericArray,
  series: PatchSeries,
  job: JobOptions,
  engine: ComputeEngine,
  prepare: (workspace: Workspace) => Promise<PatchTask>,
): Promise<void> {
  const { nItems, nVoxels, nPatches, metric } = series;
  const number = metricNumber(metric);
  const some = nPatches === 0 ? 0 : series.voxelsOf(nPatches >> 1).length;
  const perPatch = pairsOf(series) * ((setsOf(series) * some) / 2 + RANKING);
  const options = {
    work: "the searchlight",
    signal: job.signal,
    jobs: job.jobs,
    expectedMs: (nPatches * perPatch) / PRODUCTS_PER_MS,
  };
  return engine.use(options, async (workspace) => {
    const task = await prepare(workspace);
    const size = nVoxels * Math.ceil(nItems / 4) * 4;
    const rows = workspace.allocate(setsOf(series) * size * 8);
    const all = workspace.float64(rows, setsOf(series) * size);
    if (series.folds === undefined) packVoxels(data, nItems, nVoxels, number === 0, all);
    else packFolds(data, { ...series, ...series.folds }, all);
    const inBlock = patchesInBlock(perPatch / PRODUCTS_PER_MS);
    const grid = { rows, inBlock, metric: number };
    const units = await sumUnits(workspace, series, task, grid);
    await runBatches(workspace, series, task, { ...grid, units }, job);
  });
}

interface Grid {
  readonly rows: number;
  readonly inBlock: number;
  readonly metric: number;
  /** Where the sums of units lie. */
  readonly units?: number;
}

/** Units of a block (see `assembly/unit-sums.ts`). */
const UNITS_IN_BLOCK = 32;

/** Sum what every unit adds to a patch. */
async function sumUnits(
  workspace: Workspace,
  series: PatchSeries,
  task: PatchTask,
  grid: Grid,
): Promise<number> {
  const { nUnits, unitLength } = unitParams(series);
  if (unitLength === 1) return 0;
  const units = workspace.allocate(setsOf(series) * nUnits * unitBytes(series.nItems));
  const none = { starts: 0, lists: 0, out: 0, nPatches: 0, mostVoxels: 1 };
  const params = patchParams(series, task, { ...grid, units }, none);
  await workspace.run("unitSums", params, Math.ceil(nUnits / UNITS_IN_BLOCK), {
    scratchBytes: patchScratchBytes(series, 1) + task.scratchBytes,
  });
  return units;
}

/** What a kernel is told of a batch. */
function patchParams(
  series: PatchSeries,
  task: PatchTask,
  { rows, inBlock, metric, units = 0 }: Grid,
  batch: Pick<PatchBatch, "starts" | "lists" | "out" | "nPatches" | "mostVoxels">,
): number[] {
  const { starts, lists, out, nPatches, mostVoxels } = batch;
  return inOrder("patches", {
    nItems: series.nItems,
    nVectors: task.nVectors,
    ranked: task.ranked,
    metric,
    rows,
    starts,
    lists,
    inBlock,
    nPatches,
    ...task.addresses,
    out,
    mostVoxels,
    nVoxels: series.nVoxels,
    nSets: setsOf(series),
    ...foldParams(series.folds),
    units,
    ...unitParams(series),
  });
}

/** Batch after batch: while threads are at one, the lists of the next are made and the results of the last are read. */
async function runBatches(
  workspace: Workspace,
  series: PatchSeries,
  task: PatchTask,
  grid: Grid,
  job: JobOptions,
): Promise<void> {
  const { nPatches } = series;
  const report = typeof job.onProgress === "function" ? job.onProgress : () => {};
  const make = (): PatchBatch => new PatchBatch(workspace, series, task.outLength, grid.inBlock);
  const [even, odd] = [make(), make()];
  even.fill(0);
  for (let now = even, other = odd, last: PatchBatch | undefined; now.nPatches > 0;) {
    const { first, nPatches: size } = now;
    const params = patchParams(series, task, grid, now);
    const next = now.first + now.nPatches;
    await workspace.run(task.kernel, params, Math.ceil(size / grid.inBlock), {
      scratchBytes: patchScratchBytes(series, now.mostVoxels) + task.scratchBytes,
      onBlocks: (done) =>
        report({
          done: Math.min(nPatches, first + Math.min(size, done * grid.inBlock)),
          total: nPatches,
        }),
      meanwhile: () => {
        last?.read(task.read);
        other.fill(next);
      },
    });
    last = now;
    [now, other] = [other, now];
    if (now.nPatches === 0) last.read(task.read);
  }
}

/** Bytes of scratch memory of a patch (see `assembly/patches.ts`). */
function patchScratchBytes(series: PatchSeries, mostVoxels: number): number {
  const nTiles = Math.ceil(series.nItems / 4);
  const perItem = align(nTiles * 32);
  const { unitLength } = unitParams(series);
  const ofUnits = unitLength === 1 ? 0 : align((mostVoxels + 1) * unitLength * 4);
  const lists = 2 * align((mostVoxels + 1) * 4) + ofUnits + align(series.nVoxels);
  const panel = Math.max(20480, 8 * nTiles * 32);
  const set = 4 * perItem + nTiles * (nTiles + 1) * 64;
  const rdm = align((pairsOf(series) + 1) * 8);
  return perItem + 128 + lists + panel + setsOf(series) * set + rdm;
}

/** Sets of sums that a patch needs. */
function setsOf({ metric, folds }: PatchSeries): number {
  if (folds === undefined) return 1;
  return metric === "correlation" || metric === "cosine" ? 2 * folds.nFolds + 1 : folds.nFolds + 1;
}

/** The parameters of cross-validation; none of them is read where there is a single set of sums. */
function foldParams(
  folds: PatchFolds = { nFolds: 1, regVar: 0, regDenom: 0, bounded: false, squareRoot: false },
): Record<keyof PatchFolds, number> {
  const { bounded, squareRoot } = folds;
  return { ...folds, bounded: bounded ? 1 : 0, squareRoot: squareRoot ? 1 : 0 };
}

function pairsOf({ nItems }: PatchSeries): number {
  return (nItems * (nItems - 1)) / 2;
}

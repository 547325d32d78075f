import { gramMetrics, type GramMetric } from "../compute/kernels.ts";
import { isOrdinary } from "../compute/pack-voxels.ts";
import {
  patchProducts,
  patchTaus,
  type PatchFolds,
  type PatchSeries,
  type PatchVectors,
} from "../compute/patch-scores.ts";
import { unitBytes, type PatchUnit } from "../compute/patch-unit.ts";
import { windowProducts, windowTaus, type WindowPatches } from "../compute/sliding-windows.ts";
import { hasKernels } from "../compute/which-path.ts";
import type { JobOptions } from "../core/job.ts";
import { sizeOf, toFloat64 } from "../core/matrix.ts";
import { batchesOf, fitAtOnce, type PatchesBatch } from "./patch-batches.ts";
import type { PatchMetricOptions } from "./patch-metric.ts";
import type { PatchedPatterns } from "./patched-patterns.ts";
import { featuresOf } from "./take-patch.ts";

/** A walk over all patches by the compute kernels, on all threads, which keeps no RDM. */
export interface KernelWalk {
  /** Products of the (ranked and) centred RDM of each patch with vectors, and its squared norm. */
  products(
    vectors: PatchVectors,
    onPatch: (patch: number, products: Float64Array, squaredNorm: number) => void,
    job: JobOptions,
  ): Promise<void>;
  /** Kendall's tau-a of the RDM of each patch with models. */
  taus(
    models: readonly Float64Array[],
    onPatch: (patch: number, taus: Float64Array) => void,
    job: JobOptions,
  ): Promise<void>;
}

/**
 * The one choice among strategies: windows along time slide, other patches move (each is made from the one before it,
 * cross-validated or not). Undefined for what only the plain walk can do: a single patch, distances that are no sums
 * of products or differences, and numbers whose squares are none.
 */
export function kernelWalk(
  patched: PatchedPatterns,
  options: PatchMetricOptions,
): KernelWalk | undefined {
  if (patched.noise !== undefined) return undefined;
  const windows = slidingWindows(patched, options);
  if (windows !== undefined) return slidingWalk(patched, windows);
  const series = movingPatches(patched, options);
  return series === undefined ? undefined : movingWalk(patched, series);
}

/** The patches as windows that slide along time, place by place; undefined when they do not. */
export function slidingWindows(
  { data, shape, nFolds, patches }: PatchedPatterns,
  { metric = "correlation" }: PatchMetricOptions,
): WindowPatches | undefined {
  const { axes, time, space, pooled } = patches.plan;
  const [nItems, ...rest] = shape;
  const nChannels = axes.series === undefined ? 1 : shape[axes.series];
  const nSamples = axes.samples === undefined ? 0 : shape[axes.samples];
  if (time === undefined || (time.step ?? 1) > 1) return undefined;
  if (nFolds > 1 || !hasKernel(metric) || nItems < 2) return undefined;
  if (sizeOf(rest) !== nChannels * nSamples || !isOrdinary(data)) return undefined;
  const all = pooled ?? Int32Array.from({ length: nChannels }, (_, at) => at);
  const places = space === undefined ? [all] : Array.from(space.centres, space.around);
  if (places.some(({ length }) => length === 0)) return undefined;
  const { from, to, radius } = time;
  return { nItems, nChannels, nSamples, radius, metric, centres: [from, to], places };
}

function slidingWalk({ data }: PatchedPatterns, windows: WindowPatches): KernelWalk {
  const numbers = toFloat64(data);
  return {
    products: (vectors, onPatch, job) => windowProducts(numbers, windows, vectors, onPatch, job),
    taus: (models, onPatch, job) => windowTaus(numbers, windows, models, onPatch, job),
  };
}

/** The patches as lists of features, a sample of a channel being what a voxel is in an image. */
function movingPatches(
  { data, shape, nFolds, patches }: PatchedPatterns,
  options: PatchMetricOptions,
): PatchSeries | undefined {
  const { metric = "correlation" } = options;
  const nItems = shape[0];
  if (patches.length < 2 || nItems < 2 || !hasKernel(metric) || !isOrdinary(data)) return undefined;
  const folds = nFolds > 1 ? crossValidation(nFolds, options) : undefined;
  if (nFolds > 1 && folds === undefined) return undefined;
  const nVoxels = sizeOf(shape.slice(1));
  const series = { nItems, nVoxels, nPatches: patches.length, metric, folds };
  const unit = unitOf(shape, nFolds, patches);
  const { space } = patches.plan;
  if (unit === undefined || space === undefined)
    return { ...series, voxelsOf: voxelsOf(shape, patches) };
  return { ...series, unit, voxelsOf: (patch) => space.around(space.centres[patch]) };
}

/** The sums of all units may take so many bytes. */
const MOST_UNIT_BYTES = 2 ** 28;

/** All samples of a window belong together where only space is searched; undefined where that would not be worth it. */
function unitOf(
  shape: readonly number[],
  nFolds: number,
  { plan, length: nPatches }: PatchedPatterns["patches"],
): PatchUnit | undefined {
  const { axes, time, space, window } = plan;
  if (axes.series !== 1 || axes.samples !== 2 || shape.length !== 3) return undefined;
  if (time !== undefined || space === undefined) return undefined;
  const [nItems, nSeries, nSamples] = shape;
  const [first, end] = window ?? [0, nSamples];
  const nSets = nFolds > 1 ? 2 * nFolds + 1 : 1;
  const fits = nSets * nSeries * unitBytes(nItems) <= MOST_UNIT_BYTES;
  const often = 4 * nPatches >= nSeries;
  if (end - first < 2 || !fits || !often || !fitAtOnce(nItems, nFolds, nSeries * nSamples))
    return undefined;
  return { stride: nSamples, first, length: end - first };
}

/** Which numbers of an item lie in each patch; of series alone they are the series around a centre, as they are. */
function voxelsOf(
  shape: readonly number[],
  patches: PatchedPatterns["patches"],
): PatchSeries["voxelsOf"] {
  const { axes, space, time, window } = patches.plan;
  const seriesAlone = shape.length === 2 && axes.series === 1 && time === undefined;
  if (seriesAlone && space !== undefined && window === undefined)
    return (patch) => space.around(space.centres[patch]);
  return (patch) => featuresOf(patches.at(patch), shape, patches.plan);
}

function movingWalk({ data }: PatchedPatterns, series: PatchSeries): KernelWalk {
  return {
    products: (vectors, onPatch, job) =>
      eachBatch(job, ({ part, values, before }, of) => {
        const add = (at: number, products: Float64Array, squaredNorm: number): void =>
          onPatch(before + at, products, squaredNorm);
        return patchProducts(values, part, vectors, add, of);
      }),
    taus: (models, onPatch, job) =>
      eachBatch(job, ({ part, values, before }, of) =>
        patchTaus(values, part, models, (at, taus) => onPatch(before + at, taus), of),
      ),
  };

  async function eachBatch(
    job: JobOptions,
    run: (batch: PatchesBatch, job: JobOptions) => Promise<void>,
  ): Promise<void> {
    for (const batch of batchesOf(data, series)) await run(batch, after(batch.before, job));
  }

  function after(before: number, { signal, jobs, onProgress }: JobOptions): JobOptions {
    if (typeof onProgress !== "function") return { signal, jobs, onProgress };
    const total = series.nPatches;
    return { signal, jobs, onProgress: ({ done }) => onProgress({ done: before + done, total }) };
  }
}

/** True for a metric of sums of products or differences, where kernels can run. */
function hasKernel(metric: unknown): metric is GramMetric {
  return hasKernels() && (gramMetrics as readonly unknown[]).includes(metric);
}

/** How the kernels are to cross-validate; undefined for what the plain computation refuses. */
function crossValidation(
  nFolds: number,
  { regVar = 0.1, regDenom = 0.25, bounded = true, squareRoot = false }: PatchMetricOptions,
): PatchFolds | undefined {
  const isShare = (share: number): boolean => share >= 0 && share <= 1;
  if (!isShare(regVar) || !isShare(regDenom)) return undefined;
  return { nFolds, regVar, regDenom, bounded, squareRoot };
}

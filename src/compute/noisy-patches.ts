import type { JobOptions } from "../core/job.ts";
import type { NumericArray } from "../core/matrix.ts";
import { computeEngine } from "./compute-engine.ts";
import { align } from "./kernels.ts";
import { inOrder } from "./layouts.ts";
import { PatchBatch, patchesInBlock } from "./patch-batch.ts";
import type { Workspace } from "./workspace.ts";

/** Patches of voxels whose patterns are compared in units of the noise of each patch. */
export interface NoisyPatches {
  readonly nItems: number;
  readonly nFolds: number;
  readonly nVoxels: number;
  readonly nPatches: number;
  /** Residuals, voxel after voxel: nVoxels × nRows. Each voxel varies. */
  readonly residuals: Float64Array;
  readonly nRows: number;
  readonly dof: number;
  /** Whether covariances are drawn towards their diagonals (Schäfer & Strimmer 2005). */
  readonly shrunk: boolean;
  /** What residuals and patterns of each voxel are multiplied with. */
  readonly scales: Float64Array;
  /** One pattern after the other, 0 where there is none: nFolds × nItems × nVoxels. */
  readonly patterns: NumericArray;
  /** What is taken off the patterns of a voxel in each fold before. */
  readonly offset: (voxel: number, fold: number) => number;
  /** By how much each fold counts in the training mean of another: nFolds (trained for) × nFolds × nItems. */
  readonly weights: Float64Array;
  /** 1 where an item counts in a fold, else 0: nFolds × nItems. */
  readonly known: Float64Array;
  /** Numbers of the voxels of a patch, ascending. */
  readonly voxelsOf: (patch: number) => ArrayLike<number>;
}

/** What is found in one patch. */
export interface NoisyDistances {
  /** Sums over folds of squared distances of all pairs, condensed. */
  readonly sums: Float64Array;
  /** Whether the covariance is positive definite; where it is not, the sums are no numbers. */
  readonly definite: boolean;
  readonly nVoxels: number;
}

/** A batch has voxels of about so many numbers. */
const MOST_NUMBERS = 2 ** 23;
/** Patches of a batch: what Stop waits for, and what is held. */
const MOST_PATCHES = 1024;
/** Multiply-adds in a ms. */
const SUMS_PER_MS = 2.5e6;

/** Largest patch: its tables are a few times the square of that, in each thread. */
export const mostNoisyVoxels = 1500;

/**
 * Distances of all patches in order, on all threads. They are the same on any number of threads, and the same for a patch
 * wherever it stands among others.
 *
 * @throws Cancelled, WorkerFailed, OutOfMemory.
 */
export async function* noisyDistances(
  patches: NoisyPatches,
  job: Pick<JobOptions, "signal" | "jobs"> = {},
  engine = computeEngine,
  mostNumbers = MOST_NUMBERS,
): AsyncGenerator<NoisyDistances, void, undefined> {
  for (let first = 0; first < patches.nPatches;) {
    const batch = neighboursFrom(patches, first, mostNumbers);
    const perPatch = perPatchMs(patches, batch.lists[batch.lists.length >> 1].length);
    const options = {
      ...{ work: "the searchlight", signal: job.signal, jobs: job.jobs },
      expectedMs: perPatch * batch.lists.length,
    };
    // The engine is free between batches, for who reads the distances may want it.
    yield* await engine.use(options, (workspace) => runBatch(workspace, patches, batch, perPatch));
    first += batch.lists.length;
  }
}

function perPatchMs({ nRows, nItems, nFolds }: NoisyPatches, p: number): number {
  return (p * p * (nRows / 2 + p / 6 + (nItems * nFolds) / 2)) / SUMS_PER_MS;
}

interface Batch {
  /** The voxels of each patch, by their place among those of the batch. */
  readonly lists: readonly Uint32Array[];
  /** Numbers of the voxels of the batch. */
  readonly voxels: readonly number[];
}

function neighboursFrom(patches: NoisyPatches, first: number, mostNumbers: number): Batch {
  const { nRows, nItems, nFolds, nPatches, voxelsOf } = patches;
  const mostVoxels = mostNumbers / (nRows + nItems * nFolds);
  const place = new Map<number, number>();
  const lists: ArrayLike<number>[] = [];
  for (let patch = first; patch < nPatches && lists.length < MOST_PATCHES; patch++) {
    const list = voxelsOf(patch);
    for (let k = 0; k < list.length; k++) place.set(list[k], 0);
    if (place.size > mostVoxels && lists.length > 0) break;
    lists.push(list);
  }
  // Voxels of a patch that found no room may be among them: they do no harm.
  const voxels = [...place.keys()].sort((a, b) => a - b);
  voxels.forEach((voxel, at) => place.set(voxel, at));
  const placed = lists.map((list) =>
    Uint32Array.from({ length: list.length }, (_, k) => place.get(list[k]) ?? 0),
  );
  return { lists: placed, voxels };
}

async function runBatch(
  workspace: Workspace,
  patches: NoisyPatches,
  { lists, voxels }: Batch,
  perPatch: number,
): Promise<NoisyDistances[]> {
  const { nItems, nFolds, nRows, dof, shrunk } = patches;
  const nPairs = (nItems * (nItems - 1)) / 2;
  const length = nRows + (nRows % 2);
  const stride = Math.ceil(nItems / 4) * 4;
  const series = workspace.allocate(voxels.length * length * 8);
  const rows = workspace.allocate(voxels.length * nFolds * stride * 8);
  const weights = workspace.allocate(nFolds * nFolds * stride * 8);
  const known = workspace.allocate(nFolds * stride * 8);
  const all = { nPatches: lists.length, nVoxels: voxels.length };
  const inBlock = patchesInBlock(perPatch);
  const batch = new PatchBatch(
    workspace,
    { ...all, voxelsOf: (at) => lists[at] },
    nPairs + 1,
    inBlock,
  );
  writeResiduals(patches, voxels, workspace.float64(series, voxels.length * length));
  writePatterns(patches, voxels, workspace.float64(rows, voxels.length * nFolds * stride));
  padItems(patches.weights, nItems, workspace.float64(weights, nFolds * nFolds * stride));
  padItems(patches.known, nItems, workspace.float64(known, nFolds * stride));
  const found: NoisyDistances[] = [];
  for (batch.fill(0); batch.nPatches > 0; batch.fill(batch.first + batch.nPatches)) {
    const params = inOrder("noisy", {
      ...{ nItems, nFolds, series, length, nRows, dof, shrunk: shrunk ? 1 : 0 },
      ...{ rows, weights, known, starts: batch.starts, lists: batch.lists, inBlock },
      ...{ nPatches: batch.nPatches, mostVoxels: batch.mostVoxels, out: batch.out },
    });
    await workspace.run("noisyPatches", params, Math.ceil(batch.nPatches / inBlock), {
      scratchBytes: scratchBytes(batch.mostVoxels, stride, nFolds),
      expectedMs: perPatch * batch.nPatches,
    });
    batch.read((patch, raw) =>
      found.push({
        sums: raw.slice(1),
        definite: raw[0] === 0,
        nVoxels: lists[patch].length,
      }),
    );
  }
  return found;
}

/** Bytes of scratch memory of a thread (see `assembly/noisy-patches.ts`). */
function scratchBytes(most: number, stride: number, nFolds: number): number {
  const side = most + (most % 2);
  const width = stride * nFolds;
  const tables = 5 * align(most * 4) + 2 * align(side * side * 8);
  const beside = align((side + width) * 8 * most) + align(most * 8) + align(width * 8 * most);
  return tables + beside + align(stride * stride * 8);
}

function writeResiduals(
  { residuals, nRows, scales }: NoisyPatches,
  voxels: readonly number[],
  to: Float64Array,
): void {
  const length = nRows + (nRows % 2);
  voxels.forEach((voxel, v) => {
    const scale = scales[voxel];
    const from = voxel * nRows;
    for (let t = 0; t < nRows; t++) to[v * length + t] = residuals[from + t] * scale;
    if (length > nRows) to[v * length + nRows] = 0;
  });
}

function writePatterns(
  { patterns, nItems, nFolds, nVoxels, scales, offset, known }: NoisyPatches,
  voxels: readonly number[],
  to: Float64Array,
): void {
  const stride = Math.ceil(nItems / 4) * 4;
  to.fill(0);
  voxels.forEach((voxel, v) => {
    for (let fold = 0; fold < nFolds; fold++) {
      const off = offset(voxel, fold);
      const at = (v * nFolds + fold) * stride;
      for (let item = 0, row = fold * nItems; item < nItems; item++, row++)
        if (known[row] > 0) to[at + item] = (patterns[row * nVoxels + voxel] - off) * scales[voxel];
    }
  });
}

/** Rows of items, filled up with zeros to a multiple of 4. */
function padItems(values: Float64Array, nItems: number, to: Float64Array): void {
  const stride = Math.ceil(nItems / 4) * 4;
  to.fill(0);
  for (let row = 0; row * nItems < values.length; row++)
    to.set(values.subarray(row * nItems, (row + 1) * nItems), row * stride);
}

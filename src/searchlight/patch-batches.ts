import type { PatchSeries } from "../compute/patch-scores.ts";
import type { NumericArray } from "../core/matrix.ts";

/** Rows of all sets that patches are made of may take about so many bytes at a time. */
const MOST_BYTES = 2 ** 29;

/** Neighbouring patches and the numbers that they are cut from. */
export interface PatchesBatch {
  readonly part: PatchSeries;
  readonly values: NumericArray;
  /** How many patches come before. */
  readonly before: number;
}

/**
 * All patches at once where their rows fit into memory, else neighbours together with the voxels that they need. The
 * cut depends on sizes alone: the numbers are the same on any number of threads.
 *
 * @param data - nFolds × nItems × nVoxels.
 */
export function* batchesOf(
  data: NumericArray,
  series: PatchSeries,
  mostBytes = MOST_BYTES,
): Generator<PatchesBatch, void, undefined> {
  const mostVoxels = Math.floor(mostBytes / bytesPerVoxel(series));
  if (series.nVoxels <= mostVoxels) {
    yield { part: series, values: data, before: 0 };
    return;
  }
  for (let before = 0; before < series.nPatches;) {
    const lists = neighbouringPatches(series, before, mostVoxels);
    yield { ...compacted(data, series, lists), before };
    before += lists.length;
  }
}

/** Whether the rows of all voxels fit into memory at once. */
export function fitAtOnce(nItems: number, nFolds: number, nVoxels: number): boolean {
  return nVoxels <= Math.floor(MOST_BYTES / bytesOf(nItems, nFolds));
}

/** Of the rows, and of what they are made from. */
function bytesPerVoxel({ nItems, folds }: PatchSeries): number {
  return bytesOf(nItems, folds?.nFolds ?? 1);
}

function bytesOf(nItems: number, nFolds: number): number {
  return 8 * nItems * (nFolds > 1 ? 2 * nFolds + 1 : 1);
}

/** The lists of as many patches from the first on as have few voxels in all, of one at least. */
function neighbouringPatches(
  { nPatches, nVoxels, voxelsOf }: PatchSeries,
  first: number,
  mostVoxels: number,
): ArrayLike<number>[] {
  const seen = new Uint8Array(nVoxels);
  const lists: ArrayLike<number>[] = [];
  let n = 0;
  for (let patch = first; patch < nPatches; patch++) {
    const list = voxelsOf(patch);
    for (let k = 0; k < list.length; k++) {
      n += 1 - seen[list[k]];
      seen[list[k]] = 1;
    }
    if (n > mostVoxels && lists.length > 0) break;
    lists.push(list);
  }
  return lists;
}

/** The patches over the voxels that they have, in the same order. */
function compacted(
  data: NumericArray,
  series: PatchSeries,
  lists: readonly ArrayLike<number>[],
): Pick<PatchesBatch, "part" | "values"> {
  const { nItems, nVoxels, folds } = series;
  const place = new Int32Array(nVoxels).fill(-1);
  for (const list of lists) for (let k = 0; k < list.length; k++) place[list[k]] = 0;
  const voxels = Int32Array.from(place.keys()).filter((voxel) => place[voxel] === 0);
  voxels.forEach((voxel, at) => (place[voxel] = at));
  const nRows = nItems * (folds?.nFolds ?? 1);
  const values = new Float64Array(nRows * voxels.length);
  for (let row = 0, at = 0; row < nRows; row++)
    for (const voxel of voxels) values[at++] = data[row * nVoxels + voxel];
  const voxelsOf = (patch: number): Int32Array =>
    Int32Array.from(lists[patch], (voxel) => place[voxel]);
  return {
    part: { ...series, nVoxels: voxels.length, nPatches: lists.length, voxelsOf },
    values,
  };
}

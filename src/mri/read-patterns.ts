import { texts } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames, jobNames } from "../core/gate/options.ts";
import { InvalidArgument } from "../core/errors.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import {
  alignVolumes,
  type VolumeAlignment,
  type VolumeLabelOptions,
  volumeLabelNames,
} from "../searchlight/align-volumes.ts";
import { gridOf, nVoxelsOf, type Grid, type Volume } from "./grid.ts";
import { openData, type DataSource, type FunctionalData } from "./functional-data.ts";
import { maskFor } from "./masks.ts";

/** The response of every voxel to every item. */
export interface VoxelPatterns {
  /** nItems × nVoxels, or nFolds × nItems × nVoxels when there are folds, C order. */
  readonly data: Float64Array;
  readonly shape: readonly number[];
  readonly nFolds: number;
  /** Labels of the items; undefined when each volume is one. */
  readonly items: readonly string[] | undefined;
  /** Number of each voxel in C order (z fastest), ascending. */
  readonly voxels: Int32Array;
  readonly grid: Grid;
  readonly nVolumesUsed: number;
  /** How many volumes each pattern is the mean of, nFolds × nItems. */
  readonly counts: Float64Array;
}

/** What {@link readNiftiPatterns} takes. */
export interface ReadNiftiPatternsOptions extends VolumeLabelOptions, JobOptions {
  /** The voxels wanted: those not 0 in an image of the same grid. Default: all. */
  readonly mask?: Volume;
  /** The items in the order wanted; default: the distinct labels, sorted by code point. */
  readonly items?: readonly string[];
}

const readPatternsNames: OptionNames<ReadNiftiPatternsOptions> = {
  mask: true,
  ...volumeLabelNames,
  items: texts,
  ...jobNames,
};

/**
 * Patterns of the items of a functional image: volumes with the same label are averaged, in the voxels of a mask. Of a
 * file only a few volumes are in memory at a time, and of the result only the voxels wanted.
 *
 * Nothing is cleaned: detrend and standardise before, with {@link cleanVolumes}. An item without a volume in a fold is NaN
 * there.
 *
 * @param image - nx × ny × nz × nVolumes, one such image a run, or cleaned time courses.
 * @throws ShapeMismatch for a mask of another grid, or labels of another number than volumes; InvalidArgument for an
 *   empty mask; ItemMismatch; FileFormatError; Cancelled.
 * @example
 * import { readNiftiPatterns } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [2, 1, 1, 3], affine };
 * const patterns = await readNiftiPatterns(image, { labels: ["dog", "cat", "dog"] });
 * [patterns.items, patterns.data]; // [ [ "cat", "dog" ], Float64Array(4) [ 2, 5, 2, 5 ] ]
 */
export async function readNiftiPatterns(
  image: FunctionalData,
  options: ReadNiftiPatternsOptions = {},
): Promise<VoxelPatterns> {
  checkOptions(options, readPatternsNames);
  const source = await openData(image, options.signal);
  try {
    const alignment = alignVolumes(source.nVolumes, options, options.items);
    const voxels = usableVoxels(source, options.mask, "mask");
    return await averageVolumes(source, alignment, voxels, options);
  } finally {
    await source.close();
  }
}

/** Numbers of the voxels that the data have and the mask, ascending. Throws `InvalidArgument` when there is none. */
export function usableVoxels(
  { header, voxels }: DataSource,
  mask: Volume | undefined,
  name: string,
): Int32Array {
  const grid = gridOf(header);
  const all = voxels ?? Int32Array.from({ length: nVoxelsOf(grid) }, (_, at) => at);
  if (mask === undefined) return all;
  const { data, nVoxels } = maskFor(grid, mask, name);
  const usable = all.filter((voxel) => data[voxel] === 1);
  if (usable.length > 0) return usable;
  throw new InvalidArgument(
    name,
    `${nVoxels} voxels, none of them in the data`,
    "give a mask that overlaps with the one the data were cleaned with",
  );
}

/** Where the data have these voxels. Both lists ascend. */
export function positionsIn({ voxels: all }: DataSource, voxels: Int32Array): Int32Array {
  if (all === undefined) return voxels;
  let at = 0;
  return voxels.map((voxel) => {
    while (all[at] < voxel) at++;
    return at;
  });
}

/** Average the volumes of each item within each fold, in these voxels. */
export async function averageVolumes(
  source: DataSource,
  alignment: VolumeAlignment,
  voxels: Int32Array,
  job: JobOptions,
): Promise<VoxelPatterns> {
  const { row, nItems, nFolds } = alignment;
  const data = allocate(nFolds * nItems, voxels.length);
  const count = new Float64Array(nFolds * nItems);
  row.forEach((to) => {
    if (to >= 0) count[to]++;
  });
  const positions = positionsIn(source, voxels);
  for await (const { data: values, first, nVolumes } of source.batches(job)) {
    const rows = row.subarray(first, first + nVolumes);
    await addVolumes(data, values, rows, positions, job.signal);
  }
  count.forEach((n, at) => {
    for (let v = at * voxels.length; v < (at + 1) * voxels.length; v++) data[v] /= n;
  });
  return {
    data,
    shape: [...(nFolds > 1 ? [nFolds] : []), nItems, voxels.length],
    nFolds,
    items: alignment.items,
    voxels,
    grid: gridOf(source.header),
    nVolumesUsed: alignment.nVolumesUsed,
    counts: count,
  };
}

/** Voxels added at a time: their time courses stay in the cache while they are summed volume by volume. */
const STRETCH = 16;

async function addVolumes(
  sum: Float64Array,
  values: ArrayLike<number>,
  rows: Int32Array,
  positions: Int32Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  const pause = pauses(signal, "averaging volumes");
  const [nVolumes, nVoxels] = [rows.length, positions.length];
  for (let first = 0; first < nVoxels; first += STRETCH) {
    const last = Math.min(nVoxels, first + STRETCH);
    for (let volume = 0; volume < nVolumes; volume++) {
      if (rows[volume] < 0) continue;
      const to = rows[volume] * nVoxels;
      for (let v = first; v < last; v++) sum[to + v] += values[positions[v] * nVolumes + volume];
    }
    if (pause.due()) await pause.turn();
  }
}

function allocate(nRows: number, nVoxels: number): Float64Array {
  try {
    return new Float64Array(nRows * nVoxels);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InvalidArgument(
      "mask",
      `${nVoxels} voxels × ${nRows} items and folds`,
      "this machine has no room for them; take fewer voxels with a mask",
    );
  }
}

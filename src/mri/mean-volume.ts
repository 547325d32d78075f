import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import { openData, type FunctionalData } from "./functional-data.ts";
import { gridOf, nVoxelsOf, type Volume } from "./grid.ts";
import { averageVolumes, usableVoxels } from "./read-patterns.ts";

/** A volume of float64 values in mm. */
export interface MeanVolume extends Volume {
  readonly data: Float64Array;
  readonly shape: readonly [nx: number, ny: number, nz: number];
}

const meanVolumeNames: OptionNames<Pick<JobOptions, "signal" | "onProgress">> = {
  signal: true,
  onProgress: true,
};

/**
 * The mean of all volumes of a functional image: a picture of the brain, and what a brain mask is cut from with
 * `makeMask(mean, { above })`. Voxels that the data lack are 0.
 *
 * @param image - nx × ny × nz × nVolumes, or one such image a run.
 * @throws ShapeMismatch; FileFormatError; Cancelled.
 * @example
 * import { makeMask, meanVolume } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.of(1, 3, 500, 700), shape: [2, 1, 1, 2], affine };
 * const mean = await meanVolume(image);
 * [mean.data, makeMask(mean, { above: 100 }).nVoxels]; // [ Float64Array(2) [ 2, 600 ], 1 ]
 */
export async function meanVolume(
  image: FunctionalData,
  job: Pick<JobOptions, "signal" | "onProgress"> = {},
): Promise<MeanVolume> {
  checkOptions(job, meanVolumeNames);
  const source = await openData(image, job.signal);
  try {
    const { shape, affine } = gridOf(source.header);
    const row = new Int32Array(source.nVolumes);
    const all = {
      items: undefined,
      nItems: 1,
      nFolds: 1,
      foldNames: ["1"],
      row,
      nVolumesUsed: row.length,
      nEmpty: 0,
    };
    const voxels = usableVoxels(source, undefined, "mask");
    const means = await averageVolumes(source, all, voxels, job);
    const data = new Float64Array(nVoxelsOf({ shape, affine }));
    voxels.forEach((voxel, at) => (data[voxel] = means.data[at]));
    return { data, shape, affine };
  } finally {
    await source.close();
  }
}

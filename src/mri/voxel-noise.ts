import { ShapeMismatch } from "../core/errors.ts";
import { checkNoiseMetric } from "../searchlight/noise/noise-metric.ts";
import type { PatchNoise } from "../searchlight/noise/patch-noise.ts";
import { SeriesNoise } from "../searchlight/noise/series-noise.ts";
import { matchRuns, residualRuns, type ResidualRun } from "../stats/covariance/residual-runs.ts";
import type { VolumeAlignment } from "../searchlight/align-volumes.ts";
import type { VoxelSearchlight, VoxelSearchlightOptions } from "./voxel-searchlight.ts";

/** The noise of voxels from residuals, where a user gives them. Throws `ShapeMismatch`, `InvalidArgument`. */
export function voxelNoise(
  { noise, metric, VI }: VoxelSearchlightOptions,
  searchlight: VoxelSearchlight,
  { nFolds, foldNames }: VolumeAlignment,
): PatchNoise | undefined {
  if (noise === undefined) return undefined;
  const { method = "shrunk-to-diagonal", perRun = false } = noise;
  checkNoiseMetric(metric, { VI }, nFolds, perRun);
  const all = residualRuns(noise);
  const runs = nFolds > 1 ? matchRuns(all, foldNames, perRun) : all;
  const columns = columnsOf(runs, searchlight.voxels);
  return new SeriesNoise(runs, columns, method, perRun, searchlight.pairSteps());
}

/** Which columns of the residuals are the voxels used. */
function columnsOf(runs: readonly ResidualRun[], voxels: Int32Array): Int32Array {
  const [{ p, voxels: own }] = runs;
  if (own === undefined) {
    if (p !== voxels.length)
      throw new ShapeMismatch(
        `residuals of ${voxels.length} voxels, as the patterns have`,
        `of ${p}`,
        "give residuals in the voxels of the brain mask, in C order",
      );
    return Int32Array.from(voxels.keys());
  }
  const at = new Map(Array.from(own, (voxel, column) => [voxel, column]));
  const missing = voxels.filter((voxel) => !at.has(voxel)).length;
  if (missing > 0)
    throw new ShapeMismatch(
      `residuals of all ${voxels.length} voxels of the patterns`,
      `none of ${missing} of them`,
      "fit the model in the same mask, or give a brainMask that lies within it",
    );
  return voxels.map((voxel) => at.get(voxel) ?? 0);
}

import { either, listOf, numbers, oneOf, share, texts, thing, whole } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { metricKind } from "../rdm/metrics/index.ts";
import { cosineRegularisationNames } from "../rdm/cross-validated-cosine.ts";
import { metricParamNames } from "../rdm/metrics/metric.ts";
import {
  alignVolumes,
  volumeLabelNames,
  type VolumeLabelOptions,
} from "../searchlight/align-volumes.ts";
import { openData, type FunctionalData } from "./functional-data.ts";
import { averageVolumes } from "./read-patterns.ts";
import { VoxelRdms } from "./voxel-rdms.ts";
import { shareOfNames } from "./least-share.ts";
import { checkMetricFor } from "../searchlight/patch-metric.ts";
import { noiseKind } from "../stats/covariance/residual-runs.ts";
import { voxelNoise } from "./voxel-noise.ts";
import { voxelSearchlight, type VoxelSearchlightOptions } from "./voxel-searchlight.ts";
import type { JobOptions } from "../core/job.ts";

/** What {@link rdmNifti} takes. */
export interface RdmNiftiOptions
  extends VoxelSearchlightOptions, VolumeLabelOptions, Pick<JobOptions, "signal"> {
  /** The items in the order wanted; default: the distinct labels, sorted by code point. */
  readonly items?: readonly string[];
}

/** The names of its options; those of its RSA are these and more. */
export const rdmNiftiNames: OptionNames<RdmNiftiOptions> = {
  items: texts,
  radiusMm: true,
  minShare: share,
  shareOf: oneOf(shareOfNames),
  patches: either(listOf(numbers), thing("{ indptr, indices }", "indptr", "indices")),
  roiMask: true,
  every: whole(1),
  brainMask: true,
  metric: metricKind,
  noise: noiseKind,
  squareRoot: true,
  ...metricParamNames,
  ...cosineRegularisationNames,
  ...volumeLabelNames,
  signal: true,
};

/**
 * Data RDMs of a functional image: volumes with the same label are averaged (or cross-validated with folds), and the
 * averages compared, in all voxels at once or in a sphere around every voxel. RDMs are computed one by one as they are
 * asked for, in C order of their centres.
 *
 * Agrees with `mne_rsa.rdm_nifti`, except that spheres are right on grids that are oblique and anisotropic; a patch
 * where the metric is not defined has an RDM of NaN.
 *
 * @param image - nx × ny × nz × nVolumes: an image, an open file or a file; one such image a run; or cleaned time
 *   courses ({@link cleanVolumes}).
 * @throws ItemMismatch naming labels and items that do not match; ShapeMismatch for a mask of another grid or labels of
 *   another number than volumes; InvalidArgument for an empty mask; FileFormatError; Cancelled.
 * @example
 * import { rdmNifti } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.of(0, 3, 0, 4), shape: [2, 1, 1, 2], affine };
 * const rdms = await rdmNifti(image, { labels: ["dog", "cat"], metric: "euclidean" });
 * rdms.first().between("dog", "cat"); // 5
 */
export async function rdmNifti(
  image: FunctionalData,
  options: RdmNiftiOptions = {},
): Promise<VoxelRdms> {
  checkOptions(options, rdmNiftiNames);
  const source = await openData(image, options.signal);
  try {
    const alignment = alignVolumes(source.nVolumes, options, options.items);
    checkMetricFor(options, alignment.nFolds);
    const searchlight = voxelSearchlight(source, options);
    const patterns = await averageVolumes(source, alignment, searchlight.voxels, options);
    const noise = voxelNoise(options, searchlight, alignment);
    return new VoxelRdms(patterns, searchlight, options, noise);
  } finally {
    await source.close();
  }
}

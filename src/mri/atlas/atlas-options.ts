import { flag, oneOf, texts, whole } from "../../core/gate/kinds.ts";
import { type OptionNames, without } from "../../core/gate/options.ts";
import type { JobOptions } from "../../core/job.ts";
import type { ComparisonLike } from "../../rsa/comparisons/resolve.ts";
import type { VolumeModelOptions } from "../../searchlight/match-volumes.ts";
import { rdmNiftiNames } from "../rdm-nifti.ts";
import type { VoxelSearchlightOptions } from "../voxel-searchlight.ts";

/** What `rsaAtlas` takes. */
export interface RsaAtlasOptions
  extends
    Omit<VoxelSearchlightOptions, "radiusMm" | "patches" | "roiMask">,
    VolumeModelOptions,
    Pick<JobOptions, "signal" | "onProgress"> {
  /** How data and model RDMs are compared; default `spearman`. */
  readonly rsaMetric?: ComparisonLike;
  /** Leave out pairs that are NaN in the data or a model. Default false: they make the score NaN. */
  readonly ignoreNan?: boolean;
  /** Regions of fewer voxels that count have no score. Default 10. */
  readonly leastVoxels?: number;
  /** An atlas on another grid: refused (default), or the label of the `nearest` voxel is taken. */
  readonly resample?: "refuse" | "nearest";
}

/** Names of these options, for the check of options. */
export const rsaAtlasNames: OptionNames<RsaAtlasOptions> = {
  ...without(["radiusMm", "patches", "roiMask", "items"], rdmNiftiNames),
  items: true,
  rsaMetric: true,
  ignoreNan: flag,
  modelItems: texts,
  leastVoxels: whole(1),
  resample: oneOf(["refuse", "nearest"]),
  onProgress: true,
};

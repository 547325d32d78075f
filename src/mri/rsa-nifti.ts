import { texts } from "../core/gate/kinds.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { engineNames, type EngineJob } from "../engine/engine-options.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { rdmNiftiNames } from "./rdm-nifti.ts";
import type { JobOptions } from "../core/job.ts";
import type { ComparisonLike } from "../rsa/comparisons/resolve.ts";
import type { FunctionalData } from "./functional-data.ts";
import type { VolumeModelOptions } from "../searchlight/match-volumes.ts";
import { RsaMaps } from "./rsa-maps.ts";
import { scoreVolumes } from "./score-volumes.ts";
import type { VoxelSearchlightOptions } from "./voxel-searchlight.ts";

/** What {@link rsaNifti} takes. */
export interface RsaNiftiOptions
  extends VoxelSearchlightOptions, VolumeModelOptions, JobOptions, EngineJob {
  /** How data and model RDMs are compared; default `spearman`. */
  readonly rsaMetric?: ComparisonLike;
  /** Leave out pairs that are NaN in the data or a model. Default false: they make the score NaN. */
  readonly ignoreNan?: boolean;
}

export const rsaNiftiNames: OptionNames<RsaNiftiOptions> = {
  ...rdmNiftiNames,
  items: true,
  rsaMetric: true,
  ignoreNan: true,
  modelItems: texts,
  onProgress: true,
  jobs: true,
  ...engineNames,
};

/**
 * RSA between a functional image and models, in a sphere around every voxel: the data RDM of each patch (see
 * {@link rdmNifti}) is compared with every model RDM. Volumes are matched with the models' items by label, and volumes
 * of one label averaged; with folds distances are cross-validated.
 *
 * The result has one float32 map a model on the image's grid: 0 outside, NaN where no score is defined (a patch of one
 * voxel with `correlation`, a constant item, NaN in the data without `ignoreNan`), both counted. Agrees with
 * `mne_rsa.rsa_nifti`, except that spheres are right on grids that are oblique and anisotropic, a lone voxel does not
 * stop the rest, and maps are float32 whatever the image's type. Without `radiusMm` all voxels (of `roiMask`) are one
 * patch.
 *
 * @param image - nx × ny × nz × nVolumes: an image, an open file or a file; one such image a run; or cleaned time
 *   courses ({@link cleanVolumes}). Files are read a few volumes at a time.
 * @throws ItemMismatch naming labels that only the volumes or only a model have; ShapeMismatch for a mask of another
 *   grid or labels of another number than volumes; InvalidArgument for an empty mask, a radius that reaches no other
 *   voxel or models without labels; FileFormatError; Cancelled.
 * @example
 * import { Rdm, rsaNifti } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const data = Float64Array.of(1, 2, 4, 2, 5, 1, 5, 1, 3, 3, 3, 2);
 * const image = { data, shape: [4, 1, 1, 3], affine };
 * const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
 * const maps = await rsaNifti(image, model, { labels: ["a", "b", "c"], radiusMm: 4 });
 * maps.map("idea").data.length; // 4
 */
export async function rsaNifti(
  image: FunctionalData,
  models: RdmInput,
  options: RsaNiftiOptions = {},
): Promise<RsaMaps> {
  checkOptions(options, rsaNiftiNames);
  const asked = await scoreVolumes(image, models, options);
  const modelNames = asked.models.map((model, at) => model.name ?? `model ${at + 1}`);
  return new RsaMaps({ ...asked, modelNames });
}

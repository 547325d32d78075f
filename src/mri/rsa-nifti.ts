import { texts } from "../core/gate/kinds.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { rdmNiftiNames } from "./rdm-nifti.ts";
import type { JobOptions } from "../core/job.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { nameOf, type ComparisonLike } from "../rsa/comparisons/resolve.ts";
import { checkMetricFor, patchMetricLabel } from "../searchlight/patch-metric.ts";
import { scorePatches } from "../searchlight/score-patches.ts";
import { countUndefined } from "../searchlight/undefined-scores.ts";
import { openData, type DataSource, type FunctionalData } from "./functional-data.ts";
import { matchVolumes, type VolumeModelOptions } from "./match-volumes.ts";
import { averageVolumes, type VoxelPatterns } from "./read-patterns.ts";
import { RsaMaps } from "./rsa-maps.ts";
import { voxelNoise } from "./voxel-noise.ts";
import {
  refuseLoneVoxels,
  voxelSearchlight,
  type VoxelSearchlightOptions,
} from "./voxel-searchlight.ts";

/** What {@link rsaNifti} takes. */
export interface RsaNiftiOptions extends VoxelSearchlightOptions, VolumeModelOptions, JobOptions {
  /** How data and model RDMs are compared; default `spearman`. */
  readonly rsaMetric?: ComparisonLike;
  /** Leave out pairs that are NaN in the data or a model. Default false: they make the score NaN. */
  readonly ignoreNan?: boolean;
}

const rsaNiftiNames: OptionNames<RsaNiftiOptions> = {
  ...rdmNiftiNames,
  items: true,
  rsaMetric: true,
  ignoreNan: true,
  modelItems: texts,
  onProgress: true,
  jobs: true,
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
  const source = await openData(image);
  try {
    return await mapsOf(source, toRdms(models, "models"), options);
  } finally {
    await source.close();
  }
}

async function mapsOf(
  source: DataSource,
  models: readonly Rdm[],
  options: RsaNiftiOptions,
): Promise<RsaMaps> {
  const matched = matchVolumes(source.nVolumes, models, options);
  const { nItems, nFolds } = matched.alignment;
  checkMetricFor(options, nFolds);
  const searchlight = voxelSearchlight(source, options);
  const sizes = searchlight.sizes();
  refuseLoneVoxels(searchlight, sizes, options);
  const started = performance.now();
  const patterns = await averageVolumes(source, matched.alignment, searchlight.voxels, options);
  const read = performance.now();
  const { patches } = searchlight;
  const noise = voxelNoise(options, searchlight, matched.alignment);
  const patched = { ...patterns, shape: patterns.shape.slice(-2), patches, noise };
  const condensed = matched.models.map((model) => model.condensed);
  const scores = await scorePatches(patched, condensed, options);
  const scored = performance.now();
  return new RsaMaps({
    scores,
    modelNames: matched.models.map((model, at) => model.name ?? `model ${at + 1}`),
    header: source.header,
    centres: searchlight.centres,
    pooled: searchlight.pooled,
    patchSizes: sizes,
    record: {
      metric: patchMetricLabel(options.metric),
      rsaMetric: nameOf(options.rsaMetric ?? "spearman"),
      ignoreNan: options.ignoreNan ?? false,
      radiusMm: options.radiusMm,
      nFolds,
      nItems,
      items: matched.models[0].items,
      nVolumes: source.nVolumes,
      nVolumesUsed: patterns.nVolumesUsed,
      nVoxels: searchlight.voxels.length,
      nConstant: countConstant(patterns),
      nPatches: searchlight.patches.length,
      nUndefined: countUndefined(scores, searchlight.patches.length),
      nLonePatches: sizes.filter((size) => size < 2).length,
      nEmpty: matched.alignment.nEmpty,
      readS: (read - started) / 1000,
      scoreS: (scored - read) / 1000,
    },
  });
}

/** Voxels with one value in all rows. */
function countConstant({ data, voxels }: VoxelPatterns): number {
  const varies = new Uint8Array(voxels.length);
  for (let at = voxels.length; at < data.length;)
    for (let v = 0; v < voxels.length; v++, at++) if (data[at] !== data[v]) varies[v] = 1;
  return varies.reduce((count, one) => count - one, voxels.length);
}

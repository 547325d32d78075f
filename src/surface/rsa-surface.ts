import { flag, texts } from "../core/gate/kinds.ts";
import { engineNames, type EngineJob } from "../engine/engine-options.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { nameOf, type ComparisonLike } from "../rsa/comparisons/resolve.ts";
import { volumeLabelNames } from "../searchlight/align-volumes.ts";
import type { VolumeModelOptions } from "../searchlight/match-volumes.ts";
import { unscoredModels } from "../searchlight/undefined-scores.ts";
import { scoreSurface } from "./score-surface.ts";
import type { SurfaceSource } from "./surface-data.ts";
import { SurfaceMaps } from "./surface-maps.ts";
import { surfaceSearchlightNames, type SurfaceSearchlightOptions } from "./surface-searchlight.ts";

/** What {@link rsaSurface} takes. */
export interface RsaSurfaceOptions
  extends SurfaceSearchlightOptions, VolumeModelOptions, JobOptions, EngineJob {
  /** How data and model RDMs are compared; default `spearman`. */
  readonly rsaMetric?: ComparisonLike;
  /** Leave out pairs that are NaN in the data or a model. Default false: they make the score NaN. */
  readonly ignoreNan?: boolean;
}

/** Names of these options, for the check of options. */
export const rsaSurfaceNames: OptionNames<RsaSurfaceOptions> = {
  ...surfaceSearchlightNames,
  ...volumeLabelNames,
  ...jobNames,
  ...engineNames,
  items: true,
  modelItems: texts,
  rsaMetric: true,
  ignoreNan: flag,
};

/**
 * RSA between values on the cortex (fMRI as GIFTI, MGH or CIFTI) and models, in a patch around every vertex, along the
 * surface, or in parcels: as {@link rsaNifti} in a volume. Volumes are matched with the models' items by label and
 * averaged, or cross-validated with folds. The halves of the cortex are infinitely far apart. Vertices without data (NaN,
 * or one value in all volumes, as the medial wall) are in no patch, and NaN in the maps.
 *
 * @throws ItemMismatch naming labels that only the volumes or only a model have; ShapeMismatch for data, meshes and
 *   labels that do not fit; InvalidArgument for a radius that reaches no other vertex, or all of them; FileFormatError;
 *   MissingFile; Cancelled.
 * @example
 * import { Rdm, rsaSurface } from "tsrsa";
 * const points = { data: Float64Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0), shape: [4, 3] };
 * const triangles = { data: Int32Array.of(0, 1, 2, 0, 2, 3), shape: [2, 3] };
 * const values = { data: Float64Array.of(1, 2, 4, 2, 5, 1, 5, 1, 3, 3, 3, 2), shape: [4, 3] };
 * const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
 * const maps = await rsaSurface({ left: { values } }, model, {
 *   labels: ["a", "b", "c"],
 *   surfaces: { left: { points, triangles } },
 *   radiusMm: 1.2,
 * });
 * maps.map("idea").left?.length; // 4
 */
export async function rsaSurface(
  data: SurfaceSource,
  models: RdmInput,
  options: RsaSurfaceOptions = {},
): Promise<SurfaceMaps> {
  checkOptions(options, rsaSurfaceNames);
  const { models: matched, ...found } = await scoreSurface(data, models, options);
  const modelNames = matched.map(({ name }, at) => name ?? `model ${at + 1}`);
  return new SurfaceMaps({
    ...found,
    modelNames,
    rsaMetric: nameOf(options.rsaMetric ?? "spearman"),
    notes: [...found.notes, ...unscoredModels(found.scores, modelNames)],
  });
}

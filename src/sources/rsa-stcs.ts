import { flag, listOf, object, texts, thing, whole } from "../core/gate/kinds.ts";
import { engineNames, type EngineJob } from "../engine/engine-options.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import { epochNoiseKind } from "../meg/epoch-noise.ts";
import { epochFoldNames } from "../meg/epoch-folds.ts";
import { metricKind } from "../rdm/metrics/index.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { nameOf, type ComparisonLike } from "../rsa/comparisons/resolve.ts";
import type { ModelItemOptions } from "../rsa/match-models.ts";
import { metricOptionNames } from "../searchlight/patch-metric.ts";
import { unscoredModels } from "../searchlight/undefined-scores.ts";
import { estimateLabelNames, type EstimateLabelOptions } from "./align-estimates.ts";
import { scoreAround, scoreRegions, type EstimateNumbers } from "./score-estimates.ts";
import { someEstimates, type SourceEstimates } from "./source-estimates.ts";
import type { SourceLabel } from "./source-label.ts";
import { SourceScores } from "./source-scores.ts";
import type { SourceSearchlightOptions } from "./source-searchlight.ts";

/** What {@link rsaStcs} takes. */
export interface RsaStcsOptions
  extends SourceSearchlightOptions, EstimateLabelOptions, ModelItemOptions, EngineJob {
  /** How data and model RDMs are compared; default `spearman`. */
  readonly rsaMetric?: ComparisonLike;
  /** Leave out pairs that are NaN in the data or a model. Default false: they make the score NaN. */
  readonly ignoreNan?: boolean;
}

const patternNames = {
  ...metricOptionNames,
  ...epochFoldNames,
  ...estimateLabelNames,
  ...jobNames,
  metric: metricKind,
  tminS: true,
  tmaxS: true,
  temporalRadiusS: true,
  every: whole(1),
  noise: epochNoiseKind,
} as const;

/** Names of the options of searchlights over sources. */
export const sourceSearchlightNames: OptionNames<SourceSearchlightOptions & EstimateLabelOptions> =
  {
    ...patternNames,
    sourceSpaces: listOf(
      thing("source spaces, as readSourceSpaces gives them", "points", "vertices"),
    ),
    spatialRadiusM: true,
    sources: object,
  };

const scoreNames = {
  ...engineNames,
  rsaMetric: true,
  ignoreNan: flag,
  modelItems: texts,
  items: true,
} as const;

/** Names of the options of {@link rsaStcs}. */
export const rsaStcsNames: OptionNames<RsaStcsOptions> = {
  ...sourceSearchlightNames,
  ...scoreNames,
};

/** Names of the options of {@link rsaStcsRois}. */
export const rsaStcsRoisNames: OptionNames<RsaStcsRoisOptions> = { ...patternNames, ...scoreNames };

/** Throws `InvalidArgument` for what are no labels. */
export const someLabels = listOf(thing("a label { name, hemisphere, vertices }", "vertices"));

/**
 * RSA between source estimates and models: in patches along the cortex (or in a volume) and windows in time, the data
 * RDM of each patch is compared with every model RDM. Estimates of one label are averaged; items are matched by label,
 * sources by hemisphere and vertex. Without `spatialRadiusM` all sources (of `sources`) are one patch, without
 * `temporalRadiusS` all samples.
 *
 * Agrees with `mne_rsa.rsa_stcs`, except that a radius in seconds is rounded to samples, volumes are measured in a
 * straight line, and a source space that lacks sources of the data is refused.
 *
 * @throws ItemMismatch naming items or sources that do not match; InvalidArgument; ShapeMismatch; Cancelled.
 * @example
 * import { Rdm, rsaStcs, SourceEstimates } from "tsrsa";
 * const estimates = new SourceEstimates({
 *   data: { data: Float64Array.of(1, 2, 4, 2, 5, 1, 5, 1, 3), shape: [3, 1, 3] },
 *   vertices: [Int32Array.of(7), new Int32Array(0)],
 *   kind: "surface",
 *   tminS: 0,
 *   tstepS: 0.01,
 * });
 * const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
 * const scores = await rsaStcs(estimates, model, { labels: ["a", "b", "c"] });
 * scores.peak("idea").place; // rsa
 */
export async function rsaStcs(
  estimates: SourceEstimates,
  models: RdmInput,
  options: RsaStcsOptions = {},
): Promise<SourceScores> {
  someEstimates(estimates, "estimates");
  checkOptions(options, rsaStcsNames);
  return scoresOf(await scoreAround(estimates, models, options), options);
}

/** What {@link rsaStcsRois} takes. */
export type RsaStcsRoisOptions = Omit<
  RsaStcsOptions,
  "spatialRadiusM" | "sourceSpaces" | "sources"
>;

/**
 * RSA in regions of the brain: all sources of a label are one patch. A label may lie in both hemispheres; one without
 * sources is refused by name. Scores come region by region; their map is NaN outside (`toEstimates`).
 *
 * Agrees with `mne_rsa.rsa_stcs_rois`, whose map is 0 outside.
 *
 * @throws InvalidArgument for a label without sources or of another brain; as {@link rsaStcs} beside.
 * @example
 * import { Rdm, rsaStcsRois, SourceEstimates } from "tsrsa";
 * const estimates = new SourceEstimates({
 *   data: { data: Float64Array.of(1, 2, 4, 2, 5, 1, 5, 1, 3), shape: [3, 3, 1] },
 *   vertices: [Int32Array.of(7, 9), Int32Array.of(3)],
 *   kind: "surface",
 *   tminS: 0,
 *   tstepS: 0.01,
 * });
 * const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
 * const rois = [{ name: "V1", hemisphere: "left", vertices: [7, 9] }] as const;
 * const scores = await rsaStcsRois(estimates, model, rois, { labels: ["a", "b", "c"], metric: "euclidean" });
 * scores.places; // [ "V1" ]
 */
export async function rsaStcsRois(
  estimates: SourceEstimates,
  models: RdmInput,
  rois: readonly SourceLabel[],
  options: RsaStcsRoisOptions = {},
): Promise<SourceScores> {
  someEstimates(estimates, "estimates");
  someLabels(rois, "rois");
  checkOptions(options, rsaStcsRoisNames);
  return scoresOf(await scoreRegions(estimates, models, rois, options), options);
}

function scoresOf(
  { models, ...found }: EstimateNumbers,
  { rsaMetric = "spearman" }: RsaStcsOptions,
): SourceScores {
  const modelNames = models.map((model, at) => model.name ?? `model ${at + 1}`);
  return new SourceScores({
    ...found,
    modelNames,
    rsaMetric: nameOf(rsaMetric),
    notes: [...found.notes, ...unscoredModels(found.scores, modelNames)],
  });
}

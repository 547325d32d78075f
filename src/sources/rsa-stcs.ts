import { flag, listOf, object, texts, thing } from "../core/gate/kinds.ts";
import { engineNames, type EngineJob } from "../engine/engine-options.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import { epochNoiseKind } from "../meg/epoch-noise.ts";
import { epochFoldNames } from "../meg/epoch-folds.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { metricKind } from "../rdm/metrics/index.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import { nameOf, type ComparisonLike } from "../rsa/comparisons/resolve.ts";
import { matchModels, type ModelItemOptions } from "../rsa/match-models.ts";
import { metricOptionNames } from "../searchlight/patch-metric.ts";
import { scorePatches } from "../searchlight/score-patches.ts";
import { countUndefined, unscoredModels } from "../searchlight/undefined-scores.ts";
import type { Alignment } from "../table/align.ts";
import {
  alignEstimates,
  estimateLabelNames,
  itemsOfEstimates,
  type EstimateLabelOptions,
} from "./align-estimates.ts";
import { rowsInLabel } from "./selected-sources.ts";
import { someEstimates, type SourceEstimates } from "./source-estimates.ts";
import type { SourceLabel } from "./source-label.ts";
import { SourceScores } from "./source-scores.ts";
import {
  givenSearchlight,
  sourcePatterns,
  sourceSearchlight,
  type SourceSearchlight,
  type SourceSearchlightOptions,
} from "./source-searchlight.ts";

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

const rsaStcsNames: OptionNames<RsaStcsOptions> = { ...sourceSearchlightNames, ...scoreNames };

const rsaStcsRoisNames: OptionNames<RsaStcsRoisOptions> = { ...patternNames, ...scoreNames };

const someLabels = listOf(thing("a label { name, hemisphere, vertices }", "vertices"));

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
  const matched = matchEstimates(estimates, toRdms(models, "models"), options);
  const searchlight = await sourceSearchlight(estimates, options);
  const { centres } = searchlight;
  const names = estimates.sourceNames;
  return score(estimates, matched, searchlight, options, {
    places: centres === undefined ? ["rsa"] : Array.from(centres, (row) => names[row]),
    ...mapOfCentres(estimates, centres),
  });
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
  const rows = rois.map((roi) => rowsInLabel(estimates, roi));
  const matched = matchEstimates(estimates, toRdms(models, "models"), options);
  return score(estimates, matched, givenSearchlight(estimates, rows, options), options, {
    places: rois.map(({ name }, at) => name ?? `region ${at + 1}`),
    rows,
    vertices: estimates.vertices,
  });
}

interface Matched {
  readonly models: readonly Rdm[];
  readonly alignment: Alignment;
}

function matchEstimates(
  estimates: SourceEstimates,
  models: readonly Rdm[],
  options: RsaStcsOptions,
): Matched {
  const by = options.labels === undefined ? "order" : "label";
  const observed = {
    by,
    items: itemsOfEstimates(estimates, options),
    called: "estimates",
  } as const;
  const { models: aligned, items, unknown } = matchModels(models, observed, options);
  return { models: aligned, alignment: alignEstimates(estimates, options, items, unknown) };
}

/** The part of a result that says where its places are. */
interface Where {
  readonly places: readonly string[];
  readonly rows: readonly Int32Array[];
  readonly vertices: readonly Int32Array[];
}

/** A map has the sources that were centres, each with its own score. */
function mapOfCentres(
  { vertices }: SourceEstimates,
  centres: Int32Array | undefined,
): Pick<Where, "rows" | "vertices"> {
  if (centres === undefined) return { rows: [], vertices };
  const kept = new Set(centres);
  let row = 0;
  const chosen = vertices.map((list) => list.filter(() => kept.has(row++)));
  return { rows: Array.from(centres, (_, at) => Int32Array.of(at)), vertices: chosen };
}

async function score(
  estimates: SourceEstimates,
  { models, alignment }: Matched,
  searchlight: SourceSearchlight,
  options: RsaStcsOptions,
  where: Where,
): Promise<SourceScores> {
  const patterns = await sourcePatterns(estimates, alignment, searchlight, options);
  const scores = await scorePatches(
    patterns,
    models.map(({ condensed }) => condensed),
    options,
  );
  const modelNames = models.map((model, at) => model.name ?? `model ${at + 1}`);
  const nPatches = patterns.patches.length;
  const nUndefined = countUndefined(scores, nPatches);
  const note = `${nUndefined} of ${nPatches} patches have no score (NaN)`;
  return new SourceScores({
    ...where,
    scores,
    modelNames,
    kind: estimates.kind,
    subject: estimates.subject,
    times: searchlight.times,
    tstepS: estimates.tstepS,
    rsaMetric: nameOf(options.rsaMetric ?? "spearman"),
    nItems: alignment.items.length,
    notes: [...(nUndefined > 0 ? [note] : []), ...unscoredModels(scores, modelNames)],
  });
}

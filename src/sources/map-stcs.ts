import { cells } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import {
  mapPatches,
  patchFunctionNames,
  type PatchFunction,
  type PatchFunctionOptions,
} from "../searchlight/map-searchlight.ts";
import { alignEstimates, type EstimateLabelOptions } from "./align-estimates.ts";
import type { RdmStcsOptions } from "./rdm-stcs.ts";
import { someLabels, sourceSearchlightNames } from "./rsa-stcs.ts";
import { layRegions, whereOf, type LaidEstimates } from "./score-estimates.ts";
import { someEstimates, type SourceEstimates } from "./source-estimates.ts";
import type { SourceLabel } from "./source-label.ts";
import { SourceScores } from "./source-scores.ts";
import {
  sourcePatterns,
  sourceSearchlight,
  type SourceSearchlightOptions,
} from "./source-searchlight.ts";

/** What {@link mapStcs} takes. */
export interface MapStcsOptions
  extends
    Pick<
      RdmStcsOptions,
      | "items"
      | "labels"
      | "sourceSpaces"
      | "spatialRadiusM"
      | "temporalRadiusS"
      | "sources"
      | "tminS"
      | "tmaxS"
    >,
    PatchFunctionOptions {}

const mapStcsNames: OptionNames<MapStcsOptions> = {
  items: cells,
  labels: sourceSearchlightNames.labels,
  sourceSpaces: sourceSearchlightNames.sourceSpaces,
  spatialRadiusM: sourceSearchlightNames.spatialRadiusM,
  temporalRadiusS: sourceSearchlightNames.temporalRadiusS,
  sources: sourceSearchlightNames.sources,
  tminS: sourceSearchlightNames.tminS,
  tmaxS: sourceSearchlightNames.tmaxS,
  ...patchFunctionNames,
};

/**
 * A function of one's own around every source and in every window of time: patterns (items × features, estimates of one
 * label averaged) and labels in, one number or several out. The result is scores by name, as of {@link rsaStcs}. With
 * `every`, only every so manieth window along time (where there is one time, source).
 *
 * @throws as {@link rdmStcs}, and as `mapSearchlight` for what the function gives.
 * @example
 * import { mapStcs, SourceEstimates } from "tsrsa";
 * const estimates = new SourceEstimates({
 *   data: { data: Float64Array.of(1, 2, 3, 3, 2, 1), shape: [2, 1, 3] },
 *   vertices: [Int32Array.of(7), new Int32Array(0)],
 *   kind: "surface",
 *   tminS: 0,
 *   tstepS: 0.01,
 * });
 * const scores = await mapStcs(estimates, ({ data }) => Math.max(...data), { labels: ["dog", "cat"], onProgress: false });
 * scores.series().values; // Float64Array(1) [ 3 ]
 */
export async function mapStcs(
  estimates: SourceEstimates,
  each: PatchFunction,
  options: MapStcsOptions = {},
): Promise<SourceScores> {
  someEstimates(estimates, "estimates");
  checkOptions(options, mapStcsNames);
  const where = patternsAsked(options);
  const searchlight = await sourceSearchlight(estimates, where);
  return mapLaid(estimates, each, { searchlight, where: whereOf(estimates, searchlight) }, options);
}

/** What {@link mapStcsRois} takes. */
export type MapStcsRoisOptions = Omit<
  MapStcsOptions,
  "spatialRadiusM" | "sourceSpaces" | "sources"
>;

const mapStcsRoisNames: OptionNames<MapStcsRoisOptions> = without(
  ["spatialRadiusM", "sourceSpaces", "sources"],
  mapStcsNames,
);

/**
 * The same in regions of the brain: all sources of a label are one patch, as in {@link rsaStcsRois}. With `every`, only
 * every so manieth window along time.
 *
 * @throws as {@link mapStcs}; `InvalidArgument` for a label without sources or of another brain.
 * @example
 * import { mapStcsRois, SourceEstimates } from "tsrsa";
 * const estimates = new SourceEstimates({
 *   data: { data: Float64Array.of(1, 2, 9, 4, 3, 7), shape: [2, 3, 1] },
 *   vertices: [Int32Array.of(7, 9), Int32Array.of(3)],
 *   kind: "surface",
 *   tminS: 0,
 *   tstepS: 0.01,
 * });
 * const rois = [{ name: "V1", hemisphere: "left", vertices: [7, 9] }] as const;
 * const largest = ({ data }: { readonly data: ArrayLike<number> }) => Math.max(...Array.from(data));
 * const scores = await mapStcsRois(estimates, largest, rois, { labels: ["dog", "cat"], onProgress: false });
 * scores.series(undefined, "V1").values; // Float64Array(1) [ 4 ]
 */
export async function mapStcsRois(
  estimates: SourceEstimates,
  each: PatchFunction,
  rois: readonly SourceLabel[],
  options: MapStcsRoisOptions = {},
): Promise<SourceScores> {
  someEstimates(estimates, "estimates");
  someLabels(rois, "rois");
  checkOptions(options, mapStcsRoisNames);
  return mapLaid(estimates, each, layRegions(estimates, rois, patternsAsked(options)), options);
}

/** What is asked of patterns: the metric is that of nothing, since no RDM is made. */
function patternsAsked(options: MapStcsOptions): SourceSearchlightOptions & EstimateLabelOptions {
  const { labels, sourceSpaces, spatialRadiusM, temporalRadiusS, sources } = options;
  const { tminS, tmaxS, every, signal, onProgress } = options;
  const where = { labels, sourceSpaces, spatialRadiusM, temporalRadiusS, sources, tminS, tmaxS };
  return { ...where, every, signal, onProgress, metric: "euclidean" };
}

async function mapLaid(
  estimates: SourceEstimates,
  each: PatchFunction,
  { searchlight, where }: LaidEstimates,
  options: MapStcsOptions,
): Promise<SourceScores> {
  const { names, signal, onProgress } = options;
  const asked = patternsAsked(options);
  const alignment = alignEstimates(estimates, asked, options.items);
  const patterns = await sourcePatterns(estimates, alignment, searchlight, asked);
  const known = options.labels === undefined ? undefined : alignment.items;
  const all = Int32Array.from({ length: patterns.patches.length }, (_, at) => at);
  const found = await mapPatches(patterns, known, all, each, { names, signal, onProgress });
  return new SourceScores({
    ...where,
    scores: found.values,
    modelNames: found.names,
    rsaMetric: "own function",
    nItems: alignment.items.length,
    notes: [],
  });
}

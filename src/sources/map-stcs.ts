import { cells } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import {
  mapPatches,
  patchFunctionNames,
  type PatchFunction,
  type PatchFunctionOptions,
} from "../searchlight/map-searchlight.ts";
import { alignEstimates } from "./align-estimates.ts";
import type { RdmStcsOptions } from "./rdm-stcs.ts";
import { sourceSearchlightNames } from "./rsa-stcs.ts";
import { whereOf } from "./score-estimates.ts";
import { someEstimates, type SourceEstimates } from "./source-estimates.ts";
import { SourceScores } from "./source-scores.ts";
import { sourcePatterns, sourceSearchlight } from "./source-searchlight.ts";

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
  const { names, items, ...given } = options;
  const { signal, onProgress } = options;
  const where = { ...given, metric: "euclidean" } as const;
  const alignment = alignEstimates(estimates, where, items);
  const searchlight = await sourceSearchlight(estimates, where);
  const patterns = await sourcePatterns(estimates, alignment, searchlight, where);
  const known = options.labels === undefined ? undefined : alignment.items;
  const all = Int32Array.from({ length: patterns.patches.length }, (_, at) => at);
  const found = await mapPatches(patterns, known, all, each, { names, signal, onProgress });
  return new SourceScores({
    ...whereOf(estimates, searchlight),
    scores: found.values,
    modelNames: found.names,
    rsaMetric: "own function",
    nItems: alignment.items.length,
    notes: [],
  });
}

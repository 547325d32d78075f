import { listOf, numbers, object } from "../core/gate/kinds.ts";
import { engineNames, type EngineJob } from "../engine/engine-options.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import { toVector } from "../core/gate/vector.ts";
import type { JobOptions } from "../core/job.ts";
import type { Matrix } from "../core/matrix.ts";
import { metricKind, type Metric } from "../rdm/metrics/index.ts";
import type { ComparisonLike } from "../rsa/comparisons/resolve.ts";
import { metricOptionNames, type SearchlightMetricOptions } from "./patch-metric.ts";
import { patchedPatterns } from "./patched-patterns.ts";
import type { SearchlightPatches } from "./patches.ts";
import { scorePatches } from "./score-patches.ts";
import { countUndefined } from "./undefined-scores.ts";

/** How to score a searchlight. */
export interface ScoreSearchlightOptions extends JobOptions, EngineJob {
  /** How the items of a patch are compared; with folds also `crossnobis`. Default `correlation`. */
  readonly metric?: Metric | "crossnobis";
  /** What the metric needs. */
  readonly metricOptions?: SearchlightMetricOptions;
  /** How a patch's RDM is compared with the models. Default `spearman`. */
  readonly rsaMetric?: ComparisonLike;
  /** Leave out pairs that are `NaN` in the patch or the model. Default false: then they make the score `NaN`. */
  readonly ignoreNan?: boolean;
  /** The patterns are folds × items × series × …, and distances cross-validated. Default false. */
  readonly crossValidated?: boolean;
}

const scoreSearchlightNames: OptionNames<ScoreSearchlightOptions> = {
  metric: metricKind,
  metricOptions: object,
  rsaMetric: true,
  ignoreNan: true,
  crossValidated: true,
  ...jobNames,
  ...engineNames,
};

/** Scores of all patches. */
export interface SearchlightScores {
  /** nModels × nPatches in C order; `NaN` where a score is not defined. */
  readonly scores: Float64Array;
  /** Number of patches that have no score with any model. */
  readonly undefinedPatches: number;
}

/**
 * Compare the RDM of every patch of a searchlight with models, keeping no RDM.
 *
 * A patch in which the metric is not defined (no series, a single feature for `correlation` and `cosine`, a constant
 * item without `ignoreNan`) scores `NaN` and is counted, where MNE-RSA stops the whole searchlight. Agrees with
 * `rsa_array` of MNE-RSA.
 *
 * @param patterns - nItems × series × …, or nFolds × nItems × series × … when cross-validated; the patches are made
 *   for the shape without folds.
 * @param models - condensed model RDMs, their items in the order of the patterns.
 * @throws ShapeMismatch when patterns, patches and models do not fit each other; UnknownOption for an unknown metric;
 *   InvalidArgument for no model; Cancelled.
 * @example
 * import { scoreSearchlight, searchlightPatches } from "tsrsa";
 * const patterns = { data: Float64Array.of(1, 2, 9, 2, 5, 1, 5, 1, 3), shape: [3, 3] };
 * const patches = searchlightPatches(patterns.shape, { patches: [[0, 1], [2]] });
 * const models = [Float64Array.of(1, 2, 3)];
 * const { scores } = await scoreSearchlight(patterns, patches, models, { metric: "euclidean", onProgress: false });
 * scores; // Float64Array(2) [ 1, -1 ]
 */
export async function scoreSearchlight(
  patterns: Matrix,
  patches: SearchlightPatches,
  models: readonly Float64Array[],
  options: ScoreSearchlightOptions = {},
): Promise<SearchlightScores> {
  checkOptions(options, scoreSearchlightNames);
  const { metricOptions, crossValidated = false, ...how } = options;
  if (metricOptions !== undefined) checkOptions(metricOptions, metricOptionNames);
  const patched = patchedPatterns(patterns, crossValidated, patches);
  const condensed = condensedModels(models);
  const scores = await scorePatches(patched, condensed, { ...how, ...metricOptions });
  return { scores, undefinedPatches: countUndefined(scores, patches.length) };
}

/** Vectors as they are; lists of numbers as vectors. Throws `InvalidArgument`. */
function condensedModels(models: readonly ArrayLike<number>[]): readonly Float64Array[] {
  listOf(numbers)(models, "models");
  return Array.from(models, (model, at) =>
    model instanceof Float64Array ? model : toVector(model, `models[${at}]`),
  );
}

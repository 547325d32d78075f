import { ShapeMismatch } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import type { Matrix } from "../core/matrix.ts";
import { reporter } from "../core/progress.ts";
import type { CosineRegularisation } from "../rdm/cross-validated-cosine.ts";
import type { Metric } from "../rdm/metrics/index.ts";
import type { MetricParams } from "../rdm/metrics/metric.ts";
import { engineScores } from "../rsa/comparisons/engine-scores.ts";
import type { ComparisonLike } from "../rsa/comparisons/resolve.ts";
import { checkModels, prepareModels, type PreparedModels } from "../rsa/prepared/prepare-models.ts";
import { hasNaN } from "../stats/has-nan.ts";
import { foldedPatterns } from "./folded-patterns.ts";
import type { SearchlightPatches } from "./patches.ts";
import { scoreEachPatch, scoreUndefined } from "./score-each-patch.ts";
import { engineSeries, scoreOnEngine } from "./score-on-engine.ts";

/** What the metric of a patch's RDM takes. */
export interface SearchlightMetricOptions extends MetricParams, CosineRegularisation {
  /** With folds, for all but `correlation` and `cosine`: the signed root instead of the signed square. Default false. */
  readonly squareRoot?: boolean;
}

/** How to score a searchlight. */
export interface ScoreSearchlightOptions extends JobOptions {
  /** How the items of a patch are compared; with folds also `crossnobis`. Default `correlation`. */
  readonly metric?: Metric | "crossnobis";
  readonly metricOptions?: SearchlightMetricOptions;
  /** How a patch's RDM is compared with the models. Default `spearman`. */
  readonly rsaMetric?: ComparisonLike;
  /** Leave out pairs that are `NaN` in the patch or the model. Default false: then they make the score `NaN`. */
  readonly ignoreNan?: boolean;
  /** The patterns are folds × items × series × …, and distances cross-validated. Default false. */
  readonly crossValidated?: boolean;
}

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
  const { rsaMetric = "spearman", ignoreNan = false, crossValidated = false } = options;
  const folded = foldedPatterns(patterns, crossValidated, patches.plan);
  checkPairs(checkModels(models, rsaMetric), folded.nItems);
  const line = reporter(options, "searchlight", patches.length);
  // With gaps in a model every patch has to be scored pair by pair.
  const gaps = ignoreNan && models.some(hasNaN);
  const engine = gaps ? undefined : engineScores(models, rsaMetric);
  const series = engine && engineSeries(folded, patches, options);
  // Ranking or inverting models takes a while: it is done once, on the way that is taken.
  const prepared = (): PreparedModels => prepareModels(models, { metric: rsaMetric, ignoreNan });
  const scores =
    engine === undefined || series === undefined
      ? await scoreEachPatch(folded, patches, prepared(), options, line)
      : await scoreOnEngine(folded.all, series, models, engine, options, line);
  if (series !== undefined && ignoreNan)
    await scoreUndefined(scores, folded, patches, prepared(), options);
  line.finish();
  return { scores, undefinedPatches: countUndefined(scores, patches.length) };
}

function checkPairs(nPairs: number, nItems: number): void {
  const expected = (nItems * (nItems - 1)) / 2;
  if (nPairs === expected) return;
  throw new ShapeMismatch(
    `models of ${expected} pairs, for the ${nItems} items of the patterns`,
    `${nPairs}`,
  );
}

function countUndefined(scores: Float64Array, nPatches: number): number {
  let count = 0;
  for (let patch = 0; patch < nPatches; patch++) {
    let at = patch;
    while (at < scores.length && Number.isNaN(scores[at])) at += nPatches;
    if (at >= scores.length) count++;
  }
  return count;
}

import { InvalidArgument, ShapeMismatch, UnknownOption } from "../core/errors.ts";
import { pearson, spearman } from "./scorers/correlation.ts";
import { kendallTauA } from "./scorers/kendall.ts";
import { partial, partialSpearman } from "./scorers/partial.ts";
import { regression } from "./scorers/regression.ts";
import type { ScorerOf } from "./scorers/scorer.ts";

/** Every way to compare RDMs by name; a new one is a new entry. */
const scorers = {
  spearman,
  pearson,
  "kendall-tau-a": kendallTauA,
  partial,
  "partial-spearman": partialSpearman,
  regression,
} satisfies Record<string, ScorerOf>;

/** Name of a way to compare RDMs, as MNE-RSA has it. */
export type RsaMetric = keyof typeof scorers;

/** Names of all ways to compare RDMs. */
export const rsaMetricNames = Object.keys(scorers) as readonly RsaMetric[];

/** How to compare. */
export interface PrepareModelsOptions {
  /** Default `spearman`. */
  readonly metric?: RsaMetric;
  /** Leave out pairs that are `NaN` in the data or the model. Default false: then they make the score `NaN`. */
  readonly ignoreNan?: boolean;
}

/** Models ranked, sorted or inverted once, ready for any number of data RDMs. */
export interface PreparedModels {
  readonly nModels: number;
  readonly nPairs: number;
  readonly metric: RsaMetric;
  /** One score for each model, of the condensed dissimilarities of a data RDM. Throws `ShapeMismatch`. */
  score(data: Float64Array): Float64Array;
}

/**
 * Prepare condensed model RDMs for comparison with thousands of data RDMs; `rsa` does it for a few. Nothing is matched
 * by label here: all must have their items in one order, see `alignRdms`.
 *
 * @throws UnknownOption for an unknown metric; InvalidArgument for no model, or one with a partial correlation;
 *   ShapeMismatch for models of different sizes.
 * @example
 * import { prepareModels } from "tsrsa";
 * const models = prepareModels([Float64Array.of(1, 2, 3)], { metric: "spearman" });
 * models.score(Float64Array.of(10, 30, 20)); // Float64Array(1) [ 0.5 ]
 */
export function prepareModels(
  models: readonly Float64Array[],
  options: PrepareModelsOptions = {},
): PreparedModels {
  const { metric = "spearman", ignoreNan = false } = options;
  const nPairs = checkModels(models, metric);
  const scorer = scorers[metric](models, ignoreNan);
  const score = (data: Float64Array): Float64Array => {
    checkPairs(data, nPairs);
    return scorer(data);
  };
  return { nModels: models.length, nPairs, metric, score };
}

/**
 * The number of pairs of models that can be compared by this metric. Preparing them can take longer than this check.
 *
 * @throws as {@link prepareModels}.
 */
export function checkModels(models: readonly Float64Array[], metric: RsaMetric): number {
  if (!Object.hasOwn(scorers, metric))
    throw new UnknownOption("RSA metric", metric, rsaMetricNames);
  if (models.length === 0) throw new InvalidArgument("model", "no RDM", "give at least one");
  if (models.length === 1 && metric.startsWith("partial"))
    throw new InvalidArgument(
      "model",
      "1 RDM",
      "partial correlation needs more than one; use pearson or spearman for one",
    );
  const nPairs = models[0].length;
  models.forEach((model) => checkPairs(model, nPairs));
  return nPairs;
}

function checkPairs(rdm: Float64Array, nPairs: number): void {
  if (rdm.length !== nPairs)
    throw new ShapeMismatch(
      `${nPairs} pairs, as in the first model`,
      `${rdm.length}`,
      "compare RDMs of the same items",
    );
}

import { listOf, numbers } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { comparisonOf, isJoint, nameOf, type ComparisonLike } from "../comparisons/resolve.ts";
import { countScores } from "../comparisons/comparison.ts";
import { scoreEach } from "./score-each.ts";
import { scoreJointly } from "./score-jointly.ts";
import { scoreMany } from "./score-many.ts";

/** How to compare. */
export interface PrepareModelsOptions {
  /** The name of a comparison, or one of your own. Default `spearman`. */
  readonly metric?: ComparisonLike;
  /** Leave out pairs that are `NaN` in the data or the model. Default false: then they make the score `NaN`. */
  readonly ignoreNan?: boolean;
}

/** Models ranked, sorted or inverted once, ready for any number of data RDMs. */
export interface PreparedModels {
  readonly nModels: number;
  readonly nPairs: number;
  /** The name of the comparison, as it was asked for. */
  readonly metric: string;
  /** One score for each model, of the condensed dissimilarities of a data RDM. Throws `ShapeMismatch`. */
  score(data: Float64Array): Float64Array;
  /** The same of many, one after the other in one list; faster where data are ranked. Throws `ShapeMismatch`. */
  scoreMany(data: readonly Float64Array[]): Float64Array;
}

export const prepareModelsNames: OptionNames<PrepareModelsOptions> = {
  metric: true,
  ignoreNan: true,
};

/**
 * Prepare condensed model RDMs for comparison with thousands of data RDMs; `rsa` does it for a few. Nothing is matched
 * by label here: all must have their items in one order, see `alignRdms`.
 *
 * @throws UnknownOption for an unknown metric; InvalidArgument for no model, one with a partial correlation, or an own
 *   comparison that lacks something; ShapeMismatch for models of different sizes; Unsupported for `NaN` that is to be
 *   left out by a comparison that needs every pair.
 * @example
 * import { prepareModels } from "tsrsa";
 * const models = prepareModels([Float64Array.of(1, 2, 3)], { metric: "spearman" });
 * models.score(Float64Array.of(10, 30, 20)); // Float64Array(1) [ 0.5 ]
 */
export function prepareModels(
  models: readonly Float64Array[],
  options: PrepareModelsOptions = {},
): PreparedModels {
  listOf(numbers)(models, "models");
  checkOptions(options, prepareModelsNames);
  const { metric = "spearman", ignoreNan = false } = options;
  const nPairs = checkModels(models, metric);
  const comparison = comparisonOf(metric);
  const scorer = isJoint(comparison)
    ? scoreJointly(comparison, models, ignoreNan)
    : scoreEach(comparison, models, ignoreNan);
  const score = (data: Float64Array): Float64Array => {
    checkPairs(data, nPairs);
    return scorer(data);
  };
  const many = scoreMany(models, metric, countScores(comparison, models.length), scorer);
  return {
    nModels: models.length,
    nPairs,
    metric: nameOf(metric),
    score,
    scoreMany: (data) => {
      data.forEach((rdm) => checkPairs(rdm, nPairs));
      return many(data);
    },
  };
}

/**
 * The number of pairs of models that can be compared by this metric. Preparing them can take longer than this check.
 *
 * @throws as {@link prepareModels}.
 */
export function checkModels(models: readonly Float64Array[], metric: ComparisonLike): number {
  const comparison = comparisonOf(metric);
  if (models.length === 0) throw new InvalidArgument("model", "no RDM", "give at least one");
  const least = isJoint(comparison) ? (comparison.leastModels ?? 1) : 1;
  if (models.length < least)
    throw new InvalidArgument(
      "model",
      `${models.length} RDM${models.length === 1 ? "" : "s"}`,
      `${comparison.name} correlation needs more than ${least === 2 ? "one" : least - 1}; use pearson or spearman for fewer`,
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

import { either, flag, list, notNegative, oneOf, whole } from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import type { ItemFolds } from "./item-folds.ts";
import { weightScores, type WeightScore } from "./weight-scores.ts";

/** How weights are fitted and cross-validated. */
export interface WeightOptions {
  /**
   * How many folds of items, or the items of each fold by label. Default: five items or more in each, at most five
   * folds, drawn by `seed`.
   */
  readonly itemFolds?: ItemFolds;
  /** Seed of the folds. Default: 0. */
  readonly seed?: number;
  /**
   * Pairs that are tested: both items `within` the fold (default), so that all is new; or `any`, with one item in it: more
   * pairs, each of which shares an item with pairs that were fitted.
   */
  readonly testPairs?: "within" | "any";
  /** How weighted models are scored: `pearson` (default), `spearman` (ranked only to score) or `cosine`. */
  readonly scoreBy?: WeightScore;
  /** Whether weights below 0 are ruled out. Default true. */
  readonly nonNegative?: boolean;
  /** Fit a mean as well, as a correlation does. Default: true, but for `scoreBy: "cosine"`. */
  readonly intercept?: boolean;
  /** Penalty on the squared weights, in units of the models' sums of squares. Default: 0. */
  readonly ridgeWeight?: number;
  /** Leave out pairs that are `NaN` in the data of anybody or a model. Default false: then scores are `NaN`. */
  readonly ignoreNan?: boolean;
}

export const weightNames: OptionNames<WeightOptions> = {
  itemFolds: either(whole(2), list),
  seed: true,
  testPairs: oneOf(["within", "any"]),
  scoreBy: oneOf(weightScores),
  nonNegative: flag,
  intercept: flag,
  ridgeWeight: notNegative,
  ignoreNan: true,
};

import { ShapeMismatch } from "../core/errors.ts";
import { numbers } from "../core/gate/kinds.ts";
import { isConstant } from "../stats/centred.ts";
import { pearson, spearman } from "../stats/index.ts";

/** How well predictions fit. */
export interface PairScores {
  /**
   * 1 − residual / total sum of squares: 1 perfect, 0 as good as the mean, below 0 worse than the mean; `NaN` for a
   * constant truth, in which nothing varies that could be explained (`r2Score` gives scikit-learn's 1 or 0 there).
   */
  readonly r2: number;
  readonly spearman: number;
  readonly pearson: number;
}

/**
 * Scores of predicted dissimilarities. R² agrees with scikit-learn's `r2_score`, the correlations with scipy; `NaN`
 * where a side is constant. Throws `ShapeMismatch` for unequal lengths.
 *
 * @example
 * import { scorePairs } from "tsrsa";
 * scorePairs([1, 2, 3], [1, 2, 4]).r2; // 0.5
 */
export function scorePairs(truth: ArrayLike<number>, predicted: ArrayLike<number>): PairScores {
  numbers(truth, "truth");
  numbers(predicted, "predicted");
  if (truth.length !== predicted.length)
    throw new ShapeMismatch(`${truth.length} predictions, one a pair`, `${predicted.length}`);
  return {
    r2: rSquared(truth, predicted),
    spearman: spearman(truth, predicted),
    pearson: pearson(truth, predicted),
  };
}

function rSquared(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const n = truth.length;
  // Its mean may be rounded, so that a total near 0 says nothing.
  if (isConstant(truth)) return NaN;
  let middle = 0;
  for (let at = 0; at < n; at++) middle += truth[at] / n;
  let [residual, total] = [0, 0];
  for (let at = 0; at < n; at++) {
    residual += (truth[at] - predicted[at]) ** 2;
    total += (truth[at] - middle) ** 2;
  }
  return total > 0 ? 1 - residual / total : NaN;
}

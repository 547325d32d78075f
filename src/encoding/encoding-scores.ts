import type { Matrix } from "../core/matrix.ts";

/** How well responses are predicted in rows that were left out. */
export interface EncodingScores {
  /** R² of each fold: nFolds × nTargets; NaN where the target is constant in the rows of the fold. */
  readonly r2: Matrix<Float64Array>;
  /** Correlation of prediction and response: nFolds × nTargets; NaN where one of them is constant. */
  readonly correlation: Matrix<Float64Array>;
  /** Mean of `r2` over the folds that have one, one a target; NaN where none has. */
  readonly meanR2: Float64Array;
  /** Mean of `correlation` over the folds that have one. */
  readonly meanCorrelation: Float64Array;
  /** Penalty of each fold and target: nFolds × nTargets; the largest where none has a score. */
  readonly alpha: Matrix<Float64Array>;
  /** Targets that were the same number in every row, ascending. They have no R²: there is nothing to explain. */
  readonly flat: Int32Array;
}

/** Scores of folds put together; a flat target has none. */
export function encodingScores(
  parts: {
    readonly r2: Float64Array;
    readonly correlation: Float64Array;
    readonly alpha: Float64Array;
  },
  nFolds: number,
  flat: Int32Array,
): EncodingScores {
  const nTargets = parts.r2.length / nFolds;
  for (let fold = 0; fold < nFolds; fold++)
    for (const target of flat) parts.r2[fold * nTargets + target] = NaN;
  const shape = [nFolds, nTargets];
  return {
    r2: { data: parts.r2, shape },
    correlation: { data: parts.correlation, shape },
    alpha: { data: parts.alpha, shape },
    meanR2: meanOverFolds(parts.r2, nFolds),
    meanCorrelation: meanOverFolds(parts.correlation, nFolds),
    flat,
  };
}

/** Mean over the first axis, of the folds that have a score. */
export function meanOverFolds(scores: Float64Array, nFolds: number): Float64Array {
  const nTargets = scores.length / nFolds;
  const means = new Float64Array(nTargets);
  const counts = new Int32Array(nTargets);
  scores.forEach((score, at) => {
    if (Number.isNaN(score)) return;
    means[at % nTargets] += score;
    counts[at % nTargets]++;
  });
  return means.map((sum, target) => sum / counts[target]);
}

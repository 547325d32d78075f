import { UnknownOption } from "../core/errors.ts";

const scores = ["r2", "correlation"] as const;

/** What a penalty is chosen by. */
export type AlphaScore = (typeof scores)[number];

/** Throws `UnknownOption`. */
export function checkAlphaScore(score: AlphaScore): void {
  if (!scores.includes(score)) throw new UnknownOption("score", String(score), scores);
}

/** For each target the penalty with the best mean score, and these scores. */
export interface BestAlphas {
  readonly index: Int32Array;
  /** Mean over the folds: nAlphas × nTargets. */
  readonly means: Float64Array;
}

/** So much may be lost for a penalty ten times larger: of scores that are equal but for rounding it wins. */
const TIE = 1e-10;

/**
 * @param folds - scores, nFolds × nAlphas × nTargets; NaN counts as 0.
 */
export function bestAlphas(
  folds: Float64Array,
  alphas: readonly number[],
  nTargets: number,
): BestAlphas {
  const size = alphas.length * nTargets;
  const nFolds = folds.length / size;
  const means = new Float64Array(size);
  folds.forEach((score, at) => (means[at % size] += (Number.isNaN(score) ? 0 : score) / nFolds));
  const index = new Int32Array(nTargets);
  const bonus = alphas.map((alpha) => TIE * Math.log(Math.max(alpha, 1e-300)));
  for (let target = 0; target < nTargets; target++) {
    let best = -Infinity;
    alphas.forEach((_, a) => {
      const value = means[a * nTargets + target] + bonus[a];
      if (value > best) [best, index[target]] = [value, a];
    });
  }
  return { index, means };
}

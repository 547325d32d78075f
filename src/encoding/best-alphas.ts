import { largestOf } from "../core/extremes.ts";
import { oneOf, type Kind } from "../core/gate/kinds.ts";

const scores = ["r2", "correlation"] as const;

/** What a penalty is chosen by. */
export type AlphaScore = (typeof scores)[number];

/** Throws `UnknownOption`. */
export const alphaScoreKind: Kind = oneOf(scores);

/** For each target the penalty with the best mean score, and these scores. */
export interface BestAlphas {
  readonly index: Int32Array;
  /** Mean over the folds in which any penalty has a score: nAlphas × nTargets; `NaN` where there is none. */
  readonly means: Float64Array;
}

/** So much may be lost for a penalty ten times larger: of scores that are equal but for rounding it wins. */
const TIE = 1e-10;

/**
 * A fold in which no penalty has a score (the target is constant in it) is left out. A penalty without a score in
 * another fold (it predicts a constant) has none, and is not chosen.
 *
 * @param folds - scores, nFolds × nAlphas × nTargets; NaN where undefined.
 */
export function bestAlphas(
  folds: Float64Array,
  alphas: readonly number[],
  nTargets: number,
): BestAlphas {
  const means = meansOverFolds(folds, alphas.length, nTargets);
  const index = Int32Array.from({ length: nTargets }, (_, target) =>
    bestAlpha(
      alphas.map((_alpha, a) => means[a * nTargets + target]),
      alphas,
    ),
  );
  return { index, means };
}

/** The place of the penalty with the best score, of equals the larger penalty; the largest when none has a score. */
export function bestAlpha(scores: readonly number[], alphas: readonly number[]): number {
  let [best, index] = [-Infinity, alphas.indexOf(largestOf(alphas))];
  scores.forEach((score, a) => {
    const value = score + TIE * Math.log(Math.max(alphas[a], 1e-300));
    if (value > best) [best, index] = [value, a];
  });
  return index;
}

function meansOverFolds(folds: Float64Array, nAlphas: number, nTargets: number): Float64Array {
  const size = nAlphas * nTargets;
  const means = new Float64Array(size);
  const counts = new Int32Array(nTargets);
  for (let from = 0; from < folds.length; from += size) {
    const scores = folds.subarray(from, from + size);
    const known = new Uint8Array(nTargets);
    scores.forEach((score, at) => (known[at % nTargets] |= Number.isNaN(score) ? 0 : 1));
    known.forEach((any, target) => {
      if (any === 0) return;
      counts[target]++;
      for (let at = target; at < size; at += nTargets) means[at] += scores[at];
    });
  }
  return means.map((sum, at) => sum / counts[at % nTargets]);
}

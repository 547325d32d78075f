import { meanOverGroups } from "../../stats/known-scores.ts";
import type { Comparison, PairShape } from "../comparisons/comparison.ts";

/** Which data RDMs count as one together, and how often each was drawn. */
export interface DataGroups {
  readonly of: ArrayLike<number>;
  readonly times: ArrayLike<number>;
}

/** What the data say of a prediction. */
export interface Judged {
  /** Mean score over the data RDMs that have one, each group once; `NaN` when none has. */
  readonly score: number;
  /** Data RDMs without a score. */
  readonly nUndefined: number;
}

/** Compares predictions with the data, each of which is made ready once. */
export function judgeOf(
  data: readonly Float64Array[],
  { of, times }: DataGroups,
  comparison: Comparison,
  shape: PairShape,
): (prediction: Float64Array) => Judged {
  let sides: unknown[] | undefined;
  return (prediction) => {
    sides ??= data.map((vector) => comparison.prepare(vector, shape));
    const side = comparison.prepare(prediction, shape);
    const scores = sides.map((one) => comparison.score(side, one));
    return {
      score: meanOverGroups(scores, of, times),
      nUndefined: scores.filter(Number.isNaN).length,
    };
  };
}

/** The mean score as a loss: small where prediction and data are alike; Infinity where it is not defined. */
export function lossOf(
  judge: (prediction: Float64Array) => Judged,
  comparison: Comparison,
): (prediction: Float64Array) => number {
  return (prediction) => {
    const loss = lossOfScore(comparison, judge(prediction).score);
    return Number.isNaN(loss) ? Infinity : loss;
  };
}

/** A score as a loss: small for RDMs that are alike, whatever the direction of the score. */
function lossOfScore({ direction }: Comparison, score: number): number {
  return direction === "distance" ? score : -score;
}

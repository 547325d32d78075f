import { cholesky, solveCholesky } from "../../linalg/cholesky.ts";
import { dot } from "../../linalg/dot.ts";
import { ridged, scatterOf, sumOf } from "./lda.ts";
import { meanPatternOf } from "./two-class.ts";

/** A linear discriminant of many items: how near a trial is to each. */
export interface ManyClasses {
  readonly weights: readonly Float64Array[];
  readonly intercepts: readonly number[];
}

/**
 * Scatter within items / number of trials, + `ridge` of the mean of its diagonal, and no prior: CoSMoMVPA's discriminant.
 * Undefined where the training data do not say it.
 */
export function trainAll(
  data: Float64Array,
  nFeatures: number,
  rows: readonly (readonly number[])[],
  ridge: number,
): ManyClasses | undefined {
  if (rows.some(({ length }) => length < 2)) return undefined;
  const nTrials = rows.reduce((sum, { length }) => sum + length, 0);
  const scatter = rows.map((own) => scatterOf({ data, nFeatures }, own)).reduce(sumOf);
  const covariance = scatter.map((value) => value / nTrials);
  const factor = cholesky(ridged(covariance, nFeatures, ridge), nFeatures);
  if (factor === undefined) return undefined;
  const means = rows.map((own) => meanPatternOf(data, nFeatures, own));
  const weights = means.map((mean) => solveCholesky(factor, mean));
  return { weights, intercepts: means.map((mean, k) => -dot(weights[k], mean) / 2) };
}

/** Which item a trial is called: 1 at the nearest, shared among those equally near; `NaN` where nobody knows. */
export function calledAs(
  classifier: ManyClasses | undefined,
  trial: Float64Array,
  n: number,
): Float64Array {
  if (classifier === undefined) return new Float64Array(n).fill(NaN);
  const { weights, intercepts } = classifier;
  const scores = weights.map((own, k) => dot(own, trial) + intercepts[k]);
  const most = Math.max(...scores);
  const nearest = scores.filter((score) => score === most).length;
  return Float64Array.from(scores, (score) =>
    Number.isNaN(most) ? NaN : score === most ? 1 / nearest : 0,
  );
}

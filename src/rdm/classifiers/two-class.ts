/** Trials of two items: which rows of the data are of the first, and of the second. */
export interface TwoClasses {
  /** nTrials × nFeatures, C order. */
  readonly data: Float64Array;
  readonly nFeatures: number;
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** A trained classifier: above 0 on the side of the second item. */
export interface LinearClassifier {
  readonly weights: Float64Array;
  readonly intercept: number;
}

/** Undefined where the training data do not say it: fewer than two trials, no variance, `NaN`. */
export type TrainTwoClasses = (classes: TwoClasses) => LinearClassifier | undefined;

/** Mean pattern of some rows. */
export function meanPatternOf(
  data: Float64Array,
  nFeatures: number,
  rows: readonly number[],
): Float64Array {
  const mean = new Float64Array(nFeatures);
  for (const row of rows)
    for (let f = 0; f < nFeatures; f++) mean[f] += data[row * nFeatures + f] / rows.length;
  return mean;
}

/** Decision value of one trial. */
export function decisionOf(
  { weights, intercept }: LinearClassifier,
  data: Float64Array,
  row: number,
): number {
  let sum = intercept;
  for (let f = 0; f < weights.length; f++) sum += weights[f] * data[row * weights.length + f];
  return sum;
}

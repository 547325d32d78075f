import { gramProducts } from "../compute/gram-rdm.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import type { RegressionInput } from "./regression-input.ts";

/** More features than rows: then a ridge regression has as many dimensions as rows, and all is in their products. */
export interface WideFeatures {
  /** Of each feature over all rows; 0 without an intercept. */
  readonly means: Float64Array;
  /** nRows × nFeatures, about the means. */
  readonly centred: Float64Array;
  /** Products of every row with every row, nRows × nRows. */
  readonly products: Float64Array;
}

export function isWide({ nRows, nFeatures }: RegressionInput): boolean {
  return nFeatures > nRows;
}

/** Throws `Cancelled`, `OutOfMemory`. */
export async function wideFeatures(
  { features, nRows: n, nFeatures: p }: RegressionInput,
  intercept: boolean,
  job: Pick<JobOptions, "signal" | "jobs">,
): Promise<WideFeatures> {
  const pause = pauses(job.signal, "ridge regression");
  const means = new Float64Array(p);
  if (intercept) {
    for (let row = 0, at = 0; row < n; row++) {
      for (let j = 0; j < p; j++, at++) means[j] += features[at] - features[j];
      if (pause.due()) await pause.turn();
    }
    // About the first row, so that a constant feature becomes exact zeros.
    for (let j = 0; j < p; j++) means[j] = features[j] + means[j] / n;
  }
  const centred = new Float64Array(n * p);
  for (let row = 0, at = 0; row < n; row++) {
    for (let j = 0; j < p; j++, at++) centred[at] = features[at] - means[j];
    if (pause.due()) await pause.turn();
  }
  const { signal, jobs } = job;
  const products = await gramProducts(centred, n, p, { signal, jobs, onProgress: false });
  return { means, centred, products };
}

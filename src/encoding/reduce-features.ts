import { matrixProduct } from "../compute/matrix-product.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { dotAt } from "../linalg/dot.ts";
import { pivotedCholesky, solveTransposed } from "../linalg/pivoted-cholesky.ts";
import type { WideFeatures } from "./wide-features.ts";

/** Features in as few columns as there are rows: products of rows, and so every ridge regression, stay the same. */
export interface ReducedFeatures {
  readonly features: Float64Array;
  readonly nFeatures: number;
  /** Coefficients of the features as they were, from those of the reduced: nTargets × nFeatures. */
  restore(
    coef: Float64Array,
    intercept: Float64Array,
  ): Promise<{ coef: Float64Array; intercept: Float64Array }>;
}

/**
 * A triangular factor L of the products of rows (X Xᵀ = L Lᵀ) stands for more features than rows; it has a column a row,
 * and none for a row that follows from others. For penalties that do not tell such rows apart.
 */
export async function reduceFeatures(
  { means, centred, products }: WideFeatures,
  n: number,
  job: Pick<JobOptions, "signal" | "jobs">,
): Promise<ReducedFeatures> {
  const p = means.length;
  const { rows, pivots } = await pivotedCholesky(products, n, job.signal);
  const r = pivots.length;
  const reduced = new Float64Array(n * r);
  rows.forEach((row, i) => reduced.set(row.subarray(0, r), i * r));
  return {
    features: reduced,
    nFeatures: r,
    restore: async (coef, offsets) => {
      const nTargets = offsets.length;
      const weights = new Float64Array(nTargets * r);
      const pause = pauses(job.signal, "ridge regression");
      for (let t = 0; t < nTargets; t++) {
        const own = coef.subarray(t * r, (t + 1) * r);
        weights.set(solveTransposed(rows, pivots, own), t * r);
        if (pause.due()) await pause.turn();
      }
      const right = new Float64Array(r * p);
      pivots.forEach((row, k) => right.set(centred.subarray(row * p, (row + 1) * p), k * p));
      const factors = { left: weights, nRows: nTargets, k: r, right, nColumns: p };
      const full = await matrixProduct(factors, job);
      const intercept = offsets.map((offset, t) => offset - dotAt(full, t * p, means, 0, p));
      return { coef: full, intercept };
    },
  };
}

import type { Matrix } from "../../core/matrix.ts";

/**
 * The score of the best model there could be, given that RDMs differ: at least `lower`, at most `upper`. For a distance
 * `upper` is the bound of RDMs left out, and `lower` that of all.
 */
export interface NoiseCeiling {
  readonly lower: number;
  readonly upper: number;
}

/** Scores of all samples, and what follows from them. */
export interface EvalSamples {
  /** nSamples × nModels × nValues. */
  readonly scores: Matrix<Float64Array>;
  readonly means: Float64Array;
  readonly ceiling: NoiseCeiling | undefined;
  /** 2 × nSamples × nValues (see `scores`; one value without folds). */
  readonly ceilings: Matrix<Float64Array> | undefined;
}

/** Variances of the mean scores and of what is tested. */
export interface EvalVariances {
  readonly models: Float64Array;
  /** Of the difference of each pair, nModels × nModels. */
  readonly differences: Float64Array;
  /** Of each model's distance from the lower ceiling; undefined without a ceiling. */
  readonly ceiling: Float64Array | undefined;
  readonly covariance: Matrix<Float64Array>;
  readonly dof: number;
}

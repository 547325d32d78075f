import type { Matrix } from "../../core/matrix.ts";
import type { Comparison } from "../comparisons/comparison.ts";

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

/** How models were evaluated. */
export type EvalKind =
  | "fixed"
  | "bootstrap"
  | "dual bootstrap"
  | "out-of-bag bootstrap"
  | "cross-validation"
  | "bootstrapped cross-validation";

/** What was drawn anew in each bootstrap sample. */
export type Resampled = "items" | "rdms" | "both";

/** One bootstrap sample: positions of items and of data RDMs, each as often as it was drawn. */
export interface BootstrapDraw {
  readonly items?: ArrayLike<number>;
  readonly rdms?: ArrayLike<number>;
}

/** How many were not drawn in each sample, and so tested. */
export interface LeftForTest {
  readonly items: Int32Array;
  readonly rdms: Int32Array;
}

/** What an `EvalResult` is made of. */
export interface EvalResultParts {
  readonly kind: EvalKind;
  readonly resampled?: Resampled;
  readonly method: string;
  /** What the scores say; default: a similarity whose 0 is chance. */
  readonly comparison?: Pick<Comparison, "direction" | "zero">;
  readonly models: readonly string[];
  readonly nRdms: number;
  readonly nItems: number;
  readonly samples: EvalSamples;
  readonly variances?: EvalVariances;
  readonly draws?: readonly BootstrapDraw[];
  /** The parameters fitted in each fold or sample, by model; undefined where a fold had none. */
  readonly parameters?: readonly (readonly (Float64Array | undefined)[])[];
  readonly left?: LeftForTest;
  /** What could not be said, and why; sentences. */
  readonly notes: readonly string[];
}

/** Bounds of the mean score of each model. */
export interface ConfidenceInterval {
  readonly level: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

import type { OptionNames } from "../../core/gate/options.ts";
import type { MatrixLike } from "../../core/matrix.ts";

/** Parameters some metrics take, by the names scipy gives them. */
export interface MetricParams {
  /** Exponent of `minkowski`, above 0; default 2. */
  readonly p?: number;
  /** Weight of each feature for `minkowski`. */
  readonly w?: ArrayLike<number>;
  /** Variance of each feature for `seuclidean`; default: estimated over the items (n − 1). */
  readonly V?: ArrayLike<number>;
  /** Inverse covariance of the features (nFeatures × nFeatures) for `mahalanobis` and `crossnobis`. */
  readonly VI?: MatrixLike;
  /** Base of the logarithm of `jensenshannon`; default e. */
  readonly base?: number;
}

/** Their names, for the check of options. */
export const metricParamNames: OptionNames<MetricParams> = {
  p: true,
  w: true,
  V: true,
  VI: true,
  base: true,
};

/** Patterns of all items: nItems × nFeatures in C order. */
export interface Patterns {
  readonly data: Float64Array;
  readonly nItems: number;
  readonly nFeatures: number;
}

/** A metric of one's own: the dissimilarity of two patterns. The arrays are read-only views. */
export type PairMetric = (a: Float64Array, b: Float64Array) => number;

/** Condensed dissimilarities of all pairs of patterns. */
export type CondensedMetric = (patterns: Patterns, params: MetricParams) => Float64Array;

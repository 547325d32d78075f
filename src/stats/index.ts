export {
  noiseCovariance,
  precisionMatrix,
  type CovarianceMethod,
  type NoiseCovarianceOptions,
  type NoiseOptions,
  type ResidualMatrix,
} from "./covariance/index.ts";
export { adjustPValues, pValueCorrections, type PValueCorrection } from "./adjust-p-values.ts";
export { binTime, type BinnedTime, type BinTimeOptions } from "./bin-time.ts";
export { fdr, type FdrOptions, type FdrResult } from "./fdr.ts";
export { studentTThreshold, studentTUpperTail } from "./student-t.ts";
export * from "./group/index.ts";
export { kFold, stratifiedKFold } from "./folds.ts";
export type { Fold } from "./folds.ts";
export { kendallTauA } from "./kendall-tau-a.ts";
export { leastSquares } from "./least-squares.ts";
export { mean } from "./mean.ts";
export { median } from "./median.ts";
export { permuteLabels, type PermuteLabelsOptions } from "./permute-labels.ts";
export { pca, type Pca } from "./pca.ts";
export { pearson } from "./pearson.ts";
export { random } from "./random.ts";
export type { Random } from "./random.ts";
export { rank } from "./rank.ts";
export { roundHalfEven } from "./round-half-even.ts";
export { spearman } from "./spearman.ts";
export { wilsonInterval } from "./wilson.ts";
export { standardScale, type StandardScaled } from "./standard-scale.ts";
export {
  ClusterTest,
  permutationClusterTest,
  permutationTTest,
  type Adjacency,
  type Cluster,
  type ClusterTestParts,
  type LabelledObservations,
  type NamedNeighbours,
  type PermutationClusterOptions,
  type PermutationTOptions,
  type PermutationTResult,
  type Tail,
  type TfceOptions,
} from "./permutation/index.ts";
export {
  multidimensionalScaling,
  type Scaling,
  type ScalingOptions,
} from "./scaling/multidimensional-scaling.ts";
export * from "./regression/index.ts";

export { readHdf5Results, type Hdf5Results } from "./files/read-hdf5-results.ts";
export {
  hdf5ResultsBytes,
  writeHdf5Results,
  type WriteHdf5ResultsOptions,
} from "./files/write-hdf5-results.ts";
export { prepareModels } from "./prepared/prepare-models.ts";
export type { PrepareModelsOptions, PreparedModels } from "./prepared/prepare-models.ts";
export { compareMethodNames, comparisonNames, rsaMetricNames } from "./comparisons/registry.ts";
export type { CanonicalMethod, CompareMethod, RsaMetric } from "./comparisons/registry.ts";
export type { ComparisonLike, PairComparisonLike } from "./comparisons/resolve.ts";
export { knownPairs } from "./comparisons/comparison.ts";
export type {
  Comparison,
  JointComparison,
  PairShape,
  PoolBy,
  ProductScore,
  ProductScores,
  ScaleOf,
  Scorer,
} from "./comparisons/comparison.ts";
export { rsa } from "./rsa.ts";
export type { RsaOptions } from "./rsa.ts";
export { RsaResult } from "./rsa-result.ts";
export type { RsaResultParts } from "./rsa-result.ts";
export { EvalResult } from "./eval-result.ts";
export type {
  BootstrapDraw,
  ConfidenceInterval,
  EvalKind,
  EvalResultParts,
  EvalSamples,
  EvalVariances,
  LeftForTest,
  NoiseCeiling,
  Resampled,
} from "./eval/eval-parts.ts";
export type { EvalTestOptions, EvalTests, EvalTestType, PValues } from "./tests/eval-tests.ts";
export { compareRdms } from "./compare/compare-rdms.ts";
export type { CompareRdmsOptions } from "./compare/compare-rdms.ts";
export { fixedModel, interpolatedModel, selectModel, weightedModel } from "./models/rsa-model.ts";
export type { ModelKind, ModelOptions, RsaModel } from "./models/rsa-model.ts";
export { modelFamily } from "./models/model-family.ts";
export type { ModelFamily, ModelFamilyOptions } from "./models/model-family.ts";
export { fitModel, fitWeighted } from "./models/fit.ts";
export type { FitOptions, FitWeightedOptions, ModelFit } from "./models/fit.ts";
export { weightFitters } from "./models/fit-theta.ts";
export type { WeightFitter } from "./models/fit-theta.ts";
export { noiseCeiling } from "./noise-ceiling.ts";
export { evalFixed } from "./eval-fixed.ts";
export { evalBootstrap } from "./eval-bootstrap.ts";
export type { EvalBootstrapOptions } from "./eval-bootstrap.ts";
export type { EvalOptions } from "./eval/problem.ts";
export { evalOutOfBag } from "./eval-out-of-bag.ts";
export type { EvalOutOfBagOptions } from "./eval-out-of-bag.ts";
export { randomFolds } from "./eval/random-folds.ts";
export type { RandomFoldsOptions } from "./eval/random-folds.ts";
export { evalCrossval } from "./eval-crossval.ts";
export type { EvalCrossvalOptions } from "./eval-crossval.ts";
export type { EvalFold, EvalPart } from "./eval/k-folds.ts";
export { evalBootstrapCrossval } from "./eval-bootstrap-crossval.ts";
export type { EvalBootstrapCrossvalOptions } from "./eval-bootstrap-crossval.ts";
export type { ModelItemOptions } from "./match-models.ts";
export { mantelTest } from "./mantel-test.ts";
export type { MantelOptions, MantelResult } from "./mantel-test.ts";
export { rdmGroupTest } from "./rdm-group-test.ts";
export type { RdmGroupTest, RdmGroupTestOptions } from "./rdm-group-test.ts";
export * from "./shares/index.ts";
export * from "./weights/index.ts";
export * from "./time-time/index.ts";
export {
  groupSeparation,
  separationStatistics,
  type GroupSeparation,
  type GroupSeparationOptions,
  type SeparationStatistic,
} from "./group-separation.ts";
export {
  interSubjectModels,
  interSubjectRsa,
  type InterSubjectModel,
  type InterSubjectOptions,
  type InterSubjectResult,
} from "./inter-subject-rsa.ts";
export {
  compareRdmFiles,
  type CompareRdmFilesOptions,
  type RdmFileMethod,
} from "./files/compare-rdm-files.ts";
export {
  evalBootstrapFiles,
  type EvalBootstrapFilesOptions,
} from "./files/eval-bootstrap-files.ts";
export * from "./features/index.ts";

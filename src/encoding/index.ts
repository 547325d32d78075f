export {
  bandedRidgeCv,
  type BandedRidgeCvOptions,
  type BandedRidgeModel,
} from "./banded-ridge-cv.ts";
export type { AlphaScore } from "./best-alphas.ts";
export { crossValidateRidge, type CrossValidateRidgeOptions } from "./cross-validate-ridge.ts";
export {
  crossValidatedPredictions,
  type CrossValidatedPredictionsOptions,
} from "./cross-validated-predictions.ts";
export type { EncodingScores } from "./encoding-scores.ts";
export {
  explainableVariance,
  type ExplainableVarianceOptions,
  type ResponseCeiling,
} from "./explainable-variance.ts";
export type { FeatureGroups } from "./feature-groups.ts";
export { firDelays, type FirDelaysOptions } from "./fir-delays.ts";
export {
  lassoLars,
  lassoLarsCv,
  type LassoEra,
  type LassoNormalize,
  type LassoLarsCvOptions,
  type LassoLarsOptions,
  type LassoModel,
} from "./lasso-lars.ts";
export { predictResponses, type LinearModel } from "./linear-model.ts";
export { pairRuns, type PairedRuns, type PairRunsOptions } from "./pair-runs.ts";
export { correlationScore, r2Score } from "./r2-score.ts";
export {
  receptiveField,
  type ReceptiveFieldOptions,
  type ReceptiveFields,
} from "./receptive-field.ts";
export type { Responses } from "./regression-input.ts";
export { ridge, type RidgeModel, type RidgeFitOptions } from "./ridge.ts";
export { ridgeCv, type RidgeCvModel, type RidgeCvOptions } from "./ridge-cv.ts";
export {
  scoreSignificance,
  type ScoreSignificance,
  type ScoreSignificanceOptions,
} from "./score-significance.ts";
export { leaveOneRunOut, type FoldsOption } from "./segments.ts";
export { variancePartition, type VariancePart } from "./variance-partition.ts";

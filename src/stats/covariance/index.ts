export {
  noiseCovariance,
  type CovarianceMethod,
  type NoiseCovarianceOptions,
} from "./noise-covariance.ts";
export { residualRuns, type NoiseOptions, type ResidualMatrix } from "./residual-runs.ts";
export { precisionMatrix } from "./precision.ts";

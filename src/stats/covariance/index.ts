export {
  noiseCovariance,
  type CovarianceMethod,
  type NoiseCovarianceOptions,
} from "./noise-covariance.ts";
export { precisionMatrix } from "./precision.ts";

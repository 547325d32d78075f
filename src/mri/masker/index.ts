export {
  clean,
  type CleanedRun,
  type CleanOptions,
  type CleanRunOptions,
  type Standardization,
} from "./clean.ts";
export {
  NiftiMasker,
  type MaskedRun,
  type TransformOptions,
  type TransformRunsOptions,
  type UnmaskedVolume,
} from "./nifti-masker.ts";

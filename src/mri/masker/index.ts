export {
  clean,
  type CleanedRun,
  type CleanOptions,
  type CleanRunOptions,
  type Standardization,
} from "./clean.ts";
export {
  NiftiMasker,
  type MaskerOptions,
  type MaskedRun,
  type TransformOptions,
  type TransformRunsOptions,
  type UnmaskedVolume,
} from "./nifti-masker.ts";
export type { FilterOptions, SampleOptions } from "./filter-options.ts";
export type { FwhmMm } from "./smooth.ts";

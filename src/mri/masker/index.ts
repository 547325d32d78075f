export { clean, type CleanedRun, type CleanOptions, type Standardization } from "./clean.ts";
export { NiftiMasker, type MaskedRun, type UnmaskedVolume } from "./nifti-masker.ts";

export { openNifti, readNifti } from "./open-nifti.ts";
export type { NiftiOpenOptions, NiftiReader, NiftiSelection } from "./open-nifti.ts";
export type {
  NiftiAffine,
  NiftiDatatype,
  NiftiDetails,
  NiftiExtension,
  NiftiHeader,
  NiftiImage,
  NiftiScaling,
  NiftiStored,
  NiftiTransform,
  NiftiUnits,
} from "./types.ts";
export { niftiBytes, writeNifti } from "./write-nifti.ts";
export type { NiftiInput, NiftiWriteOptions } from "./write-nifti.ts";

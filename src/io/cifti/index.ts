export { readCifti, type ReadCiftiOptions } from "./read-cifti.ts";
export type { CiftiAxis, CiftiFile, CiftiModel, CiftiParcel, CiftiVolume } from "./types.ts";
export { writeCifti, type CiftiContent } from "./write-cifti.ts";

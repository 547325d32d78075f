import * as Nifti from "nifti-reader-js";

/** The package that knows headers of NIfTI. A page has it before it runs. */
export function niftiReader(): typeof Nifti {
  return Nifti;
}

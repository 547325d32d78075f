import type * as Nifti from "nifti-reader-js";
import { requirePackage } from "./packages/require-package.ts";

let loaded: typeof Nifti | undefined;

/** The package that knows headers of NIfTI, loaded with the first image: a tenth of what `import "tsrsa"` would take. */
export function niftiReader(): typeof Nifti {
  return (loaded ??= requirePackage("nifti-reader-js") as typeof Nifti);
}

import type * as Plot from "@observablehq/plot";
import { requirePackage } from "./packages/require-package.ts";

let loaded: typeof Plot | undefined;

/**
 * The package that draws, loaded when the first figure is drawn: it is most of what `import "tsrsa"` would take, and who
 * computes draws nothing. It is the one that the user's own `import` gives.
 */
export function observablePlot(): typeof Plot {
  return (loaded ??= requirePackage("@observablehq/plot") as typeof Plot);
}

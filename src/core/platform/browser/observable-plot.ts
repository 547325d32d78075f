import * as Plot from "@observablehq/plot";

/** The package that draws. A page has it before it runs. */
export function observablePlot(): typeof Plot {
  return Plot;
}

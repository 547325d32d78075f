export { applyInverse, type ApplyInverseOptions } from "./apply-inverse.ts";
export { readInverse, type InverseOperator } from "./read-inverse.ts";
export { SourceEstimates, type SourceEstimatesParts } from "./source-estimates.ts";
export type { SourceLabel } from "./source-label.ts";

export { applyInverse, type ApplyInverseOptions } from "./apply-inverse.ts";
export {
  ceilingStcs,
  ceilingStcsRois,
  type CeilingStcsOptions,
  type CeilingStcsRoisOptions,
} from "./ceiling-stcs.ts";
export { readInverse, type InverseOperator } from "./read-inverse.ts";
export { EstimateStack, type EstimateStackParts } from "./estimate-stack.ts";
export { mapStcs, mapStcsRois, type MapStcsOptions, type MapStcsRoisOptions } from "./map-stcs.ts";
export { morphTo, type Hemispheres, type MorphOptions } from "./morph-to.ts";
export { rdmStcs, type RdmStcsOptions } from "./rdm-stcs.ts";
export { readSourceEstimates } from "./read-source-estimates.ts";
export { readSourceSpaces } from "./read-source-spaces.ts";
export { rsaStcs, rsaStcsRois, type RsaStcsOptions, type RsaStcsRoisOptions } from "./rsa-stcs.ts";
export {
  sharesStcs,
  sharesStcsRois,
  SourceShares,
  type SharesStcsOptions,
  type SharesStcsRoisOptions,
  type SourceSharesParts,
} from "./shares-stcs.ts";
export type { SourceChoice } from "./selected-sources.ts";
export { SourceEstimates, type SourceEstimatesParts } from "./source-estimates.ts";
export { sourceNeighbours, type SourceNeighboursOptions } from "./source-neighbours.ts";
export { stackEstimates, type StackEstimatesOptions } from "./stack-estimates.ts";
export {
  sourcesToVolume,
  type SourcesToVolumeOptions,
  type SourceVolume,
} from "./sources-to-volume.ts";
export type { SourceLabel } from "./source-label.ts";
export type { SourceSpaces } from "./source-patches.ts";
export { SourceScores, type SourceScoresParts } from "./source-scores.ts";
export type { PeopleEstimates, PeopleEstimatesOptions } from "./people-estimates.ts";
export {
  SourceWeights,
  weightsStcs,
  weightsStcsRois,
  type SourceWeightsParts,
  type WeightsStcsOptions,
  type WeightsStcsRoisOptions,
} from "./weights-stcs.ts";

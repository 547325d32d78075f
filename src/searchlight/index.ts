export type { Geometry, SparseDistances } from "./neighbours.ts";
export { SearchlightPatches } from "./patches.ts";
export type { Patch, PatchAxes, PatchPlan } from "./patches.ts";
export { rdmSearchlight } from "./rdm-searchlight.ts";
export type { RdmSearchlightOptions } from "./rdm-searchlight.ts";
export { scoreSearchlight } from "./score-searchlight.ts";
export type { SearchlightMetricOptions } from "./patch-metric.ts";
export type { ScoreSearchlightOptions, SearchlightScores } from "./score-searchlight.ts";
export { searchlightPatches } from "./searchlight-patches.ts";
export type { DataShape, SearchlightOptions } from "./searchlight-patches.ts";
export { takePatch } from "./take-patch.ts";
export {
  mapSearchlight,
  type MapSearchlightOptions,
  type PatchFunction,
  type PatchFunctionOptions,
  type PatchValues,
} from "./map-searchlight.ts";

export type { Geometry, SparseDistances } from "./neighbours.ts";
export { SearchlightPatches } from "./patches.ts";
export type { Patch, PatchAxes, PatchPlan } from "./patches.ts";
export { rdmSearchlight } from "./rdm-searchlight.ts";
export type { RdmSearchlightOptions } from "./rdm-searchlight.ts";
export { scoreSearchlight } from "./score-searchlight.ts";
export type {
  ScoreSearchlightOptions,
  SearchlightMetricOptions,
  SearchlightScores,
} from "./score-searchlight.ts";
export { searchlightPatches } from "./searchlight-patches.ts";
export type { DataShape, SearchlightOptions } from "./searchlight-patches.ts";
export { takePatch } from "./take-patch.ts";

export { Atlas, type AtlasRegion } from "./atlas.ts";
export { AtlasScores, type AtlasScoresParts } from "./atlas-scores.ts";
export type { AtlasRegionScores } from "./region-scores.ts";
export { ceilingAtlas, type CeilingAtlasOptions } from "./ceiling-atlas.ts";
export { groupAtlas, type GroupAtlas, type GroupAtlasOptions } from "./group-atlas.ts";
export { readAtlas, type ReadAtlasOptions } from "./read-atlas.ts";
export type { RegionNames } from "./region-names.ts";
export type { RsaAtlasOptions } from "./atlas-options.ts";
export { rsaAtlas } from "./rsa-atlas.ts";
export {
  AtlasWeights,
  weightsAtlas,
  type AtlasWeightsParts,
  type WeightsAtlasOptions,
} from "./weights-atlas.ts";
export type { PeopleAtlasOptions } from "./people-atlas.ts";
export {
  AtlasShares,
  sharesAtlas,
  type AtlasSharesParts,
  type SharesAtlasOptions,
} from "./shares-atlas.ts";

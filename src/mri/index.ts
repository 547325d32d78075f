export type { VolumeLabelOptions } from "../searchlight/align-volumes.ts";
export { cleanVolumes, type CleanedSeries, type CleanVolumesOptions } from "./clean-volumes.ts";
export {
  mmToVoxel,
  voxelNumber,
  voxelOfNumber,
  voxelToMm,
  type Millimetres,
  type VoxelIndex,
} from "./coordinates.ts";
export type { FunctionalData, VoxelSeries } from "./functional-data.ts";
export type { VoxelPatches } from "./given-patches.ts";
export type { Grid, Gridded, Volume } from "./grid.ts";
export type { FunctionalImage } from "./image-source.ts";
export {
  intersectMasks,
  invertMask,
  makeMask,
  subtractMasks,
  uniteMasks,
  type MakeMaskOptions,
  type VoxelMask,
} from "./masks.ts";
export { meanVolume, type MeanVolume } from "./mean-volume.ts";
export type { VolumeModelOptions } from "../searchlight/match-volumes.ts";
export type { PeakOptions, VoxelPeak } from "./peaks.ts";
export { rdmNifti, type RdmNiftiOptions } from "./rdm-nifti.ts";
export {
  readNiftiPatterns,
  type ReadNiftiPatternsOptions,
  type VoxelPatterns,
} from "./read-patterns.ts";
export {
  readConfounds,
  type ConfoundStrategy,
  type ReadConfoundsOptions,
} from "./read-confounds.ts";
export { resampleMask } from "./resample-mask.ts";
export { RsaMaps, type RsaMapsParts, type RsaRecord } from "./rsa-maps.ts";
export type { ScoreMap } from "./score-map.ts";
export { rsaNifti, type RsaNiftiOptions } from "./rsa-nifti.ts";
export { VoxelRdms } from "./voxel-rdms.ts";
export type { VoxelSearchlightOptions } from "./voxel-searchlight.ts";
export * from "./atlas/index.ts";
export * from "./betas/index.ts";
export * from "./bids/index.ts";
export * from "./glm/index.ts";
export * from "./masker/index.ts";
export * from "./vertices/index.ts";
export { groupMaps, type GroupMaps, type GroupMapsOptions } from "./group-maps.ts";
export { MapStack, type MapStackParts } from "./map-stack.ts";
export { stackMaps, type PeopleMaps, type StackMapsOptions } from "./stack-maps.ts";
export { mapNifti, VoxelValues, type MapNiftiOptions, type VoxelValuesParts } from "./map-nifti.ts";
export {
  sharesNifti,
  VoxelShares,
  type SharesNiftiOptions,
  type VoxelSharesParts,
} from "./shares-nifti.ts";
export { type PeopleVolumes, type PeopleVolumesOptions } from "./people-volumes.ts";
export {
  VoxelWeights,
  weightsNifti,
  type VoxelWeightsParts,
  type WeightsNiftiOptions,
} from "./weights-nifti.ts";
export { ceilingNifti, type CeilingNiftiOptions } from "./ceiling-nifti.ts";
export {
  differenceMap,
  percentOfCeilingMaps,
  winnerMap,
  type DifferenceMap,
  type DifferenceMapOptions,
  type PercentOfCeilingMaps,
  type PercentOfCeilingMapsOptions,
  type WinnerMap,
  type WinnerMapOptions,
} from "./compare-maps.ts";
export { volumeToSurface, type VolumeToSurfaceOptions } from "./volume-to-surface.ts";

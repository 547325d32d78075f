export { activationRdms, type ActivationRdmOptions } from "./activation-rdms.ts";
export { activations } from "./activations.ts";
export type { ActivationOptions } from "./activation-options.ts";
export { Activations, type LayerRdmOptions } from "./activations-result.ts";
export { chooseLayers, type LayerChoice } from "./choose-layers.ts";
export type { NetworkImages } from "./image-source.ts";
export type { ActivationRecord, LayerPatterns } from "./layer-patterns.ts";
export { Network, type NetworkInput, type NetworkLayer } from "./network.ts";
export { openNetwork, type OpenNetworkOptions } from "./open-network.ts";
export { prepareImage, type PrepareImageOptions } from "./prepare-image.ts";
export {
  preparation,
  preparationNames,
  type Preparation,
  type PreparationInput,
  type PreparationName,
} from "./prepare/preparation.ts";
export type { PoolName } from "./reduce/pool.ts";
export { projectionSize } from "./reduce/sparse-projection.ts";
export type { PcaProjection, ProjectionChoice, RandomProjection } from "./reduction.ts";
export type { BestLayer } from "./brain/best-layer.ts";
export { LayerScores, type RegionScores } from "./brain/layer-scores.ts";
export { rsaLayers, type RegionRdms, type RsaLayersOptions } from "./brain/rsa-layers.ts";

export { scorePairs, type PairScores } from "./scores.ts";
export { standardizeColumns } from "./standardize.ts";
export { pairDataset, PairDataset, type PairDatasetOptions } from "./pair-dataset.ts";
export type { PairCombination } from "./pair-features.ts";
export type { PairList } from "./pair-list.ts";
export type { PairModel, PairModelKind } from "./pair-model.ts";
export { PairResult, type PairFoldResult, type TrainingEpoch } from "./pair-result.ts";
export { predictPairs } from "./predict-pairs.ts";
export type { PairFold, PairSplit } from "./split-pairs.ts";
export { trainPairModel, type PairModelOptions } from "./train-pair-model.ts";
export type { DistanceOptions } from "./baselines/distance.ts";
export type { KernelRidgeOptions } from "./baselines/kernel-ridge.ts";
export type { RidgeOptions } from "./baselines/ridge.ts";
export type { SvrOptions } from "./baselines/svr.ts";
export type { ContrastiveOptions } from "./network/contrastive.ts";
export type { MlpOptions } from "./network/mlp.ts";
export type { SiameseOptions } from "./network/siamese.ts";
export { canTrainNetworks } from "./network/tfjs.ts";
export type { NetworkOptions } from "./network/train-network.ts";
export {
  extremePairs,
  type ExtremePairs,
  type ExtremePairsOptions,
  type NamedPair,
} from "./extreme-pairs.ts";
export {
  pairPermutationTest,
  type PairPermutationOptions,
  type PairPermutationTest,
} from "./permutation-test.ts";
export { pairModelBytes, readPairModel, savePairModel } from "./save-pair-model.ts";
export { clipEmbeddings, type ClipEmbeddings } from "./clip/clip-embeddings.ts";

// Every kernel is `name(params, block, scratch)`: `params` points at float64 parameters, `block` numbers an
// independent piece of the work, `scratch` is memory of the calling thread alone. No kernel keeps state.
export { windowNorms } from "./window-norms";
export { windowTiles } from "./window-tiles";
export { gramTiles, gramReduce, gramFinish } from "./gram";
export { gramByteTiles } from "./gram-bytes";
export { rankVectors } from "./ranks";
export { rankTiles, packedProducts } from "./packed-ranks";
export { scoreVectors } from "./scores";
export { unitSums } from "./unit-sums";
export { patchScores, patchTaus } from "./patches";
export { denseOrder, kendallCounts, kendallVectors } from "./kendall";
export { segmentProducts } from "./segment-products";
export { ridgeInverses, ridgeScores } from "./ridge";
export { productTiles } from "./product";
export { dualMeans, dualSystems, choleskyTiles, dualSolve } from "./dual";
export { dualScores } from "./dual-scores";
export { lassoPaths } from "./lasso-paths";
export { chunkRange, chunkCounts, chunkSpread, bucketRanks, chunkRanks } from "./large-ranks";
export { sortedPairs, weightedRanks, pooledRanks, rankProducts } from "./weighted-ranks";
export { weightedValues, weightedProducts } from "./weighted-values";
export { pooledSum, pooledScores } from "./pooled-scores";
export { waveletSpectra, convolveRows } from "./convolve";
export { noisyPatches } from "./noisy-patches";

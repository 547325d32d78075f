import type { Kernels } from "../kernels.ts";
import { choleskyTiles, dualMeans, dualSolve, dualSystems } from "./dual.ts";
import { dualScores } from "./dual-scores.ts";
import { gramByteTiles } from "./gram-bytes.ts";
import { gramFinish, gramReduce, gramTiles } from "./gram-tiles.ts";
import { denseOrder, kendallCounts, kendallVectors } from "./kendall.ts";
import { bucketRanks, chunkCounts, chunkRange, chunkRanks, chunkSpread } from "./large-ranks.ts";
import { lassoPaths } from "./lasso-paths.ts";
import type { TwinMemory } from "./memory.ts";
import { patchScores, patchTaus } from "./patches.ts";
import { productTiles } from "./product.ts";
import { ridgeInverses, ridgeScores } from "./ridge.ts";
import { rankVectors, scoreVectors } from "./scores.ts";
import {
  pooledRanks,
  sortedPairs,
  weightedProducts,
  weightedRanks,
  weightedValues,
} from "./weighted-ranks.ts";
import { segmentProducts } from "./segment-products.ts";
import { windowNorms } from "./window-norms.ts";
import { windowTiles } from "./window-tiles.ts";

/** The kernels of `assembly/` in plain TypeScript, on the given memory. */
export function twinKernels(memory: TwinMemory): Kernels {
  return {
    windowNorms: (params, block) => windowNorms(memory, params, block),
    windowTiles: (params, block) => windowTiles(memory, params, block),
    gramTiles: (params, block) => gramTiles(memory, params, block),
    gramByteTiles: (params, block) => gramByteTiles(memory, params, block),
    gramReduce: (params, block) => gramReduce(memory, params, block),
    gramFinish: (params, block) => gramFinish(memory, params, block),
    rankVectors: (params, block) => rankVectors(memory, params, block),
    scoreVectors: (params, block) => scoreVectors(memory, params, block),
    patchScores: (params, block) => patchScores(memory, params, block),
    patchTaus: (params, block) => patchTaus(memory, params, block),
    denseOrder: (params, block) => denseOrder(memory, params, block),
    kendallCounts: (params, block) => kendallCounts(memory, params, block),
    kendallVectors: (params, block) => kendallVectors(memory, params, block),
    chunkRange: (params, block) => chunkRange(memory, params, block),
    chunkCounts: (params, block) => chunkCounts(memory, params, block),
    chunkSpread: (params, block) => chunkSpread(memory, params, block),
    bucketRanks: (params, block) => bucketRanks(memory, params, block),
    chunkRanks: (params, block) => chunkRanks(memory, params, block),
    sortedPairs: (params, block) => sortedPairs(memory, params, block),
    weightedRanks: (params, block) => weightedRanks(memory, params, block),
    weightedValues: (params, block) => weightedValues(memory, params, block),
    pooledRanks: (params, block) => pooledRanks(memory, params, block),
    weightedProducts: (params, block) => weightedProducts(memory, params, block),
    segmentProducts: (params, block) => segmentProducts(memory, params, block),
    ridgeInverses: (params, block) => ridgeInverses(memory, params, block),
    ridgeScores: (params, block) => ridgeScores(memory, params, block),
    productTiles: (params, block) => productTiles(memory, params, block),
    dualMeans: (params, block) => dualMeans(memory, params, block),
    dualSystems: (params, block) => dualSystems(memory, params, block),
    choleskyTiles: (params, block) => choleskyTiles(memory, params, block),
    dualSolve: (params, block) => dualSolve(memory, params, block),
    dualScores: (params, block) => dualScores(memory, params, block),
    lassoPaths: (params, block) => lassoPaths(memory, params, block),
  };
}

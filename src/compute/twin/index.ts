import type { Kernels } from "../kernels.ts";
import { dualScores } from "./dual-scores.ts";
import { choleskyTiles, dualMeans, dualSolve, dualSystems } from "./dual.ts";
import { lassoPaths } from "./lasso-paths.ts";
import type { TwinMemory } from "./memory.ts";
import { productTiles } from "./product.ts";
import { ridgeInverses, ridgeScores } from "./ridge.ts";
import { segmentProducts } from "./segment-products.ts";

/** The kernels of regressions in plain TypeScript, on the given memory; all others have plain code of their own. */
export function twinKernels(memory: TwinMemory): Partial<Kernels> {
  return {
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

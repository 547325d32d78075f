import type { ItemSample } from "../../compute/item-samples.ts";
import type { ProductScore } from "../comparisons/comparison.ts";
import { ceilingOfProducts, overGroups, type PoolScores } from "./ceiling.ts";
import type { Compared } from "./compared.ts";
import type { RdmGroups } from "./rdm-groups.ts";

/** Scores and ceiling of a sample whose first `nData` vectors are data RDMs, and the others predictions. */
export async function comparedSample(
  sample: ItemSample,
  groups: RdmGroups,
  sampled: ProductScore,
): Promise<Compared> {
  const nData = groups.of.length;
  const { squares } = sample;
  const products = await sample.products(nData, nData);
  const nModels = products.length / nData;
  const scoreOf = (product: number, a: number, b: number): number => {
    if (!(a > 0 && b > 0)) return NaN;
    return sampled.score(product, a, b, sample.nPairs);
  };
  return {
    scores: products.map((product, k) =>
      scoreOf(product, squares[Math.floor(k / nModels)], squares[nData + (k % nModels)]),
    ),
    ceiling: async (times) => {
      const usable = Array.from(squares.subarray(0, nData), (square) => square > 0);
      if (sampled.scale !== "ranks") {
        const own = (await sample.products(nData, 0)).filter((_, k) => k % squares.length < nData);
        const lengths = Array.from(squares.subarray(0, nData), Math.sqrt);
        return ceilingOfProducts(own, lengths, groups)(times);
      }
      return overGroups(usable, groups, poolScoresOf(sample, scoreOf))(times);
    },
  };
}

/** All pools of a ceiling are ranked together, on all threads. */
function poolScoresOf(
  sample: ItemSample,
  scoreOf: (product: number, a: number, b: number) => number,
): PoolScores {
  return async (pools) => {
    const found = await sample.pools(pools);
    return pools.map(({ wanted }, p) => {
      const { products, squares } = found[p];
      return wanted.map((i, at) => scoreOf(products[at], squares, sample.squares[i]));
    });
  };
}

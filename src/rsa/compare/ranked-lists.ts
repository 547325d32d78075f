import { canRankTogether, rankProducts } from "../../compute/rank-products.ts";
import { hasKernels } from "../../compute/which-path.ts";
import type { JobOptions } from "../../core/job.ts";
import { knownPairs, type PairShape, type ProductScore } from "../comparisons/comparison.ts";

/** Fewer vectors leave threads idle, which take four at a time. */
const FEW_VECTORS = 16;
/** Fewer values are ranked faster than a job is begun. */
const FEW_VALUES = 2 ** 15;

/**
 * Scores that follow from products of ranks, of every vector of one list with every vector of another; undefined where
 * they are so few, or so long, that each is better made ready by itself.
 */
export function scoresOfRankedLists(score: ProductScore["score"]) {
  return async (
    a: readonly Float64Array[],
    b: readonly Float64Array[],
    shape: PairShape,
    job: JobOptions,
    onDone: (nVectors: number) => void,
  ): Promise<Float64Array | undefined> => {
    const taken = (vectors: readonly Float64Array[]): readonly Float64Array[] =>
      shape.known === undefined ? vectors : vectors.map((vector) => knownPairs(vector, shape));
    const nVectors = a.length + b.length;
    const few = nVectors < FEW_VECTORS || nVectors * (a[0]?.length ?? 0) < FEW_VALUES;
    if (few || !hasKernels()) return undefined;
    const left = taken(a);
    const n = left[0].length;
    if (!canRankTogether(b.length, n)) return undefined;
    const right = a === b ? left : taken(b);
    const { products, squaresA, squaresB } = await rankProducts(left, right, job, onDone);
    for (let i = 0, k = 0; i < a.length; i++)
      for (let j = 0; j < b.length; j++, k++)
        products[k] = score(products[k], squaresA[i], squaresB[j], n);
    return products;
  };
}

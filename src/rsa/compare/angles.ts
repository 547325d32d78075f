import { vectorProducts, vectorSquare } from "../../compute/vector-products.ts";
import { worthThreads } from "../../compute/which-path.ts";
import type { JobOptions } from "../../core/job.ts";
import { dot } from "../../linalg/dot.ts";
import type { Centred } from "../../stats/centred.ts";
import type { ProductScore } from "../comparisons/comparison.ts";
import { scorePairs } from "./score-pairs.ts";

/** Fewer partners on average are multiplied faster where they lie than packed for the kernels. */
const FEW_PARTNERS = 6;

/**
 * Scores that follow from products of vectors: each a with each b, nA × nB in C order. Long lists are multiplied in
 * blocks on all threads.
 */
export function scoresByProducts(score: ProductScore["score"]) {
  return async (
    a: readonly Centred[],
    b: readonly Centred[],
    job: JobOptions,
  ): Promise<Float64Array> => {
    const n = a[0]?.values.length ?? 0;
    const pairs = a.length * b.length;
    if (pairs < FEW_PARTNERS * (a.length + b.length) || !worthThreads(pairs * n)) {
      const one = (x: Centred, y: Centred): number =>
        score(dot(x.values, y.values), x.squares, y.squares, n);
      return scorePairs(one, a, b, job);
    }
    const left = a.map(({ values }) => values);
    const right = a === b ? left : b.map(({ values }) => values);
    const products = await vectorProducts(left, right, job);
    // The square of a vector is added up in the order of its product with itself, so that one stands for the other.
    const itself = a === b ? left.map((_, i) => products[i * b.length + i]) : undefined;
    const squaresA = itself ?? left.map(vectorSquare);
    const squaresB = itself ?? right.map(vectorSquare);
    for (let i = 0, k = 0; i < a.length; i++)
      for (let j = 0; j < b.length; j++, k++)
        products[k] = score(products[k], squaresA[i], squaresB[j], n);
    return products;
  };
}

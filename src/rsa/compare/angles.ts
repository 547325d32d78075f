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
    const squares = [left, right].map((vectors) => vectors.map(vectorSquare));
    return products.map((product, k) =>
      score(product, squares[0][Math.floor(k / b.length)], squares[1][k % b.length], n),
    );
  };
}

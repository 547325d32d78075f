import { centred } from "../../stats/centred.ts";
import { hasNaN } from "../../stats/has-nan.ts";
import { pseudoInverse } from "../../stats/least-squares.ts";
import { scorerByProducts } from "../compare/products.ts";
import type { JointComparison, ProductScores } from "./comparison.ts";

/**
 * Least-squares weights of the centred models, not scaled; a constant model weighs 0, collinear ones share. Data that are
 * all equal need none: 0.
 */
export const regression = {
  name: "regression" as const,
  words: "regression weight",
  products,
  jointly: (models) => scorerByProducts(products(models)),
} satisfies JointComparison;

/** Vectors whose products with centred data are the weights of the models; `NaN` in a model makes all of them `NaN`. */
function products(models: readonly Float64Array[]): ProductScores {
  const vectors = pseudoInverse(models.map(centred));
  const ofEqual = models.some(hasNaN) ? NaN : 0;
  return {
    ranked: false,
    vectors,
    scores: (weights, squaredNorm) => (squaredNorm === 0 ? weights.map(() => ofEqual) : weights),
  };
}

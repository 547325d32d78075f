import { clipped } from "../../stats/centred.ts";
import { rank } from "../../stats/rank.ts";
import { scorerByProducts, unit } from "../compare/products.ts";
import type { JointComparison, ProductScores } from "../comparisons/comparison.ts";
import { coefficientsOf, correlationsOf, inverseOf } from "./explained-variance.ts";
import { membersOf, modelSets } from "./model-sets.ts";

/**
 * What is asked of every data RDM so that all shares follow: the correlation of each model with it, the standardised
 * coefficient of each beside all others, R² of every set of models, and the number of pairs. All of it costs the products
 * of as many plain scores.
 */
export function sharesQuestion(ranks: boolean): JointComparison {
  const products = (models: readonly Float64Array[]): ProductScores => productsOf(models, ranks);
  return {
    name: ranks ? "shares of rank variance" : "shares of variance",
    nScores: countNumbers,
    products,
    jointly: (models) => scorerByProducts(products(models)),
  };
}

/** Correlations, coefficients, R² of all sets, pairs. */
export function countNumbers(nModels: number): number {
  return 2 * nModels + 2 ** nModels;
}

/** With so few pairs least squares explains anything: one for each model, one for the mean, and one to be left over. */
export function leastPairs(nModels: number): number {
  return nModels + 2;
}

function productsOf(models: readonly Float64Array[], ranked: boolean): ProductScores {
  const k = models.length;
  const nPairs = models[0].length;
  const vectors = models.map((model) => unit(ranked ? rank(model) : model));
  const solvable = nPairs >= leastPairs(k) && vectors.every((vector) => vector.some(isKnown));
  const correlations = correlationsOf(vectors);
  const sets = modelSets(k).map((set) => ({
    members: membersOf(set),
    inverse: solvable ? inverseOf(correlations, k, set) : new Float64Array(0),
  }));
  const scores = (products: Float64Array, squaredNorm: number): Float64Array => {
    const found = new Float64Array(countNumbers(k)).fill(NaN);
    if (!solvable || !(squaredNorm > 0)) return found;
    const r = products.map((product) => clipped(product / Math.sqrt(squaredNorm)));
    if (r.some(Number.isNaN)) return found;
    found.set(r);
    sets.forEach(({ members, inverse }, at) => {
      const weights = coefficientsOf(inverse, members, r);
      const explained = members.reduce((sum, member, j) => sum + weights[j] * r[member], 0);
      found[2 * k + at] = Math.min(1, Math.max(0, explained));
      if (members.length === k) found.set(weights, k);
    });
    found[found.length - 1] = nPairs;
    return found;
  };
  return { ranked, vectors, scores };
}

/** Neither 0, as all of a constant is, nor `NaN`. */
function isKnown(value: number): boolean {
  return value !== 0 && !Number.isNaN(value);
}

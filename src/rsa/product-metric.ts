import { centredSide, clipped, rootOfProduct } from "../stats/centred.ts";
import { hasNaN } from "../stats/has-nan.ts";
import { ranksOf } from "./scorers/correlation.ts";
import { partialCorrelations, preparePartial } from "./scorers/partial.ts";
import { prepareRegression } from "./scorers/regression.ts";
import type { RsaMetric } from "./prepare-models.ts";

/**
 * A metric whose scores follow from products of the centred (and ranked) data RDM with fixed vectors and from its
 * squared norm. Who computes many data RDMs can form these without keeping them.
 */
export interface ProductMetric {
  /** Whether the data are ranked. */
  readonly ranked: boolean;
  readonly vectors: readonly Float64Array[];
  /** One score for each model. */
  scores(products: Float64Array, squaredNorm: number): Float64Array;
}

/** The metric with these models, none of them empty; undefined for Kendall's tau, which no product gives. */
export function productMetric(
  models: readonly Float64Array[],
  metric: RsaMetric,
): ProductMetric | undefined {
  switch (metric) {
    case "pearson":
      return correlationMetric(models, false);
    case "spearman":
      return correlationMetric(models, true);
    case "partial":
      return partialMetric(models, false);
    case "partial-spearman":
      return partialMetric(models, true);
    case "regression":
      return regressionMetric(models);
    default:
      return undefined;
  }
}

/** Each model by itself; one with NaN scores NaN. */
function correlationMetric(models: readonly Float64Array[], ranked: boolean): ProductMetric {
  const sides = models.map((model) =>
    centredSide(ranked && !hasNaN(model) ? ranksOf(model) : model),
  );
  return {
    ranked,
    vectors: sides.map(({ values }) => values),
    scores: (products, squaredNorm) =>
      products.map((product, m) => clipped(product / rootOfProduct(squaredNorm, sides[m].squares))),
  };
}

/** All models at once: NaN in one makes all scores NaN, and so do equal distances. */
function partialMetric(models: readonly Float64Array[], ranked: boolean): ProductMetric {
  const unknown = models.some(hasNaN);
  const transform = ranked && !unknown ? ranksOf : (values: Float64Array) => values;
  const { units, weights, precision } = preparePartial(models, transform);
  return {
    ranked,
    vectors: [...weights, ...units],
    scores: (products, squaredNorm) => {
      if (unknown || !(squaredNorm > 0)) return new Float64Array(models.length).fill(NaN);
      const scaled = Array.from(products, (product) => product / Math.sqrt(squaredNorm));
      const [coefficients, own] = [scaled.slice(0, models.length), scaled.slice(models.length)];
      return partialCorrelations(precision, coefficients, own);
    },
  };
}

/** Equal distances have weights of 0; NaN in a model makes all weights NaN. */
function regressionMetric(models: readonly Float64Array[]): ProductMetric {
  const vectors = prepareRegression(models);
  const ofEqual = models.some(hasNaN) ? NaN : 0;
  return {
    ranked: false,
    vectors,
    scores: (products, squaredNorm) => (squaredNorm === 0 ? products.map(() => ofEqual) : products),
  };
}

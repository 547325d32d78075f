import { dot } from "../../linalg/dot.ts";
import { centredSide, clipped } from "../../stats/centred.ts";
import { hasNaN } from "../../stats/has-nan.ts";
import { pseudoInverse } from "../../stats/least-squares.ts";
import { rank } from "../../stats/rank.ts";
import type { ProductScore, ProductScores, Scorer } from "../comparisons/comparison.ts";

/** The score of each model by itself; one with `NaN` scores `NaN`. */
export function productsOfEach(
  models: readonly Float64Array[],
  { scale, score }: ProductScore,
): ProductScores {
  const ranked = scale === "ranks";
  const sides = models.map((model) => centredSide(ranked ? rank(model) : model));
  return {
    ranked,
    vectors: sides.map(({ values }) => values),
    scores: (products, squaredNorm) =>
      products.map((product, m) => score(product, squaredNorm, sides[m].squares, models[m].length)),
  };
}

/** What the engine does without keeping RDMs, for one RDM that is there. */
export function scorerByProducts({ ranked, vectors, scores }: ProductScores): Scorer {
  return (data) => {
    const { values, squares } = centredSide(ranked ? rank(data) : data);
    return scores(
      Float64Array.from(vectors, (vector) => dot(vector, values)),
      squares,
    );
  };
}

/** Partial correlations, of the ranks or of the values. `NaN` in one model makes all scores `NaN`, and so do equal distances. */
export function partialProducts(
  ranked: boolean,
): (models: readonly Float64Array[]) => ProductScores {
  return (models) => {
    const units = models.map((model) => unit(ranked ? rank(model) : model));
    const weights = pseudoInverse(units);
    const precision = weights.map((row) => dot(row, row));
    const unknown = models.some(hasNaN);
    return {
      ranked,
      vectors: [...weights, ...units],
      scores: (products, squaredNorm) => {
        if (unknown || !(squaredNorm > 0)) return new Float64Array(models.length).fill(NaN);
        const scaled = products.map((product) => product / Math.sqrt(squaredNorm));
        return partialCorrelations(
          precision,
          scaled.subarray(0, models.length),
          scaled.subarray(models.length),
        );
      },
    };
  };
}

/**
 * From regression coefficients b, precision P of the models, and the share s² of the data they leave over:
 * `b / √(s² P + b²)`, which is what inverting the covariance of data and models gives. Only the models are inverted, so
 * that data which the models explain wholly (a model compared with itself) scores 1 and not −1. A model that others
 * explain wholly shares its score with them; a constant one has none.
 *
 * @param coefficients - products of the data, centred and at length 1, with the weights.
 * @param products - the same with the units.
 */
function partialCorrelations(
  precision: readonly number[],
  coefficients: Float64Array,
  products: Float64Array,
): Float64Array {
  const explained = coefficients.reduce((sum, b, j) => sum + b * products[j], 0);
  const left = Math.max(1 - explained, 2 * Number.EPSILON);
  return coefficients.map((b, j) => clipped(b / Math.sqrt(left * precision[j] + b * b)));
}

/** Centred, at length 1; a constant stays all zeros. */
export function unit(values: Float64Array): Float64Array {
  const { values: side, squares } = centredSide(values);
  return squares === 0 ? side : side.map((value) => value / Math.sqrt(squares));
}

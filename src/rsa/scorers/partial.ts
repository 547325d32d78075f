import { centredSide, clipped, dot, isConstant } from "../../stats/centred.ts";
import { pseudoInverse } from "../../stats/least-squares.ts";
import { allModels } from "./all-models.ts";
import { ranksOf } from "./correlation.ts";
import type { Scorer } from "./scorer.ts";
import { undefinedScores } from "./without-nan.ts";

/** For more than one model; `checkModels` refuses fewer. */
export const partial = allModels((models) => partialScorer(models, (values) => values));

export const partialSpearman = allModels((models) => partialScorer(models, ranksOf));

/** Models made ready for partial correlations. */
export interface PartialModels {
  /** The (ranked and) centred models at length 1. */
  readonly units: readonly Float64Array[];
  /** Their pseudo-inverse: products with it are regression coefficients. */
  readonly weights: readonly Float64Array[];
  /** Diagonal of the inverse of the models' correlations. */
  readonly precision: readonly number[];
}

export function preparePartial(
  models: readonly Float64Array[],
  transform: (values: Float64Array) => Float64Array,
): PartialModels {
  const units = models.map((model) => unit(transform(model)));
  const weights = pseudoInverse(units);
  return { units, weights, precision: weights.map((row) => dot(row, row)) };
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
export function partialCorrelations(
  precision: readonly number[],
  coefficients: readonly number[],
  products: readonly number[],
): Float64Array {
  const explained = coefficients.reduce((sum, b, j) => sum + b * products[j], 0);
  const left = Math.max(1 - explained, 2 * Number.EPSILON);
  return Float64Array.from(coefficients, (b, j) =>
    clipped(b / Math.sqrt(left * precision[j] + b * b)),
  );
}

function partialScorer(
  models: readonly Float64Array[],
  transform: (values: Float64Array) => Float64Array,
): Scorer {
  const { units, weights, precision } = preparePartial(models, transform);
  return (data) => {
    if (isConstant(data)) return undefinedScores(models);
    const target = unit(transform(data));
    const productsWith = (vectors: readonly Float64Array[]) =>
      vectors.map((row) => dot(row, target));
    return partialCorrelations(precision, productsWith(weights), productsWith(units));
  };
}

/** Centred, at length 1; a constant stays all zeros. */
function unit(values: Float64Array): Float64Array {
  const { values: side, squares } = centredSide(values);
  return squares === 0 ? side : side.map((value) => value / Math.sqrt(squares));
}

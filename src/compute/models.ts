import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { averageRanks } from "./average-ranks.ts";

/** Correlations that follow from products of (ranked and) centred vectors. */
export type ProductScore = "pearson" | "spearman";

/** Models made ready once for any number of comparisons. */
export interface PreparedModels {
  readonly score: ProductScore;
  readonly nPairs: number;
  /** The models, ranked for Spearman, minus their means. */
  readonly centred: readonly Float64Array[];
  readonly squaredNorms: Float64Array;
}

/**
 * Rank (for Spearman) and centre each model once. A model with NaN scores NaN everywhere.
 *
 * @param models - condensed vectors of equal length.
 * @throws ShapeMismatch when lengths differ; InvalidArgument for no models.
 */
export function prepareModels(
  models: readonly Float64Array[],
  score: ProductScore,
): PreparedModels {
  if (models.length === 0)
    throw new InvalidArgument("models", "an empty list", "give at least one model");
  const nPairs = models[0].length;
  for (const model of models) {
    if (model.length !== nPairs)
      throw new ShapeMismatch(`${nPairs} pairs in every model`, `${model.length}`);
  }
  const centred = models.map((model) => centre(score === "spearman" ? ranksOf(model) : model));
  return { score, nPairs, centred, squaredNorms: Float64Array.from(centred, squaredNorm) };
}

function ranksOf(model: Float64Array): Float64Array {
  return model.some(Number.isNaN) ? model.map(() => NaN) : averageRanks(model).ranks;
}

function centre(values: Float64Array): Float64Array {
  // Equal values whose mean is a rounding away from them would leave noise.
  if (values.every((value) => value === values[0])) return values.map((value) => value - value);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function squaredNorm(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

import { oneOf } from "../../core/gate/kinds.ts";
import type { FoldFits } from "./weight-solver.ts";

/** What can be read from fitted weights; see {@link WeightQuantity}. */
export const weightQuantities = ["score", "weight", "fitted", "scoredFolds"] as const;

/**
 * `score`: mean over folds, of the weighted models, of each model alone on the same pairs and, of several people, of the
 * mean of the others, which is the lower bound of the noise ceiling. `weight`: mean weights over folds. `fitted`: weights
 * fitted to all pairs of a person, which no score belongs to. `scoredFolds`: in how many folds the weighted models had a
 * score; where all weights are 0 they have none.
 */
export type WeightQuantity = (typeof weightQuantities)[number];

/** What scores of weighted models are called beside those of the models. */
export const weightedName = "weighted models";
export const othersName = "mean of the others";

/** Names of the numbers of a quantity. */
export function namesOfWeights(
  quantity: WeightQuantity,
  modelNames: readonly string[],
  nPeople: number,
): readonly string[] {
  if (quantity === "scoredFolds") return [weightedName];
  if (quantity !== "score") return modelNames;
  return [weightedName, ...modelNames, ...(nPeople > 1 ? [othersName] : [])];
}

/** One quantity of what was fitted at many places, name by name: for each the places in their order. Throws `UnknownOption`. */
export function scoresOfPlaces(
  fits: readonly FoldFits[],
  quantity: WeightQuantity,
  modelNames: readonly string[],
  nPeople: number,
): { readonly names: readonly string[]; readonly scores: Float64Array } {
  oneOf(weightQuantities, "quantity of weights")(quantity, "quantity");
  const names = namesOfWeights(quantity, modelNames, nPeople);
  const scores = new Float64Array(names.length * fits.length);
  fits.forEach((fit, place) =>
    weightQuantity(fit, quantity).forEach((v, k) => (scores[k * fits.length + place] = v)),
  );
  return { names, scores };
}

/** Models that compete: the mean of the others is a ceiling. */
export function competingModels(modelNames: readonly string[]): readonly string[] {
  return modelNames.filter((name) => name !== othersName);
}

/** One quantity of what was fitted at one place. */
export function weightQuantity(
  { weights, scores, fitted }: FoldFits,
  quantity: WeightQuantity,
): Float64Array {
  const k = fitted.length;
  const nFolds = weights.length / k;
  const nScores = scores.length / nFolds;
  switch (quantity) {
    case "score":
      return meansOfColumns(scores, nScores);
    case "weight":
      return meansOfColumns(weights, k);
    case "fitted":
      return fitted;
    case "scoredFolds":
      return Float64Array.of(
        scores.filter((s, at) => at % nScores === 0 && !Number.isNaN(s)).length,
      );
  }
}

/** Of the folds that have a number. */
function meansOfColumns(rows: Float64Array, width: number): Float64Array {
  return Float64Array.from({ length: width }, (_, column) => {
    const known = rows.filter((value, at) => at % width === column && !Number.isNaN(value));
    return known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

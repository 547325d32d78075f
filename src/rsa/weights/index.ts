export {
  differenceInPlaces,
  percentOfCeilingInPlaces,
  winnersInPlaces,
  type DifferenceInPlacesOptions,
  type PercentOfCeilingInPlacesOptions,
  type WinnersInPlaces,
  type WinnersInPlacesOptions,
} from "./compare-in-places.ts";
export type { OtherNumbers, PlacedPeople, PlacedScores } from "./placed-scores.ts";
export type { ItemFolds } from "./item-folds.ts";
export { ModelWeights, type ModelWeightsParts } from "./model-weights.ts";
export type { PlaceQuantity, PlaceWeights, PlaceWeightsParts, Shown } from "./place-weights.ts";
export type { FoldFits } from "./weight-solver.ts";
export type { WeightOptions } from "./weight-options.ts";
export { weightScores, type WeightScore } from "./weight-scores.ts";
export { weightQuantities, type WeightQuantity } from "./weight-quantity.ts";
export { weightsRdms, type WeightsRdmsOptions } from "./weights-rdms.ts";

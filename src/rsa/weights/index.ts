export type { ItemFolds } from "./item-folds.ts";
export { ModelWeights, type ModelWeightsParts } from "./model-weights.ts";
export type { FoldFits } from "./weight-solver.ts";
export { weightScores, type WeightOptions, type WeightScore } from "./weight-options.ts";
export { weightQuantities, type WeightQuantity } from "./weight-quantity.ts";
export { weightsRdms, type WeightsRdmsOptions } from "./weights-rdms.ts";

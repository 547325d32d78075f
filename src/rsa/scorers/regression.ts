import { centred, dot } from "../../stats/centred.ts";
import { pseudoInverse } from "../../stats/least-squares.ts";
import { allModels } from "./all-models.ts";

/** Vectors whose products with centred data are the weights of the models. */
export function prepareRegression(models: readonly Float64Array[]): Float64Array[] {
  return pseudoInverse(models.map(centred));
}

/** Least-squares weights of the centred models, not scaled; a constant model weighs 0, collinear ones share. */
export const regression = allModels((models) => {
  const weights = prepareRegression(models);
  return (data) => {
    const target = centred(data);
    return Float64Array.from(weights, (row) => dot(row, target));
  };
});

import { centred, dot } from "../../stats/centred.ts";
import { pseudoInverse } from "../../stats/least-squares.ts";
import { allModels } from "./all-models.ts";

/** Least-squares weights of the centred models, not scaled; a constant model weighs 0, collinear ones share. */
export const regression = allModels((models) => {
  const weights = pseudoInverse(models.map(centred));
  return (data) => {
    const target = centred(data);
    return Float64Array.from(weights, (row) => dot(row, target));
  };
});

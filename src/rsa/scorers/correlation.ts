import { averageRanksHere } from "../../compute/rank-vectors.ts";
import { centredSide, correlationOf } from "../../stats/centred.ts";
import { eachModel } from "./each-model.ts";

export const pearson = eachModel({ prepare: centredSide, score: correlationOf });

export const spearman = eachModel({
  prepare: (values) => centredSide(ranksOf(values)),
  score: correlationOf,
});

/** Average ranks; never called with `NaN`. */
export function ranksOf(values: Float64Array): Float64Array {
  return averageRanksHere(values).ranks;
}

import { averageRanks } from "../../compute/average-ranks.ts";
import { dot, unitCentred } from "../../stats/centred.ts";
import { clipped } from "../../stats/pearson.ts";
import { eachModel } from "./each-model.ts";

export const pearson = eachModel({ prepare: unit, score: cosineOf });

export const spearman = eachModel({ prepare: (values) => unit(ranksOf(values)), score: cosineOf });

/** Average ranks; never called with `NaN`. */
export function ranksOf(values: Float64Array): Float64Array {
  return averageRanks(values).ranks;
}

function unit(values: Float64Array): Float64Array {
  return values.length < 2 ? values.map(() => NaN) : unitCentred(values);
}

function cosineOf(data: Float64Array, model: Float64Array): number {
  return data.length === 0 ? NaN : clipped(dot(data, model));
}

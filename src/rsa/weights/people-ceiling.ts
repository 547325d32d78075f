import { correlationOf } from "../../stats/centred.ts";
import { rank } from "../../stats/rank.ts";
import { dot } from "../../linalg/dot.ts";
import { unit } from "../compare/products.ts";
import { sideOf, type WeightScore } from "./weight-scores.ts";

/** How RDMs are scaled before they are averaged: no person weighs more than others. */
const scaled: Readonly<Record<WeightScore, (values: Float64Array) => Float64Array>> = {
  pearson: unit,
  spearman: rank,
  cosine: (values) => {
    const length = Math.sqrt(dot(values, values));
    return values.map((value) => value / length);
  },
};

/**
 * How well the mean of the others (lower) and of all (upper) predicts the RDM of each person (Nili et al. 2014): 2 ×
 * people. `NaN` for one whose RDM is constant or has `NaN`, and for all others then: their mean would be of other people.
 * The mean over people agrees with rsatoolbox's `boot_noise_ceiling`.
 */
export function ceilingsOfPeople(people: readonly Float64Array[], by: WeightScore): Float64Array {
  const parts = people.map(scaled[by]);
  const side = sideOf[by];
  const sum = parts[0].map((_, pair) => parts.reduce((total, part) => total + part[pair], 0));
  const [all, own] = [side(sum), people.map(side)];
  const bounds = new Float64Array(2 * people.length);
  const known = own.every(({ squares }) => squares > 0);
  people.forEach((_, at) => {
    const others = sum.map((value, pair) => value - parts[at][pair]);
    bounds[at] = known ? correlationOf(side(others), own[at]) : NaN;
    bounds[people.length + at] = known ? correlationOf(all, own[at]) : NaN;
  });
  return bounds;
}

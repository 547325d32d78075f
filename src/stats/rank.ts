import { toVector } from "../core/gate/vector.ts";
import { averageRanksSync } from "../compute/rank-vectors.ts";
import { hasNaN } from "./has-nan.ts";

/**
 * Average ranks from 1; ties share the mean of the ranks they take. Any `NaN` makes every rank `NaN`.
 * Agrees with `scipy.stats.rankdata`.
 *
 * @example
 * import { rank } from "tsrsa";
 * rank([30, 10, 10]); // Float64Array(3) [ 3, 1.5, 1.5 ]
 */
export function rank(values: ArrayLike<number>): Float64Array {
  const numbers = toVector(values, "values");
  return hasNaN(numbers) ? numbers.fill(NaN) : averageRanksSync(numbers).ranks;
}

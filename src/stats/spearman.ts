import { pearson } from "./pearson.ts";
import { rank } from "./rank.ts";

/**
 * Spearman's rank correlation: Pearson's of the average ranks. `NaN` as {@link pearson}.
 * Agrees with `scipy.stats.spearmanr`. Throws `ShapeMismatch` for unequal lengths.
 *
 * @example
 * import { spearman } from "tsrsa";
 * spearman([1, 2, 3], [1, 10, 100]); // 1
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return pearson(rank(x), rank(y));
}

import { dot, unitCentred } from "./centred.ts";
import { sameLength } from "./same-length.ts";

/**
 * Pearson's correlation. `NaN` when a side is constant, has a `NaN`, or has fewer than two values.
 * Agrees with `scipy.stats.pearsonr`. Throws `ShapeMismatch` for unequal lengths.
 *
 * @example
 * import { pearson } from "tsrsa";
 * pearson([1, 2, 3], [2, 4, 7]).toFixed(4); // '0.9934'
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number {
  sameLength(x, y);
  return clipped(x.length < 2 ? NaN : dot(unitCentred(x), unitCentred(y)));
}

/** A correlation within [−1, 1]: rounding may leave it a bit outside. `NaN` stays. */
export function clipped(r: number): number {
  return Math.min(1, Math.max(-1, r));
}

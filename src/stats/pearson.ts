import { toNumbers } from "../core/gate/vector.ts";
import { centredSide, correlationOf } from "./centred.ts";
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
  const [a, b] = [toNumbers(x, "x"), toNumbers(y, "y")];
  sameLength(a, b);
  return correlationOf(centredSide(a), centredSide(b));
}

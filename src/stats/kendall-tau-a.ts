import { sortedSide, tauOfSorted } from "../compute/sorted-side.ts";
import { toVector } from "../core/gate/vector.ts";
import { sameLength } from "./same-length.ts";

/**
 * Kendall's tau-a: concordant minus discordant pairs over all pairs, in O(n log n) (Knight 1966).
 * `NaN` when all of one side is tied, or any value is `NaN` (where MNE-RSA returns a number without meaning).
 * Agrees with `kendall-tau-a` of MNE-RSA. Throws `ShapeMismatch` for unequal lengths.
 *
 * @example
 * import { kendallTauA } from "tsrsa";
 * kendallTauA([1, 2, 3, 4], [1, 3, 2, 4]).toFixed(4); // '0.6667'
 */
export function kendallTauA(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [xs, ys] = [toVector(x, "x"), toVector(y, "y")];
  sameLength(xs, ys);
  return tauOfSorted(sortedSide(xs), sortedSide(ys));
}

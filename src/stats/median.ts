import { toNumbers } from "../core/gate/vector.ts";
import { middleOf } from "../core/middle-of.ts";

/**
 * The middle value; of an even number of values the mean of the two in the middle. `NaN` of nothing, and where a value
 * is `NaN`: leave those out first.
 *
 * @example
 * import { median } from "tsrsa";
 * median([5, 1, 2]); // 2
 */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(toNumbers(values, "values")).sort();
  const n = sorted.length;
  // NaN is sorted to the end.
  return Number.isNaN(sorted[n - 1]) ? NaN : middleOf(sorted);
}

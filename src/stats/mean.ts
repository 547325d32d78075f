import { toNumbers } from "../core/gate/vector.ts";
/**
 * Arithmetic mean; `NaN` of nothing.
 *
 * @example
 * import { mean } from "tsrsa";
 * mean([1, 2, 6]); // 3
 */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  const numbers = toNumbers(values, "values");
  for (let i = 0; i < numbers.length; i++) sum += numbers[i];
  return sum / numbers.length;
}

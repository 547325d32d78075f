/**
 * Arithmetic mean; `NaN` of nothing.
 *
 * @example
 * import { mean } from "tsrsa";
 * mean([1, 2, 6]); // 3
 */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

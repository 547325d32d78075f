import { toNumber } from "../core/gate/number.ts";

/**
 * Nearest integer, halves to the even one: Python's `round`, where `Math.round(2.5)` is 3. Throws `InvalidArgument` for text and other things
 * that are no number.
 *
 * @example
 * import { roundHalfEven } from "tsrsa";
 * [roundHalfEven(0.5), roundHalfEven(1.5), roundHalfEven(2.5)]; // [ 0, 2, 2 ]
 */
export function roundHalfEven(value: number): number {
  if (typeof value !== "number") return roundHalfEven(toNumber(value, () => "value"));
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

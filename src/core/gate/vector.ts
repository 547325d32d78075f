import { InvalidArgument } from "../errors.ts";
import { toNumber } from "./number.ts";

/** A list of values by place: a plain or typed array, not text, not a function. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  if (Array.isArray(value)) return true;
  if (ArrayBuffer.isView(value)) return "length" in value;
  return isArrayLike(value);
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  if (typeof value !== "object" || value === null || !("length" in value)) return false;
  const { length } = value;
  const counts = typeof length === "number" && Number.isSafeInteger(length) && length >= 0;
  return counts && (length === 0 || (0 in value && length - 1 in value));
}

/** An array whose values need no look: every one is a number. */
export function isNumericArray(value: unknown): value is ArrayLike<number> {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBigIntArray(value);
}

function isBigIntArray(value: object): boolean {
  return value instanceof BigInt64Array || value instanceof BigUint64Array;
}

/**
 * A vector of numbers in float64, always a copy. Missing values (`null`) are NaN. Throws `InvalidArgument` for what is
 * no list, and for an entry that is no number, naming its place.
 */
export function toVector(value: unknown, argument: string): Float64Array {
  if (isNumericArray(value)) return new Float64Array(value);
  if (!isList(value)) throw new InvalidArgument(argument, value, "give a list of numbers");
  checkEnd(value, argument);
  const vector = new Float64Array(value.length);
  for (let at = 0; at < vector.length; at++)
    vector[at] = toNumber(value[at], () => `${argument}[${at}]`);
  return vector;
}

/**
 * Throws `InvalidArgument` for a list that has nothing at its end, before memory is taken for what it claims: arrays
 * may say they are 2³² long and hold nothing.
 */
export function checkEnd(list: ArrayLike<unknown>, argument: string): void {
  const last = list.length - 1;
  if (last < 0 || last in list) return;
  throw new InvalidArgument(
    `${argument}[${last}]`,
    undefined,
    "nothing is there; give a value for every place, NaN where a number is missing",
  );
}

/** The same numbers without a copy where nothing has to be looked at; else as {@link toVector}. */
export function toNumbers(value: ArrayLike<number>, argument: string): ArrayLike<number> {
  return isNumericArray(value) ? value : toVector(value, argument);
}

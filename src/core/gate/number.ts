import { InvalidArgument } from "../errors.ts";

/**
 * A number for arithmetic from whatever a cell holds: a number as it is, `null` (a missing value) as NaN, true and false
 * as 1 and 0, a safe BigInt as its number. Throws `InvalidArgument` for everything else: text is never read as a number,
 * and what is not there is never 0.
 *
 * @param where - names the argument and the place; called only for the message.
 */
export function toNumber(value: unknown, where: () => string): number {
  if (typeof value === "number") return value;
  if (value === null) return NaN;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "bigint") return exact(value, where);
  throw new InvalidArgument(where(), value, adviceFor(value));
}

function exact(value: bigint, where: () => string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new InvalidArgument(where(), value, "a float64 cannot hold this integer exactly");
}

function adviceFor(value: unknown): string {
  if (value === undefined)
    return "nothing is there; give a number, or NaN where a value is missing";
  if (typeof value === "string")
    return "text is not a number; turn it into one with Number(…), or leave this column out";
  if (value instanceof Date) return "a date is not a number; use its getTime() if that is meant";
  return "a number belongs here";
}

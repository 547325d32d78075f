import { InvalidArgument } from "../errors.ts";

/** An integer in [least, most]. Throws `InvalidArgument`. */
export function toInteger(value: unknown, argument: string, least = 0, most = Infinity): number {
  const fits = typeof value === "number" && Number.isSafeInteger(value);
  if (fits && value >= least && value <= most) return value;
  const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new InvalidArgument(argument, value, `give an integer ${range}`);
}

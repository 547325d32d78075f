import { FileFormatError } from "../../core/errors.ts";
import { typeBytes, type ZarrType } from "./types.ts";

/** The value of chunks that are not there; undefined for none. Throws `FileFormatError` for one that is none of the type. */
export function checkedFill(value: unknown, dtype: ZarrType, file: string): unknown {
  if (value === null || value === undefined) return undefined;
  if (isOfType(value, dtype)) return dtype === "bool" ? Boolean(value) : value;
  throw new FileFormatError(file, "fill_value", `a value of ${dtype}`, JSON.stringify(value));
}

function isOfType(value: unknown, dtype: ZarrType): boolean {
  if (dtype === "bool") return typeof value === "boolean" || value === 0 || value === 1;
  if (dtype.startsWith("float"))
    return typeof value === "number" || ["NaN", "Infinity", "-Infinity"].includes(value as string);
  const span = 2 ** (8 * typeBytes[dtype]);
  const [least, beyond] = dtype.startsWith("u") ? [0, span] : [-span / 2, span / 2];
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) < beyond;
}

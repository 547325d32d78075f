import { FileFormatError } from "../../core/errors.ts";

const MOST_AXES = 32;

/** Whole numbers, as many as there are axes. Throws `FileFormatError`. */
export function lengths(
  value: unknown,
  field: string,
  file: string,
  least: number,
  axes?: number,
): number[] {
  const isGood =
    Array.isArray(value) &&
    value.length <= MOST_AXES &&
    (axes === undefined || value.length === axes) &&
    value.every((length) => Number.isSafeInteger(length) && (length as number) >= least);
  if (isGood) return value as number[];
  const what = axes === undefined ? `at most ${MOST_AXES} whole numbers` : `${axes} whole numbers`;
  throw new FileFormatError(file, field, `${what} from ${least}`, JSON.stringify(value));
}

import { toTexts, type Cell } from "./cells.ts";

/** Makes the cells of a column out of its fields, of which some mean a missing value. */
type ToCells<T> = (fields: readonly string[], missing: ReadonlySet<string>) => T;

/** The same for numbers with a decimal comma: point and comma change places, so that `1.500` is no number. */
export function withDecimalComma<T extends Cell[] | { readonly wrong: number }>(
  toCells: ToCells<T>,
): ToCells<T | Cell[]> {
  return (fields, missing) => {
    const found = toCells(fields.map(swapped), new Set([...missing].map(swapped)));
    const isText = Array.isArray(found) && found.some((cell) => typeof cell === "string");
    return isText ? toTexts(fields, missing) : found;
  };
}

function swapped(field: string): string {
  return field.replace(/[.,]/g, (mark) => (mark === "." ? "," : "."));
}

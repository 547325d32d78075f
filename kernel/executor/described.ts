import { inspect } from "node:util";

const mostCharacters = 2000;

/** A value in words, for help: what it is, and how it looks. Runs none of its code. */
export function described(value: unknown): string[] {
  if (value === undefined) return [];
  const options = { depth: 2, maxArrayLength: 20, maxStringLength: 500, customInspect: false };
  try {
    const text = inspect(value, options);
    const cut = text.length > mostCharacters ? `${text.slice(0, mostCharacters)} …` : text;
    return [`value (${value === null ? "null" : typeof value}): ${cut}`];
  } catch {
    return [];
  }
}

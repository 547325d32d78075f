import { InvalidArgument, Unsupported } from "../core/errors.ts";

/** What can be said in JSON. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** JSON that is the same text for the same value: names sorted, those of `undefined` left out. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return scalar(value);
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${canonicalJson(entry)}`).join(",")}}`;
}

function scalar(value: string | number | boolean | null): string {
  if (typeof value !== "number" || Number.isFinite(value)) return JSON.stringify(value);
  throw new InvalidArgument("parameter", value, "a plan holds finite numbers");
}

/** A value of an option as JSON: lists of numbers as lists. Throws `Unsupported` for a function, which no file holds. */
export function asJson(value: unknown, name: string): Json {
  if (value === null || ["string", "number", "boolean"].includes(typeof value))
    return value as Json;
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array);
  if (Array.isArray(value)) return value.map((entry) => asJson(entry, name));
  if (typeof value !== "object")
    throw new Unsupported(
      `${name} is a function, which other processes do not have`,
      "leave out engine, or name one of ours",
    );
  const given = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(given.map(([key, entry]) => [key, asJson(entry, `${name}.${key}`)]));
}

/** A message whose content is not what its type asks for. */
export class InvalidContent extends Error {
  override readonly name = "InvalidContent";
}

/** Checks a value that came from outside and returns it typed; throws `InvalidContent`. */
export type Check<T> = (value: unknown, path: string) => T;

/** What a check returns. */
export type Checked<C> = C extends Check<infer T> ? T : never;

/** Values of JSON objects whose inside is nobody's business here. */
export type Json = Readonly<Record<string, unknown>>;

export const text: Check<string> = (value, path) =>
  typeof value === "string" ? value : fail(path, "text", value);

export const bool: Check<boolean> = (value, path) =>
  typeof value === "boolean" ? value : fail(path, "true or false", value);

export const integer: Check<number> = (value, path) =>
  Number.isSafeInteger(value) ? (value as number) : fail(path, "a whole number", value);

export const json: Check<Json> = (value, path) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Json)
    : fail(path, "an object", value);

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): Check<T> {
  return (value, path) =>
    words.includes(value as T) ? (value as T) : fail(path, words.join(" or "), value);
}

/** A field that may be absent or null, and then is `fallback`. */
export function optional<T, F>(check: Check<T>, fallback: F): Check<T | F> {
  return (value, path) => (value === undefined || value === null ? fallback : check(value, path));
}

/** An object with every value checked alike. */
export function record<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value, path) =>
    Object.fromEntries(
      Object.entries(json(value, path)).map(([key, item]) => [key, check(item, `${path}.${key}`)]),
    );
}

/** An object with these fields; others are left out. */
export function fields<S extends Record<string, Check<unknown>>>(
  shape: S,
): Check<{ readonly [K in keyof S]: Checked<S[K]> }> {
  const checks = Object.entries(shape);
  return (value, path) => {
    const object = json(value, path);
    const own = (key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);
    return Object.fromEntries(
      checks.map(([key, check]) => [key, check(own(key), `${path}.${key}`)]),
    ) as { readonly [K in keyof S]: Checked<S[K]> };
  };
}

function fail(path: string, expected: string, found: unknown): never {
  const kind = found === null ? "null" : Array.isArray(found) ? "an array" : typeof found;
  throw new InvalidContent(`${path} has to be ${expected}, but is ${kind}`);
}

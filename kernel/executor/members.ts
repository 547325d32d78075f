/** What a module exports by these names. Throws a `SyntaxError` that names what it has not. */
export function pickMembers(
  namespace: object,
  keys: readonly string[],
  name: string,
): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, member(namespace, key, name)]));
}

export function member(namespace: object, key: string, name: string): unknown {
  if (key in namespace) return (namespace as Record<string, unknown>)[key];
  // A CommonJS package may name its exports in ways Node cannot see beforehand; JSON has none.
  const whole = (namespace as { default?: unknown }).default;
  const isWhole = (typeof whole === "object" && whole !== null) || typeof whole === "function";
  if (isWhole && key in whole) return (whole as Record<string, unknown>)[key];
  throw new SyntaxError(
    `${JSON.stringify(name)} has no export named ${key}; if it is a type, write import { type ${key} }`,
  );
}

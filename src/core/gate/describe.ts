/** What a value is, in a few words for a message: `an object with alpha`, `text "12"`, `a list of 3`. */
export function describeValue(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(shortened(value));
    case "bigint":
      return `${shortened(String(value))}n`;
    case "function":
      return "a function";
    case "object":
      return value === null ? "null" : describeSafely(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    default:
      return String(value);
  }
}

const longestText = 60;

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}

/** A message must not fail because of the value that it is about. */
function describeSafely(value: object): string {
  try {
    return describeObject(value);
  } catch {
    return "an object that cannot be looked at";
  }
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (ArrayBuffer.isView(value) && "length" in value)
    return `a ${kindOf(value)} of ${String(value.length)}`;
  const kind = kindOf(value);
  return kind === "Object" ? describeKeys(Object.keys(value)) : `a ${kind}`;
}

function kindOf(value: object): string {
  const maker: unknown = value.constructor;
  return typeof maker === "function" && maker.name !== "" ? maker.name : "Object";
}

function describeKeys(keys: readonly string[]): string {
  if (keys.length === 0) return "an object without keys";
  return `an object with ${keys.slice(0, 6).join(", ")}${keys.length > 6 ? " …" : ""}`;
}

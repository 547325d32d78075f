const most = 1000;
const deepest = 20;
/** Values of one text: a list that holds another twice, which holds a third twice, would have no end. */
const mostParts = 20_000;

/** Any value as text for a reader: JSON where JSON has a word for it, and the truth where it has none (NaN, 10n, a Map). */
export function shownText(value: unknown): string {
  return typeof value === "string" ? value : textOf(value, [], { left: mostParts });
}

interface Room {
  left: number;
}

function textOf(value: unknown, above: readonly object[], room: Room): string {
  if (room.left-- <= 0) return "…";
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "object":
      return value === null ? "null" : objectText(value, above, room);
    default:
      return String(value);
  }
}

function objectText(value: object, above: readonly object[], room: Room): string {
  if (above.includes(value)) return "(itself)";
  if (above.length >= deepest) return "…";
  const within = [...above, value];
  try {
    if (value instanceof Date) return String(Number.isNaN(+value) ? value : value.toISOString());
    if (value instanceof Error) return String(value);
    if (value instanceof Map) return listText("Map {", [...value].map(pair), "}");
    if (value instanceof Set) return listText("Set {", [...value].map(item), "}");
    if (isArrayLike(value))
      return listText("[", Array.from(firstOf(value), item), "]", value.length);
    if (hasToJson(value)) return item(value.toJSON());
    return listText(
      "{",
      Object.entries(value).map(([key, of]) => `${JSON.stringify(key)}:${item(of)}`),
      "}",
    );
  } catch {
    return "(a value that cannot be shown)";
  }

  function item(of: unknown): string {
    return textOf(of, within, room);
  }
  function pair([key, of]: [unknown, unknown]): string {
    return `${item(key)}: ${item(of)}`;
  }
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return "toJSON" in value && typeof value.toJSON === "function";
}

function isArrayLike(value: object): value is ArrayLike<unknown> & object {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

function firstOf(value: ArrayLike<unknown>): ArrayLike<unknown> {
  return value.length <= most ? value : Array.prototype.slice.call(value, 0, most);
}

function listText(open: string, parts: readonly string[], close: string, length = parts.length) {
  const shown = parts.slice(0, most);
  const more = length > most ? `, … ${length - most} more` : "";
  return `${open}${shown.join(",")}${more}${close}`;
}

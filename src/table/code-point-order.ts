import { toLabel } from "../core/gate/label.ts";

/**
 * Compare two strings by Unicode code point, as Python sorts them. JavaScript's `<` compares UTF-16 units, which
 * differs when characters beyond U+FFFF occur; `localeCompare` differs almost everywhere. Throws `InvalidArgument` for what is no text.
 *
 * @example
 * import { compareCodePoints } from "tsrsa";
 * ["b", "a", "B"].sort(compareCodePoints); // [ "B", "a", "b" ]
 */
export function compareCodePoints(a: string, b: string): number {
  if (typeof a !== "string") toLabel(a, "a");
  if (typeof b !== "string") toLabel(b, "b");
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) return codePointAt(a, i) - codePointAt(b, i);
  }
  return a.length - b.length;
}

function codePointAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  const inPair = unit >= 0xdc00 && unit <= 0xdfff && at > 0;
  const before = inPair ? text.charCodeAt(at - 1) : 0;
  const start = before >= 0xd800 && before <= 0xdbff ? at - 1 : at;
  return text.codePointAt(start) ?? 0;
}

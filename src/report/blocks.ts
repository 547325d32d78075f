/** A value, and the place in run.json that it comes from (a JSON pointer). */
export interface Traced {
  readonly value: string;
  readonly at: string;
}

/** Words, with values among them. */
export type Words = readonly (string | Traced)[];

/** A part of a report. */
export type Block =
  | { readonly kind: "heading"; readonly text: string; readonly level: 1 | 2 }
  | { readonly kind: "paragraph"; readonly words: Words }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly Words[] };

/** A value of run.json with its place. */
export function traced(value: unknown, ...path: readonly (string | number)[]): Traced {
  return { value: textOf(value), at: placeOf(path) };
}

/** An option of run.json as the code says it, with its place. */
export function tracedOption(value: unknown, ...path: readonly (string | number)[]): Traced {
  return { value: shownOption(value), at: placeOf(path) };
}

/** An option in words: of what only a run can tell, the code that says it. */
export function shownOption(value: unknown): string {
  return isCode(value) ? value.code : textOf(value);
}

/** True for what only a run can tell; an object that has other things beside its code is a value. */
export function isCode(value: unknown): value is { readonly code: string } {
  if (typeof value !== "object" || value === null) return false;
  return Object.keys(value).join() === "code" && "code" in value && typeof value.code === "string";
}

/** A value in words: text as it is, numbers with all their digits. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "not set" : JSON.stringify(value);
}

function placeOf(path: readonly (string | number)[]): string {
  return path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

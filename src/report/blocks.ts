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
  const at = path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`);
  return { value: shownValue(value), at: at.join("") };
}

/** A value in words: text as it is, numbers with all their digits. */
export function shownValue(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "not set";
  if (isCode(value)) return value.code;
  return JSON.stringify(value);
}

/** True for what only a run can tell. */
export function isCode(value: unknown): value is { readonly code: string } {
  return typeof value === "object" && value !== null && "code" in value;
}

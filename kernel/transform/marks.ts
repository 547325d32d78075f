/**
 * A name that a cell declares or imports is the notebook's alone: no library may see it, nor take it for a name of the
 * realm. So `x` is bound as `x` with this mark (a joiner: legal in identifiers, and without width), by a script-level
 * `let` that all cells see and run at full speed with, and that no module can name.
 */
export const mark = "\u200d";

/** The name of the kernel's own functions, which no cell may take: it has another joiner of no width. */
export const kernelOwn = "__k\u200c";

/** What the code of cells calls the kernel's own functions. */
export const kernelName = kernelOwn + mark;

/** A text of V8, such as "x is not a function", with its names as the user wrote them. */
export function unmark(text: string): string {
  return text.includes(mark) ? text.replace(marks, "") : text;
}

/** Behind an identifier only: the joiners within emoji, and within words of some scripts, stay. */
const marks = /(?<=[\p{ID_Continue}$])\u200d+(?![\p{ID_Continue}\p{Extended_Pictographic}])/gu;

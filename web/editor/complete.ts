import type { Completion, CompletionContext, CompletionSource } from "@codemirror/autocomplete";
import { startCompletion } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import type { Json } from "../json.ts";
import { isObject } from "../json.ts";

/** Asks the kernel about the code of a cell at a place, and gives the content of its reply. */
export type AskKernel = (type: "complete" | "inspect", content: Json) => Promise<Json>;

/** The kernel counts code points, the editor UTF-16. */
export function codePointsBefore(code: string, offset: number): number {
  return [...code.slice(0, offset)].length;
}

/** The place in UTF-16 of a place in code points. */
export function offsetOf(code: string, codePoints: number): number {
  return [...code].slice(0, codePoints).join("").length;
}

/** Completions from the kernel: by type, and from the values there are. */
export function kernelCompletion(ask: AskKernel): CompletionSource {
  return async (context: CompletionContext) => {
    if (!context.explicit && !isTypedFor(textBefore(context))) return null;
    const code = context.state.doc.toString();
    const content = await ask("complete", {
      code,
      cursor_pos: codePointsBefore(code, context.pos),
    });
    // An answer that comes late finds somebody who has gone on to a button.
    if (context.aborted || context.view?.hasFocus === false) return null;
    const options = readCompletions(content);
    if (options.length === 0) return null;
    const from = offsetOf(code, Number(content.cursor_start ?? 0));
    return { from, options, validFor: /^[\w$]*$/ };
  };
}

function textBefore({ state, pos }: CompletionContext): string {
  const line = state.doc.lineAt(pos);
  return line.text.slice(0, pos - line.from);
}

/** Whether names are offered while one types: from the second letter of a word on, after a dot, within a string; not in a comment. */
export function isTypedFor(line: string): boolean {
  const open = openAtEnd(line);
  if (open === "comment") return false;
  if (open !== undefined) return line.length - open >= 2;
  return /[\w$]{2}$|\.[\w$]*$/.test(line);
}

/** Where the string begins that is open at the end of a line, or that a comment is. */
function openAtEnd(line: string): number | "comment" | undefined {
  let at: number | undefined;
  for (let k = 0; k < line.length; k++) {
    if (at === undefined && line.startsWith("//", k)) return "comment";
    if (line[k] === "\\") k++;
    else if (at === undefined && /["'`]/.test(line[k])) at = k;
    else if (at !== undefined && line[k] === line[at]) at = undefined;
  }
  return at;
}

/** What the kernel offers, with the kind of each where it tells. */
export function readCompletions({ matches, metadata }: Json): Completion[] {
  const typed = isObject(metadata) ? metadata._jupyter_types_experimental : undefined;
  const kinds = new Map(
    (Array.isArray(typed) ? typed : [])
      .filter(isObject)
      .map(({ text, type }) => [String(text), kindOf(String(type))]),
  );
  const names = Array.isArray(matches) ? matches.map(String) : [];
  return names.map((label, i) => ({ label, type: kinds.get(label), boost: -i / names.length }));
}

const kinds: Readonly<Record<string, string>> = {
  let: "variable",
  const: "constant",
  var: "variable",
  method: "method",
  function: "function",
  property: "property",
  getter: "property",
  class: "class",
  interface: "interface",
  type: "type",
  alias: "namespace",
  module: "namespace",
  keyword: "keyword",
  enum: "enum",
  string: "text",
};

function kindOf(type: string): string {
  return kinds[type] ?? "variable";
}

/** Tab completes after a name or a dot only; elsewhere it indents. */
export function startCompletionAfterName(view: EditorView): boolean {
  const { main } = view.state.selection;
  if (!main.empty) return false;
  const line = view.state.doc.lineAt(main.head);
  if (!/[\w$."'`/]$/.test(line.text.slice(0, main.head - line.from))) return false;
  return startCompletion(view);
}

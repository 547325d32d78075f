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
    const before = context.matchBefore(/[\w$]+$|\.[\w$]*$|["'`][^"'`\n]*$/);
    if (before === null && !context.explicit) return null;
    // A word is completed as it is typed from its second letter on.
    if (!context.explicit && before !== null && before.text.length < 2 && before.text !== ".")
      return null;
    const code = context.state.doc.toString();
    const content = await ask("complete", {
      code,
      cursor_pos: codePointsBefore(code, context.pos),
    });
    if (context.aborted) return null;
    const options = readCompletions(content);
    if (options.length === 0) return null;
    const from = offsetOf(code, Number(content.cursor_start ?? 0));
    return { from, options, validFor: /^[\w$]*$/ };
  };
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

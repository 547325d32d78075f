import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, insertTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { markdown } from "@codemirror/lang-markdown";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import type { Diagnostic } from "@codemirror/lint";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap } from "@codemirror/view";
import type { CellKind } from "../notebook/cell.ts";
import { codeColours } from "./colours.ts";
import type { AskKernel } from "./complete.ts";
import { kernelCompletion, startCompletionAfterName } from "./complete.ts";
import { closeHelp, helpAtCursor } from "./help.ts";

/** What an editor asks and tells the cell around it. */
export interface EditorOptions {
  readonly source: string;
  readonly kind: CellKind;
  readonly ask: AskKernel;
  readonly onChange: (source: string) => void;
  readonly onFocus: () => void;
  /** Escape: out of the editor, to the cell. */
  readonly onLeave: () => void;
  /** An arrow at the first or last line. */
  readonly onEdge: (by: -1 | 1) => void;
}

/** Makes the editor of a cell. */
export function createEditor(options: EditorOptions): EditorView {
  const { source, kind, ask, onChange, onFocus, onLeave, onEdge } = options;
  const isCode = kind === "code";
  const code = [
    javascript({ typescript: true, jsx: true }),
    autocompletion({ override: [kernelCompletion(ask)], activateOnTyping: true }),
    closeBrackets(),
    bracketMatching(),
    indentOnInput(),
    keymap.of([
      { key: "Shift-Tab", run: (view) => helpAtCursor(view, ask) },
      {
        key: "Tab",
        run: (view) => startCompletionAfterName(view) || insertTab(view),
        shift: indentLess,
      },
    ]),
  ];
  return new EditorView({
    doc: source,
    extensions: [
      history(),
      drawSelection(),
      highlightSpecialChars(),
      EditorView.lineWrapping,
      EditorState.tabSize.of(2),
      indentUnit.of("  "),
      syntaxHighlighting(codeColours),
      isCode ? code : kind === "markdown" ? markdown() : [],
      keymap.of([
        ...closeBracketsKeymap,
        ...completionKeymap,
        { key: "Escape", run: (view) => closeHelp(view) || (onLeave(), true) },
        { key: "ArrowUp", run: (view) => atEdge(view, -1) && (onEdge(-1), true) },
        { key: "ArrowDown", run: (view) => atEdge(view, 1) && (onEdge(1), true) },
        ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter" && key !== "Shift-Mod-k"),
        ...historyKeymap,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
        if (update.focusChanged && update.view.hasFocus) onFocus();
      }),
      EditorView.contentAttributes.of({ "aria-label": isCode ? "code" : "text", tabindex: "0" }),
    ],
  });
}

/** Puts another text into an editor, as after an undo of cells; the cursor stays where it can. */
export function setEditorText(view: EditorView, source: string): void {
  const { state } = view;
  if (state.doc.toString() === source) return;
  const anchor = Math.min(state.selection.main.anchor, source.length);
  view.dispatch({
    changes: { from: 0, to: state.doc.length, insert: source },
    selection: { anchor },
  });
}

/** A remark at a line of the editor, counted from 1. */
export interface LineRemark {
  readonly line: number;
  readonly message: string;
  readonly severity: "error" | "warning";
}

/** Marks lines, as those with type warnings, at their place. */
export function showRemarks(view: EditorView, remarks: readonly LineRemark[]): void {
  const { doc } = view.state;
  const marks = remarks
    .filter(({ line }) => line >= 1 && line <= doc.lines)
    .map(({ line, message, severity }): Diagnostic => {
      const { from, to, text } = doc.line(line);
      return { from: from + (text.length - text.trimStart().length), to, message, severity };
    });
  view.dispatch(setDiagnostics(view.state, marks));
}

function atEdge({ state }: EditorView, by: -1 | 1): boolean {
  const { main } = state.selection;
  if (!main.empty) return false;
  const { number } = state.doc.lineAt(main.head);
  return by < 0 ? number === 1 : number === state.doc.lines;
}

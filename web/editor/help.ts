import { StateEffect, StateField } from "@codemirror/state";
import type { EditorView, Tooltip } from "@codemirror/view";
import { showTooltip } from "@codemirror/view";
import { isObject } from "../json.ts";
import { renderBundle } from "../output/render.ts";
import { element } from "../view/element.ts";
import type { AskKernel } from "./complete.ts";
import { codePointsBefore } from "./complete.ts";

const setHelp = StateEffect.define<Tooltip | null>();

const helpField = StateField.define<Tooltip | null>({
  create: () => null,
  update: (help, transaction) => {
    for (const effect of transaction.effects) if (effect.is(setHelp)) return effect.value;
    // Typing on, or going elsewhere, ends it.
    return transaction.docChanged || transaction.selection !== undefined ? null : help;
  },
  provide: (field) => showTooltip.from(field),
});

/** Shows what the kernel knows of the name at the cursor. */
export function helpAtCursor(view: EditorView, ask: AskKernel): boolean {
  const { main } = view.state.selection;
  if (!main.empty) return false;
  const code = view.state.doc.toString();
  const at = main.head;
  void ask("inspect", {
    code,
    cursor_pos: codePointsBefore(code, at),
    detail_level: 0,
  }).then(({ found, data }) => {
    if (found === true && isObject(data) && view.state.selection.main.head === at)
      show(view, at, data);
  });
  return true;
}

function show(view: EditorView, pos: number, data: Record<string, unknown>): void {
  const shown = renderBundle(data, { widget: () => undefined });
  if (shown === undefined) return;
  const dom = element("div", { class: "help", role: "note" }, shown);
  const tooltip: Tooltip = { pos, above: true, create: () => ({ dom }) };
  const isThere = view.state.field(helpField, false) !== undefined;
  const effects = setHelp.of(tooltip);
  if (isThere) view.dispatch({ effects });
  else {
    view.dispatch({ effects: StateEffect.appendConfig.of(helpField) });
    view.dispatch({ effects });
  }
}

/** True when help was shown and is now gone. */
export function closeHelp(view: EditorView): boolean {
  if (view.state.field(helpField, false) === null) return false;
  if (view.state.field(helpField, false) === undefined) return false;
  view.dispatch({ effects: setHelp.of(null) });
  return true;
}

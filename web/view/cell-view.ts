import type { EditorView } from "@codemirror/view";
import type { LineRemark } from "../editor/editor.ts";
import { createEditor, setEditorText, showRemarks } from "../editor/editor.ts";
import type { AskKernel } from "../editor/complete.ts";
import type { Cell, Output } from "../notebook/cell.ts";
import { tagsOf } from "../notebook/cell.ts";
import { exerciseRole } from "../notebook/exercises.ts";
import type { StaleReason } from "../notebook/stale.ts";
import type { PictureSource } from "../output/markdown.ts";
import { renderMarkdown } from "../output/markdown.ts";
import type { RenderContext } from "../output/render.ts";
import { renderOutput } from "../output/render.ts";
import type { Phase } from "../run/notebook-run.ts";
import { button, element } from "./element.ts";
import { exerciseBar, foldedByRole } from "./exercise-frame.ts";
import { reachableWhileWide } from "./scrolls.ts";
import { phaseText, staleText, timeOf } from "./words.ts";

/** What a cell asks of the notebook around it. */
export interface CellParts extends RenderContext {
  readonly ask: AskKernel;
  readonly pictureOf: PictureSource;
  /** Runs when the cell comes near the screen: its editor is made then. */
  readonly whenNear: (element: Element, work: () => void) => void;
  onSource(id: string, source: string): void;
  onSelect(id: string, how: "focus" | "click"): void;
  onLeave(id: string): void;
  onEdge(id: string, by: -1 | 1): void;
  /** The button of the cell: run it, or stop it. */
  onButton(id: string): void;
  onAction(id: string, action: CellAction): void;
  onShowCell(id: string): void;
}

export type CellAction = "check" | "again" | "up" | "down" | "delete" | "code" | "text" | "kind";

/** One cell on the page. */
export class CellView {
  readonly element: HTMLElement;
  readonly #id: string;
  readonly #parts: CellParts;
  readonly #input = element("div", { class: "input" });
  readonly #outputs = element("div", { class: "outputs" });
  readonly #mark = element("div", { class: "mark" });
  readonly #frame = element("div", { class: "frame" });
  readonly #run: HTMLButtonElement;
  readonly #count = element("span", { class: "count" });
  readonly #time = element("span", { class: "time" });
  #cell: Cell;
  #editor: EditorView | undefined;
  #isEditingText = false;
  #shown: readonly Output[] = [];
  #remarks: readonly LineRemark[] = [];

  constructor(cell: Cell, parts: CellParts) {
    this.#id = cell.id;
    this.#cell = cell;
    this.#parts = parts;
    this.#run = button("▶", "Run this cell (Ctrl+Enter)", () => parts.onButton(cell.id));
    this.element = element(
      "section",
      { class: `cell ${cell.kind}`, role: "group", tabindex: -1, "data-cell": cell.id },
      element("div", { class: "gutter" }, this.#run, this.#count, this.#time),
      element("div", { class: "body" }, this.#mark, this.#frame, this.#input, this.#outputs),
      this.#actions(),
    );
    this.element.addEventListener("mousedown", () => parts.onSelect(cell.id, "click"));
    this.element.addEventListener("focusin", () => parts.onSelect(cell.id, "focus"));
    this.#showInput();
    this.showOutputs(cell);
    this.#label();
  }

  /** The cell has another text, kind or outputs. */
  update(cell: Cell): void {
    const isOtherKind = cell.kind !== this.#cell.kind;
    const isOtherText = cell.source !== this.#cell.source;
    this.#cell = cell;
    if (isOtherKind) {
      this.element.className = `cell ${cell.kind}`;
      this.#isEditingText = false;
      this.#showInput();
    } else if (isOtherText) this.#showText();
    this.showOutputs(cell);
    this.#label();
  }

  /** What the editor has said itself; only the notebook's knowledge changes. */
  noteSource(cell: Cell): void {
    this.#cell = cell;
  }

  showOutputs(cell: Cell): void {
    this.#cell = cell;
    this.#count.textContent = cell.kind === "code" ? `[${cell.executionCount ?? " "}]` : "";
    if (cell.outputs === this.#shown) return;
    this.#updateOutputs(cell.outputs);
  }

  /** Makes the outputs again, as when a widget that they show has come. */
  redrawOutputs(): void {
    this.#shown = [];
    this.#outputs.replaceChildren();
    this.#updateOutputs(this.#cell.outputs);
  }

  showPhase(phase: Phase, stale: StaleReason | undefined, numberOf: (id: string) => string): void {
    const isRunning = phase.state === "running" || phase.state === "waiting";
    this.element.dataset.phase = stale !== undefined && !isRunning ? "stale" : phase.state;
    this.#run.textContent = isRunning ? "■" : "▶";
    const title = isRunning ? "Stop" : "Run this cell (Ctrl+Enter)";
    this.#run.title = title;
    this.#run.setAttribute("aria-label", title);
    this.#time.textContent = timeOf(phase);
    const words = isRunning || stale === undefined ? phaseText(phase) : staleText(stale, numberOf);
    const mark: (Node | string)[] = [words];
    if (!isRunning && stale?.why === "input")
      mark.push(
        " ",
        button("show it", "Go to that cell", () => this.#parts.onShowCell(stale.by)),
      );
    this.#mark.replaceChildren(...(words === "" ? [] : mark));
  }

  setSelected(isSelected: boolean): void {
    this.element.classList.toggle("selected", isSelected);
    this.element.setAttribute("aria-current", String(isSelected));
  }

  /** Into the editor; `at` is an offset, or the end for -1. */
  edit(at?: number, to = at): void {
    if (this.#cell.kind !== "code" && !this.#isEditingText) {
      this.#isEditingText = true;
      this.#showInput();
    }
    const editor = this.#makeEditor();
    editor.focus();
    if (at === undefined || to === undefined) return;
    const { length } = editor.state.doc;
    const inside = (offset: number): number => (offset < 0 ? length : Math.min(offset, length));
    editor.dispatch({
      selection: { anchor: inside(at), head: inside(to) },
      scrollIntoView: true,
    });
  }

  /** Out of the editor; text is shown as it reads. */
  leave(): void {
    if (this.#cell.kind !== "code" && this.#isEditingText) {
      this.#isEditingText = false;
      this.#showInput();
    }
    this.element.focus({ preventScroll: true });
  }

  /** Text as it reads, without moving the focus. */
  render(): void {
    if (this.#cell.kind === "code" || !this.#isEditingText) return;
    this.#isEditingText = false;
    this.#showInput();
  }

  get isEditing(): boolean {
    return this.#editor?.hasFocus === true;
  }

  /** Where the cursor stands in the text. */
  get cursor(): number {
    return this.#editor?.state.selection.main.head ?? 0;
  }

  showRemarks(remarks: readonly LineRemark[]): void {
    this.#remarks = remarks;
    if (this.#editor !== undefined) showRemarks(this.#editor, remarks);
  }

  /** Asks the user for a line, below what the cell has shown. */
  ask(prompt: string, isPassword: boolean, answer: (value: string) => void): void {
    const input = element("input", {
      type: isPassword ? "password" : "text",
      "aria-label": prompt === "" ? "the cell asks for input" : prompt,
      autocomplete: "off",
    });
    const form = element("div", { class: "question" }, element("span", {}, prompt), input);
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Enter") return;
      form.remove();
      answer(input.value);
    });
    this.#outputs.after(form);
    input.focus();
  }

  endQuestions(): void {
    this.element.querySelectorAll(".question").forEach((question) => question.remove());
  }

  remove(): void {
    this.#editor?.destroy();
    this.element.remove();
  }

  #label(): void {
    const kind = this.#cell.kind === "code" ? "code" : "text";
    const tags = tagsOf(this.#cell);
    this.element.setAttribute("aria-label", [`${kind} cell`, ...tags].join(", "));
    this.element.dataset.role = exerciseRole(this.#cell)?.role ?? "";
    const act = (action: CellAction) => () => this.#parts.onAction(this.#id, action);
    const bar = exerciseBar(this.#cell, { check: act("check"), again: act("again") });
    if (this.#frame.hasChildNodes() !== (bar !== undefined))
      this.#frame.replaceChildren(...(bar === undefined ? [] : [bar]));
  }

  #showInput(): void {
    this.#editor?.destroy();
    this.#editor = undefined;
    const { kind, source } = this.#cell;
    if (kind === "markdown" && !this.#isEditingText) return this.#showRendered();
    // Long notebooks open at once: the text stands there before its editor.
    this.#input.replaceChildren(element("pre", { class: "still" }, source === "" ? " " : source));
    this.#parts.whenNear(this.element, () => void this.#makeEditor());
  }

  #showRendered(): void {
    const { source } = this.#cell;
    const prose = element("div", { class: "prose" });
    if (source.trim() === "") prose.append(element("em", { class: "note" }, "empty text cell"));
    else prose.append(renderMarkdown(source, this.#parts.pictureOf));
    prose.addEventListener("dblclick", () => this.edit());
    this.#input.replaceChildren(foldedByRole(this.#cell, prose));
  }

  #showText(): void {
    const { kind, source } = this.#cell;
    if (this.#editor !== undefined) setEditorText(this.#editor, source);
    else if (kind === "markdown" && !this.#isEditingText) this.#showRendered();
    else this.#input.querySelector(".still")?.replaceChildren(source);
  }

  #makeEditor(): EditorView {
    if (this.#editor !== undefined) return this.#editor;
    const { kind, source } = this.#cell;
    const parts = this.#parts;
    const id = this.#id;
    const editor = createEditor({
      source,
      kind,
      ask: parts.ask,
      onChange: (text) => parts.onSource(id, text),
      onFocus: () => parts.onSelect(id, "focus"),
      onLeave: () => parts.onLeave(id),
      onEdge: (by) => parts.onEdge(id, by),
    });
    this.#editor = editor;
    this.#input.replaceChildren(editor.dom);
    if (this.#remarks.length > 0) showRemarks(editor, this.#remarks);
    return editor;
  }

  /** Outputs that stay keep their elements, so that a progress line does not redraw the figures above it. */
  #updateOutputs(outputs: readonly Output[]): void {
    const before = this.#shown;
    const old = [...this.#outputs.children];
    outputs.forEach((output, i) => {
      if (output === before[i] && old[i] !== undefined) return;
      const shown = renderOutput(output, this.#parts);
      const made = reachableWhileWide(element("div", { class: "output" }, shown));
      if (old[i] === undefined) this.#outputs.append(made);
      else old[i].replaceWith(made);
    });
    old.slice(outputs.length).forEach((gone) => gone.remove());
    this.#shown = outputs;
  }

  #actions(): HTMLElement {
    const act = (action: CellAction) => () => this.#parts.onAction(this.#id, action);
    return element(
      "div",
      { class: "actions", role: "toolbar", "aria-label": "this cell" },
      button("↑", "Move up (Alt+↑)", act("up")),
      button("↓", "Move down (Alt+↓)", act("down")),
      button("+ code", "Code cell below (B)", act("code")),
      button("+ text", "Text cell below", act("text")),
      button("⇄", "Code or text (Y, M)", act("kind")),
      button("✕", "Delete (D D)", act("delete")),
    );
  }
}

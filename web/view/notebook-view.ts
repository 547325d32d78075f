import type { AskKernel } from "../editor/complete.ts";
import type { LineRemark } from "../editor/editor.ts";
import type { Cell } from "../notebook/cell.ts";
import { emptyCell } from "../notebook/cell.ts";
import type { NotebookDocument } from "../notebook/document.ts";
import { changeKind, indexOf, insert, mergeBelow, move, remove, split } from "../notebook/edits.ts";
import { startOf } from "../notebook/exercises.ts";
import type { StaleReason } from "../notebook/stale.ts";
import type { PictureSource } from "../output/markdown.ts";
import type { RenderContext } from "../output/render.ts";
import type { Phase } from "../run/notebook-run.ts";
import type { CellAction } from "./cell-view.ts";
import { CellView } from "./cell-view.ts";
import { element } from "./element.ts";
import { whenNear } from "./when-near.ts";

/** What the cells ask of the notebook's run. */
export interface NotebookParts extends RenderContext {
  readonly ask: AskKernel;
  readonly pictureOf: PictureSource;
  phase(id: string): Phase;
  stale(id: string): StaleReason | undefined;
  run(ids: readonly string[]): void;
  interrupt(): void;
}

/** The cells of the open notebook on the page, and what the keyboard and the buttons do with them. */
export class NotebookView {
  readonly element = element("div", { class: "cells" });
  readonly #document: NotebookDocument;
  readonly #parts: NotebookParts;
  readonly #views = new Map<string, CellView>();
  #selected = "";
  #copied: readonly Cell[] = [];

  constructor(document: NotebookDocument, parts: NotebookParts) {
    this.#document = document;
    this.#parts = parts;
    document.onChange((change) => {
      if (change.type === "cells") return this.#arrange();
      const cell = document.cell(change.id);
      const view = this.#views.get(change.id);
      if (cell === undefined || view === undefined) return;
      if (change.type === "outputs") view.showOutputs(cell);
      else if (change.byEditor) view.noteSource(cell);
      else view.update(cell);
      this.showPhase(change.id);
    });
    this.#arrange();
    this.select(document.cells[0]?.id ?? "");
  }

  get selected(): string {
    return this.#selected;
  }

  /** True while the cursor is in an editor. */
  get isEditing(): boolean {
    return this.#views.get(this.#selected)?.isEditing === true;
  }

  select(id: string, { focus = false, edit = false } = {}): void {
    if (id !== this.#selected) {
      this.#views.get(this.#selected)?.setSelected(false);
      this.#selected = id;
      this.#views.get(id)?.setSelected(true);
    }
    const view = this.#views.get(id);
    if (edit) view?.edit();
    else if (focus) {
      view?.leave();
      view?.element.scrollIntoView({ block: "nearest" });
    }
  }

  selectBy(by: number, how: { focus?: boolean; edit?: boolean } = { focus: true }): void {
    const { cells } = this.#document;
    const next = cells[indexOf(cells, this.#selected) + by];
    if (next !== undefined) this.select(next.id, how);
  }

  editSelected(): void {
    this.#views.get(this.#selected)?.edit();
  }

  /** Puts the cursor into a cell, with a part of its text selected. */
  showText(id: string, from: number, to: number): void {
    this.select(id);
    this.#views.get(id)?.edit(from, to);
    this.#views.get(id)?.element.scrollIntoView({ block: "center" });
  }

  leaveEditor(): void {
    this.#views.get(this.#selected)?.leave();
  }

  /** Runs the selected cell; a text cell is shown as it reads. */
  runSelected(then: "stay" | "next" | "insert"): void {
    const id = this.#selected;
    this.#views.get(id)?.render();
    this.#parts.run([id]);
    if (then === "stay") return this.#views.get(id)?.leave();
    const { cells } = this.#document;
    const isLast = indexOf(cells, id) === cells.length - 1;
    if (then === "insert" || isLast) return this.add("code", 1, { edit: true });
    this.selectBy(1);
  }

  add(kind: "code" | "markdown", where: 0 | 1, { edit = false } = {}): void {
    const cell = emptyCell(kind);
    this.#document.edit((cells) => insert(cells, indexOf(cells, this.#selected) + where, [cell]));
    this.select(cell.id, edit ? { edit } : { focus: true });
  }

  moveSelected(by: -1 | 1): void {
    this.#document.edit((cells) => move(cells, this.#selected, by));
    this.#views.get(this.#selected)?.element.scrollIntoView({ block: "nearest" });
    this.#views.get(this.#selected)?.element.focus({ preventScroll: true });
  }

  deleteSelected(): void {
    const { cells } = this.#document;
    const at = indexOf(cells, this.#selected);
    this.#document.edit((now) => remove(now, new Set([this.#selected])));
    const next = this.#document.cells[Math.min(at, this.#document.cells.length - 1)];
    this.select(next.id, { focus: true });
  }

  splitSelected(): void {
    const at = this.#views.get(this.#selected)?.cursor ?? 0;
    let second = "";
    this.#document.edit((cells) => {
      const parts = split(cells, this.#selected, at);
      second = parts.second;
      return parts.cells;
    });
    this.select(second, { edit: true });
  }

  mergeSelected(): void {
    this.#document.edit((cells) => mergeBelow(cells, this.#selected));
  }

  changeKind(kind: "code" | "markdown"): void {
    this.#document.edit((cells) => changeKind(cells, this.#selected, kind));
    this.#views.get(this.#selected)?.element.focus({ preventScroll: true });
  }

  copySelected(): void {
    this.#copied = this.#document.cells.filter(({ id }) => id === this.#selected);
  }

  cutSelected(): void {
    this.copySelected();
    this.deleteSelected();
  }

  paste(): void {
    const copies = this.#copied.map(({ kind, source, metadata, outputs }) => ({
      ...emptyCell(kind, source),
      metadata,
      outputs,
    }));
    const first = copies[0];
    if (first === undefined) return;
    this.#document.edit((cells) => insert(cells, indexOf(cells, this.#selected) + 1, copies));
    this.select(first.id, { focus: true });
  }

  undo(): void {
    if (this.#document.undo()) this.#reselect();
  }

  redo(): void {
    if (this.#document.redo()) this.#reselect();
  }

  showPhase(id: string): void {
    const view = this.#views.get(id);
    const phase = this.#parts.phase(id);
    view?.showPhase(phase, this.#parts.stale(id), (other) => this.#numberOf(other));
    if (phase.state !== "running") view?.endQuestions();
  }

  showPhases(): void {
    for (const id of this.#views.keys()) this.showPhase(id);
  }

  showRemarks(id: string, remarks: readonly LineRemark[]): void {
    this.#views.get(id)?.showRemarks(remarks);
  }

  ask(id: string, prompt: string, isPassword: boolean, answer: (value: string) => void): void {
    this.#views.get(id)?.ask(prompt, isPassword, answer);
  }

  redrawOutputs(): void {
    for (const view of this.#views.values()) view.redrawOutputs();
  }

  /** The cell as its reader calls it: by the number of its last run, or its place. */
  #numberOf(id: string): string {
    const cell = this.#document.cell(id);
    if (cell?.executionCount != null) return `cell [${cell.executionCount}]`;
    return `cell ${indexOf(this.#document.cells, id) + 1} of the notebook`;
  }

  #reselect(): void {
    const { cells } = this.#document;
    const isThere = indexOf(cells, this.#selected) >= 0;
    this.select(isThere ? this.#selected : cells[0].id, { focus: true });
  }

  #arrange(): void {
    const { cells } = this.#document;
    const ids = new Set(cells.map(({ id }) => id));
    for (const [id, view] of this.#views)
      if (!ids.has(id)) {
        view.remove();
        this.#views.delete(id);
      }
    cells.forEach((cell, at) => {
      const view = this.#views.get(cell.id) ?? this.#make(cell);
      view.update(cell);
      const place = this.element.children[at];
      if (place !== view.element) this.element.insertBefore(view.element, place ?? null);
    });
    this.showPhases();
    if (!ids.has(this.#selected)) this.select(cells[0]?.id ?? "");
  }

  #make(cell: Cell): CellView {
    const parts = this.#parts;
    const view = new CellView(cell, {
      ask: parts.ask,
      pictureOf: parts.pictureOf,
      widget: (model) => parts.widget(model),
      whenNear,
      onSource: (id, source) => this.#document.setSource(id, source, { byEditor: true }),
      onSelect: (id) => this.select(id),
      onLeave: () => this.leaveEditor(),
      onEdge: (id, by) => this.#overEdge(id, by),
      onButton: (id) => this.#press(id),
      onAction: (id, action) => this.#act(id, action),
      onShowCell: (id) => this.select(id, { focus: true }),
    });
    this.#views.set(cell.id, view);
    return view;
  }

  /** The text that the exercise was published with; the editor's undo brings back what stood there. */
  #startAgain(id: string): void {
    const cell = this.#document.cell(id);
    const start = cell === undefined ? undefined : startOf(cell);
    if (start === undefined) return;
    this.#document.setSource(id, start);
    this.#document.setOutputs(id, []);
  }

  /** An arrow at the edge of an editor goes on into the next cell. */
  #overEdge(id: string, by: -1 | 1): void {
    const { cells } = this.#document;
    const next = cells[indexOf(cells, id) + by];
    if (next === undefined) return;
    this.select(next.id, next.kind === "code" ? { edit: true } : { focus: true });
  }

  #press(id: string): void {
    const { state } = this.#parts.phase(id);
    if (state === "running" || state === "waiting") return this.#parts.interrupt();
    this.select(id);
    this.runSelected("stay");
  }

  #act(id: string, action: CellAction): void {
    this.select(id);
    switch (action) {
      case "check":
        return this.runSelected("stay");
      case "again":
        return this.#startAgain(id);
      case "up":
        return this.moveSelected(-1);
      case "down":
        return this.moveSelected(1);
      case "delete":
        return this.deleteSelected();
      case "code":
        return this.add("code", 1, { edit: true });
      case "text":
        return this.add("markdown", 1, { edit: true });
      case "kind":
        return this.changeKind(this.#document.cell(id)?.kind === "code" ? "markdown" : "code");
    }
  }
}

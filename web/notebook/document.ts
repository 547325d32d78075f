import type { Cell, Output } from "./cell.ts";
import type { Cells } from "./edits.ts";
import { indexOf } from "./edits.ts";
import { CellChanges } from "./undo.ts";

/** What changed: the order or number of cells, the text of one, or what one shows. */
export type Change =
  | { readonly type: "cells" }
  | { readonly type: "source"; readonly id: string; readonly byEditor: boolean }
  | { readonly type: "outputs"; readonly id: string };

/** The cells of the notebook that is open; whoever shows them is told of each change. */
export class NotebookDocument {
  #cells: Cells;
  readonly #changes = new CellChanges();
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  get cells(): Cells {
    return this.#cells;
  }

  /** Calls `listener` after each change; returns what ends that. */
  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  cell(id: string): Cell | undefined {
    return this.#cells[indexOf(this.#cells, id)];
  }

  /** Changes the order, number or kind of cells; can be undone. */
  edit(change: (cells: Cells) => Cells): void {
    const after = change(this.#cells);
    if (after === this.#cells) return;
    this.#changes.add(this.#cells, after);
    this.#show(after);
  }

  undo(): boolean {
    return this.#showIf(this.#changes.undo(this.#cells));
  }

  redo(): boolean {
    return this.#showIf(this.#changes.redo(this.#cells));
  }

  /** Shows other cells, as after the file was read anew; cannot be undone. */
  replaceAll(cells: Cells): void {
    this.#show(cells);
  }

  setSource(id: string, source: string, { byEditor = false } = {}): void {
    this.#update(id, (cell) => (cell.source === source ? cell : { ...cell, source }), {
      type: "source",
      id,
      byEditor,
    });
  }

  setMetadata(id: string, metadata: Cell["metadata"]): void {
    this.#update(id, (cell) => ({ ...cell, metadata }), { type: "outputs", id });
  }

  setOutputs(id: string, outputs: readonly Output[]): void {
    this.#update(id, (cell) => ({ ...cell, outputs }), { type: "outputs", id });
  }

  setExecutionCount(id: string, executionCount: number | null): void {
    this.#update(id, (cell) => ({ ...cell, executionCount }), { type: "outputs", id });
  }

  #update(id: string, change: (cell: Cell) => Cell, told: Change): void {
    const at = indexOf(this.#cells, id);
    if (at < 0) return;
    const cell = change(this.#cells[at]);
    if (cell === this.#cells[at]) return;
    this.#cells = this.#cells.with(at, cell);
    this.#tell(told);
  }

  #show(cells: Cells): void {
    this.#cells = cells;
    this.#tell({ type: "cells" });
  }

  #showIf(cells: Cells | undefined): boolean {
    if (cells === undefined) return false;
    this.#show(cells);
    return true;
  }

  #tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

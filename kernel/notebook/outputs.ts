import type { CellError, MimeBundle, Output } from "../executor/protocol.ts";

/** An output of a code cell as format 4.5 has it. */
export type NotebookOutput =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly output_type: "display_data";
      readonly data: MimeBundle;
      readonly metadata: Record<string, unknown>;
    }
  | {
      readonly output_type: "execute_result";
      readonly data: MimeBundle;
      readonly metadata: Record<string, unknown>;
      readonly execution_count: number;
    }
  | {
      readonly output_type: "error";
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: readonly string[];
    };

type Slot =
  | { kind: "text"; name: "stdout" | "stderr"; pieces: string[] }
  | {
      kind: "data";
      bundle: MimeBundle;
      metadata?: MimeBundle;
      displayId?: string;
      isResult: boolean;
    }
  | { kind: "error"; output: NotebookOutput };

/** Gathers the outputs of the cells of a notebook; an update changes what it names, in any cell. */
export class OutputLog {
  readonly #slots = new Map<number, Slot[]>();
  readonly #toClear = new Set<number>();

  add(cell: number, output: Output): void {
    if (output.type === "clear") return this.#clear(cell, output.wait === true);
    if (this.#toClear.delete(cell)) this.#slots.delete(cell);
    const slots = this.#of(cell);
    if (output.type === "stream") return addText(slots, output);
    const { bundle, metadata } = output;
    if (output.type === "result") slots.push({ kind: "data", bundle, metadata, isResult: true });
    else if (output.update !== true || !this.#update(output.displayId, bundle))
      slots.push({ kind: "data", bundle, metadata, displayId: output.displayId, isResult: false });
  }

  addError(cell: number, { ename, evalue }: CellError, traceback: readonly string[]): void {
    const output = { output_type: "error", ename, evalue, traceback } as const;
    this.#of(cell).push({ kind: "error", output });
  }

  /** The outputs of a cell so far. */
  outputs(cell: number, executionCount: number): NotebookOutput[] {
    return this.#of(cell).map((slot) => toOutput(slot, executionCount));
  }

  #clear(cell: number, wait: boolean): void {
    if (wait) this.#toClear.add(cell);
    else this.#slots.delete(cell);
  }

  #of(cell: number): Slot[] {
    const slots = this.#slots.get(cell) ?? [];
    this.#slots.set(cell, slots);
    return slots;
  }

  /** False when nothing has that id yet; the update is then shown where it was made. */
  #update(displayId: string | undefined, bundle: MimeBundle): boolean {
    if (displayId === undefined) return false;
    const shown = [...this.#slots.values()]
      .flat()
      .filter((slot) => slot.kind === "data" && slot.displayId === displayId);
    for (const slot of shown) if (slot.kind === "data") slot.bundle = bundle;
    return shown.length > 0;
  }
}

function addText(slots: Slot[], { name, text }: { name: "stdout" | "stderr"; text: string }): void {
  const last = slots.at(-1);
  if (last?.kind === "text" && last.name === name) last.pieces.push(text);
  else slots.push({ kind: "text", name, pieces: [text] });
}

function toOutput(slot: Slot, executionCount: number): NotebookOutput {
  if (slot.kind === "error") return slot.output;
  if (slot.kind === "text")
    return { output_type: "stream", name: slot.name, text: slot.pieces.join("") };
  const data = { data: slot.bundle, metadata: slot.metadata ?? {} };
  return slot.isResult
    ? { output_type: "execute_result", ...data, execution_count: executionCount }
    : { output_type: "display_data", ...data };
}

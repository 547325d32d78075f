import { dirname } from "node:path";
import { compileCell } from "./compile-cell.ts";
import type { KnownCell } from "./errors.ts";

/** Cells whose positions are kept as they were computed; those of older ones are computed when asked for. */
const mostWhole = 20;
/** Older cells, by number and by the length of all their texts. */
const mostSources = 200;
const mostCharacters = 100_000;

interface OldCell {
  readonly cell: number;
  readonly source: string;
}

/** The cells whose code may show up in a stack, by the name of their script: the newest, since memory is finite. */
export class KnownCells {
  readonly #whole = new Map<string, KnownCell>();
  readonly #old = new Map<string, OldCell>();
  #characters = 0;

  add(filename: string, known: KnownCell): void {
    this.#forget(filename);
    this.#whole.set(filename, known);
    for (const [name, { cell, source }] of this.#whole) {
      if (this.#whole.size <= mostWhole) break;
      this.#whole.delete(name);
      this.#keepSource(name, { cell, source });
    }
  }

  get(filename: string): KnownCell | undefined {
    const old = this.#old.get(filename);
    if (old !== undefined)
      this.add(filename, { ...old, trace: compileCell(old.source, dirname(filename)).trace });
    return this.#whole.get(filename);
  }

  #keepSource(filename: string, old: OldCell): void {
    this.#old.set(filename, old);
    this.#characters += old.source.length;
    for (const name of this.#old.keys()) {
      if (this.#old.size <= mostSources && this.#characters <= mostCharacters) break;
      this.#forget(name);
    }
  }

  #forget(filename: string): void {
    this.#whole.delete(filename);
    this.#characters -= this.#old.get(filename)?.source.length ?? 0;
    this.#old.delete(filename);
  }
}

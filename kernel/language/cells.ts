import type { CellName, NameKind } from "./names.ts";
import { cellNames } from "./names.ts";
import { isTsx } from "./tsx.ts";

/** A cell as a module: what stands before the user's text, and the text. */
export interface CellModule {
  readonly text: string;
  /** Length of what stands before the user's text. */
  readonly shift: number;
  /** No two modules have the same. */
  readonly version: string;
  /** True for a cell that can only be read with elements in it. */
  readonly isTsx: boolean;
}

interface Home {
  readonly cell: number;
  readonly kind: NameKind;
}

interface RanCell {
  readonly code: string;
  readonly module: CellModule;
  /** The cells whose names it speaks of. */
  readonly speaksOf: readonly number[];
  /** True when it declares types for everybody, which no name leads to. */
  readonly ambient: boolean;
}

let versions = 0;

/**
 * The cells that ran, each as a module of its own that imports the names of the earlier ones and exports its
 * own. A name declared again has its newest meaning in later cells, and the earlier ones keep theirs; a cell
 * that ran is never checked again. A cell that runs again takes the place of its module, and a module that no name
 * leads to any more is let go.
 */
export class Cells {
  #ran = new Map<number, RanCell>();
  #byCode = new Map<string, number>();
  #homes = new Map<string, Home>();
  #count = 0;

  /** The module of a cell that ran, by the number in its file name. */
  module(cell: number): CellModule | undefined {
    return this.#ran.get(cell)?.module;
  }

  /** The numbers of the modules there are. */
  get numbers(): readonly number[] {
    return [...this.#ran.keys()];
  }

  /** The cell whose module a name is found in. */
  homeOf(name: string): number | undefined {
    return this.#homes.get(name)?.cell;
  }

  /** The names that cells declared. */
  get names(): ReadonlySet<string> {
    return new Set(this.#homes.keys());
  }

  /** A cell ran: its names are known from now on. */
  add(code: string): void {
    const names = cellNames(code);
    const ambient = /\bdeclare\s+(?:global|module)\b/.test(code);
    if (names.length === 0 && !ambient) return;
    const cell = this.#byCode.get(code) ?? (this.#count += 1);
    // Only the names it speaks of, or the text of all cells would grow with the square of their number.
    const words = wordsOf(code);
    const used = this.#visible(names).filter(
      ([name, home]) => words.has(name) && home.cell !== cell,
    );
    const speaksOf = used.map(([, home]) => home.cell);
    const module = compose(code, used, exportsOf(names));
    this.#ran.set(cell, { code, module, speaksOf, ambient });
    this.#byCode.set(code, cell);
    for (const { name, kind } of names) this.#homes.set(name, { cell, kind });
    this.#letGo();
  }

  /** The module of a cell that is being written: it sees the names it speaks of, and those that begin as `typed`. */
  draft(code: string, typed?: string): CellModule {
    const words = wordsOf(code);
    const start = typed?.toLowerCase();
    const used = this.#visible(cellNames(code)).filter(
      ([name]) => words.has(name) || (start !== undefined && name.toLowerCase().startsWith(start)),
    );
    return compose(code, used, "export {};");
  }

  /** Forgets all cells. */
  clear(): void {
    this.#ran = new Map();
    this.#byCode = new Map();
    this.#homes = new Map();
  }

  /** Drops the modules that neither a name nor a module that stays leads to. */
  #letGo(): void {
    const open = [...this.#homes.values()].map(({ cell }) => cell);
    for (const [cell, { ambient }] of this.#ran) if (ambient) open.push(cell);
    const kept = new Set<number>();
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      if (kept.has(cell)) continue;
      kept.add(cell);
      open.push(...(this.#ran.get(cell)?.speaksOf ?? []));
    }
    for (const [cell, { code }] of this.#ran) {
      if (kept.has(cell)) continue;
      this.#ran.delete(cell);
      this.#byCode.delete(code);
    }
  }

  /** The names of earlier cells that the cell does not declare itself. */
  #visible(own: readonly CellName[]): [string, Home][] {
    const hidden = new Set(own.map(({ name }) => name));
    return [...this.#homes].filter(([name]) => !hidden.has(name));
  }
}

function wordsOf(code: string): ReadonlySet<string> {
  return new Set(code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
}

/** The file name of the module of a cell, without its folder. */
export function cellFile(cell: number): string {
  return `__cell_${cell}__.ts`;
}

function compose(code: string, used: readonly [string, Home][], exported: string): CellModule {
  const before = `${used.map(([name, home]) => link(name, home)).join("")}${exported}\n`;
  const version = String((versions += 1));
  return { text: before + code, shift: before.length, version, isTsx: isTsx(code) };
}

/** An import may not be assigned to; a variable of an earlier cell may. */
function link(name: string, { cell, kind }: Home): string {
  const from = JSON.stringify(`./${cellFile(cell)}`);
  return kind === "variable"
    ? `declare let ${name}: typeof import(${from}).${name};`
    : `import { ${name} } from ${from};`;
}

/** Names that the cell exports itself are left out, or they would be exported twice. */
function exportsOf(names: readonly CellName[]): string {
  const others = names.filter(({ exported }) => !exported).map(({ name }) => name);
  return `export { ${[...new Set(others)].join(", ")} };`;
}

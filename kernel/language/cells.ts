import type { CellName, NameKind } from "./names.ts";
import { cellNames } from "./names.ts";

/** A cell as a module: what stands before the user's text, and the text. */
export interface CellModule {
  readonly text: string;
  /** Length of what stands before the user's text. */
  readonly shift: number;
  /** No two modules have the same. */
  readonly version: string;
}

interface Home {
  readonly cell: number;
  readonly kind: NameKind;
}

let versions = 0;

/**
 * The cells that ran, each as a module of its own that imports the names of the earlier ones and exports its
 * own. A name declared again has its newest meaning in later cells, and the earlier ones keep theirs; a cell
 * that ran is never checked again.
 */
export class Cells {
  #modules: CellModule[] = [];
  #homes = new Map<string, Home>();

  /** The modules of the cells that ran, in order. */
  get modules(): readonly CellModule[] {
    return this.#modules;
  }

  /** The names that cells declared. */
  get names(): ReadonlySet<string> {
    return new Set(this.#homes.keys());
  }

  /** A cell ran: its names are known from now on. */
  add(code: string): void {
    const names = cellNames(code);
    const cell = this.#modules.length;
    // Only the names it speaks of, or the text of all cells would grow with the square of their number.
    const words = new Set(code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
    const used = this.#visible(names).filter(([name]) => words.has(name));
    this.#modules.push(compose(code, used, exportsOf(names)));
    for (const { name, kind } of names) this.#homes.set(name, { cell, kind });
  }

  /** The module of a cell that is being written. */
  draft(code: string): CellModule {
    return compose(code, this.#visible(cellNames(code)), "export {};");
  }

  /** Forgets all cells. */
  clear(): void {
    this.#modules = [];
    this.#homes = new Map();
  }

  /** The names of earlier cells that the cell does not declare itself. */
  #visible(own: readonly CellName[]): [string, Home][] {
    const hidden = new Set(own.map(({ name }) => name));
    return [...this.#homes].filter(([name]) => !hidden.has(name));
  }
}

/** The file name of the module of a cell, without its folder. */
export function cellFile(cell: number): string {
  return `__cell_${cell}__.ts`;
}

function compose(code: string, used: readonly [string, Home][], exported: string): CellModule {
  const before = `${used.map(([name, home]) => link(name, home)).join("")}${exported}\n`;
  return { text: before + code, shift: before.length, version: String((versions += 1)) };
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

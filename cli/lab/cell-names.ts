import { parseSync } from "oxc-parser";
import type { NotebookScope } from "../../kernel/transform/notebook-scope.ts";
import { emptyScope } from "../../kernel/transform/notebook-scope.ts";
import { transformCell } from "../../kernel/transform/transform.ts";

/** Which names of the notebook a cell reads and which it writes. */
export interface CellNames {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Those of `writes` that are imported. */
  readonly imports: readonly string[];
}

/** The names of each cell, in order; a cell that cannot be parsed has none. */
export function namesOfCells(sources: readonly string[]): CellNames[] {
  const written = new Set(sources.flatMap((source) => namesIn(source, new Set()).writes));
  return sources.map((source) => namesIn(source, written));
}

function namesIn(source: string, known: ReadonlySet<string>): CellNames {
  const scope: NotebookScope = { ...emptyScope, has: (name) => known.has(name) };
  try {
    const { reads, writes } = transformCell(source, scope);
    return { reads, writes, imports: importedNames(source) };
  } catch {
    return { reads: [], writes: [], imports: [] };
  }
}

function importedNames(source: string): string[] {
  const { staticImports } = parseSync("cell.ts", source).module;
  return staticImports.flatMap(({ entries }) => entries.map(({ localName }) => localName.value));
}

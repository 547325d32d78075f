import { parseTypeScript } from "#kernel/compile";
import type { NotebookScope } from "./notebook-scope.ts";
import { emptyScope } from "./notebook-scope.ts";
import { transformCell } from "./transform.ts";

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
  return parseTypeScript(source).program.body.flatMap((node) =>
    node.type === "ImportDeclaration" ? node.specifiers.map(({ local }) => local.name) : [],
  );
}

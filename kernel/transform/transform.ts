import { parseJavaScript, toJavaScript, weavesChecks } from "#kernel/compile";
import { valueSlot } from "#kernel/script";
import { blankMagics } from "./magics.ts";
import { refuseDeep } from "./nesting.ts";
import type { NotebookScope } from "./notebook-scope.ts";
import { emptyScope } from "./notebook-scope.ts";
import { scriptOf } from "./script.ts";
import { CellSyntaxError } from "./syntax-error.ts";
import type { Dialect } from "./dialect.ts";

/** A cell ready to run as a script: its value is a promise of `[value]`, or of undefined. */
export interface TransformedCell {
  readonly code: string;
  /** The names the cell declares. */
  readonly names: readonly string[];
  /** Those of them that have no value before their declaration has run. */
  readonly valued: readonly string[];
  /** Those of the valued names that functions of the cell speak of. */
  readonly captured: readonly string[];
  /** Those of them that nothing may be assigned to. */
  readonly constants: readonly string[];
  /** Names that nobody declared yet. */
  readonly unknown: readonly string[];
  /** Names of other cells that the cell reads. */
  readonly reads: readonly string[];
  /** Names that the cell declares or assigns to. */
  readonly writes: readonly string[];
  /** Those of `writes` outside functions, which has happened when the cell has run. */
  readonly assigned: readonly string[];
  /** The position in the TypeScript of a position in `code`, all counted from 1. */
  readonly trace: (line: number, column: number) => { line: number; column: number };
  /** The position in the TypeScript of an await, by the number the code gives `w` with it. */
  readonly traceAwait: (place: number) => { line: number; column: number };
}

/**
 * Rewrites a TypeScript cell to a script. Top-level names become bindings of the notebook, so that later cells see them
 * and may declare them again, while libraries do not; imports become calls; awaits can be interrupted; the last
 * expression is the value. Throws `CellSyntaxError`.
 */
export function transformCell(
  source: string,
  scope: NotebookScope = emptyScope,
  dialect: Dialect = {},
): TransformedCell {
  refuseDeep(source);
  const javaScript = toJavaScript(blankMagics(source), dialect);
  const { program, error } = parseJavaScript(javaScript.code, "module");
  if (error !== undefined) {
    const { line, column } = javaScript.trace(error.at);
    throw new CellSyntaxError(error.message, line, column);
  }
  const script = scriptOf(program, javaScript.code, scope, { weavesChecks, valueSlot });
  let lineStarts: number[] | undefined;
  return {
    code: script.code,
    names: [...script.names],
    valued: [...script.valued],
    captured: [...script.captured],
    constants: [...script.constants],
    unknown: [...script.unknown],
    reads: [...script.reads],
    writes: [...script.writes],
    assigned: [...script.assigned],
    trace: (line, column) => {
      lineStarts ??= [...script.code.matchAll(/^/gm)].map(({ index }) => index);
      const offset = (lineStarts[line - 1] ?? 0) + Math.max(column - 1, 0);
      return javaScript.trace(script.origin(offset));
    },
    traceAwait: javaScript.trace,
  };
}

import { parseSync } from "oxc-parser";
import type { Edits } from "./edits.ts";
import { rest } from "./edits.ts";
import type { Draft } from "./hoist.ts";
import { rewrite } from "./hoist.ts";
import { blankMagics } from "./magics.ts";
import { CellSyntaxError } from "./syntax-error.ts";
import { toJavaScript } from "./to-javascript.ts";

/** A cell ready to run as a script: its value is a promise of `[value]`, or of undefined. */
export interface TransformedCell {
  readonly code: string;
  /** The names the cell declares; each becomes a global. */
  readonly names: readonly string[];
  /** The position in the TypeScript of a position in `code`, all counted from 1. */
  readonly trace: (line: number, column: number) => { line: number; column: number };
  /** The position in the TypeScript of an await, by the number the code gives `__k.w` with it. */
  readonly traceAwait: (place: number) => { line: number; column: number };
}

/**
 * Rewrites a TypeScript cell to a script. Top-level names become globals, so that later cells see
 * them, may declare them again, and loops over them run at full speed; imports become dynamic;
 * awaits go through `__k.w`, which an interrupt can end; the last expression is the value.
 * Throws `CellSyntaxError`.
 */
export function transformCell(source: string): TransformedCell {
  const javaScript = toJavaScript(blankMagics(source));
  const { program, errors } = parseSync("cell.js", javaScript.code, {
    lang: "js",
    sourceType: "module",
  });
  if (errors.length > 0) {
    const { line, column } = javaScript.trace(errors[0].labels[0]?.start ?? 0);
    throw new CellSyntaxError(errors[0].message, line, column);
  }
  const draft = rewrite(program, javaScript.code);
  const { code, origin } = compose(draft);
  const lineStarts = [...code.matchAll(/^/gm)].map(({ index }) => index);
  return {
    code,
    names: [...draft.names],
    trace: (line, column) =>
      javaScript.trace(origin((lineStarts[line - 1] ?? 0) + Math.max(column - 1, 0))),
    traceAwait: javaScript.trace,
  };
}

function compose({ edits, names, imports, functions }: Draft): ReturnType<Edits["compose"]> {
  const declare = names.size > 0 ? `var ${[...names].join(", ")};` : "";
  return edits.compose([
    `"use strict";${declare}`,
    ...functions,
    "(async () => {",
    ...imports,
    rest,
    "\n})()",
  ]);
}

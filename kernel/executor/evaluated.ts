import { parseJavaScript } from "#kernel/compile";
import { Edits } from "../transform/edits.ts";
import { referencesIn } from "../transform/references.ts";
import { notebookNames } from "./notebook-names.ts";

/**
 * Text that `eval` is about to run in a cell, with the names of the notebook in it; `locals` are names of the scopes
 * around it. What is no text, or cannot be parsed, is left for `eval` to judge.
 */
export function evaluated(code: unknown, locals: readonly string[]): unknown {
  if (typeof code !== "string") return code;
  const { program, error } = parseJavaScript(code, "script");
  if (error !== undefined) return code;
  const edits = new Edits(code);
  for (const { name, start, end, shorthand } of referencesIn(program).found) {
    if (locals.includes(name) || !notebookNames.has(name)) continue;
    edits.replace(start, end, (shorthand ? `${name}: ` : "") + notebookNames.binding(name));
  }
  return edits.compose([{ start: 0, end: code.length }]).code;
}

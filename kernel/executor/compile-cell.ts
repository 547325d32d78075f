import type { TransformedCell } from "../transform/transform.ts";
import { transformCell } from "../transform/transform.ts";
import type { Compiled } from "#kernel/script";
import { compileScript } from "#kernel/script";
import { withinStack } from "../transform/nesting.ts";
import { notebookNames } from "./notebook-names.ts";
import { dialectOf, elementsOf } from "#kernel/dialect";

/** The script of a cell, for a notebook in `folder`. Throws `CellSyntaxError`. */
export function compileCell(source: string, folder: string): TransformedCell {
  return withinStack(() => compiledIn(source, folder));
}

function compiledIn(source: string, folder: string): TransformedCell {
  const dialect = dialectOf(folder);
  const compiled = transformCell(source, notebookNames, dialect);
  const elements = compiled.unknown.includes("React") ? elementsOf(dialect, folder) : undefined;
  return elements === undefined ? compiled : transformCell(source, notebookNames, elements);
}

/** The script of a cell, ready to run: its names are declared. */
export function scriptOfCell(
  { code, names, valued, captured, constants, unknown }: TransformedCell,
  filename: string,
): Compiled {
  notebookNames.declare(names, { valued, captured, constants });
  notebookNames.answer(unknown);
  return withinStack(() => compileScript(code, filename));
}

import { createRequire } from "node:module";
import { join } from "node:path";
import type vm from "node:vm";
import type { Dialect } from "../transform/dialect.ts";
import type { TransformedCell } from "../transform/transform.ts";
import { transformCell } from "../transform/transform.ts";
import { compileScript } from "./compile-script.ts";
import { notebookNames } from "./notebook-names.ts";
import { dialectOf } from "./tsconfig.ts";

/** The script of a cell, for a notebook in `folder`. Throws `CellSyntaxError`. */
export function compileCell(source: string, folder: string): TransformedCell {
  const dialect = dialectOf(folder);
  const compiled = transformCell(source, notebookNames, dialect);
  const elements = compiled.unknown.includes("React") ? elementsOf(dialect, folder) : undefined;
  return elements === undefined ? compiled : transformCell(source, notebookNames, elements);
}

/** The script of a cell, ready to run: its names are declared. */
export function scriptOfCell(
  { code, names, unknown }: TransformedCell,
  filename: string,
): vm.Script {
  notebookNames.declare(names);
  notebookNames.answer(unknown);
  return compileScript(code, filename);
}

/** JSX where nobody imported React: by what is installed beside the notebook. */
function elementsOf(dialect: Dialect, folder: string): Dialect | undefined {
  if (dialect.jsx !== undefined || dialect.jsxFactory !== undefined) return undefined;
  const { resolve } = createRequire(join(folder, "notebook.ts"));
  const jsxImportSource = ["react", "preact"].find((name) => {
    try {
      return resolve(`${name}/jsx-runtime`) !== "";
    } catch {
      return false;
    }
  });
  return jsxImportSource === undefined
    ? undefined
    : { ...dialect, jsx: "react-jsx", jsxImportSource };
}

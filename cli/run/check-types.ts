import { cellLanguage } from "../../kernel/language/cell-language.ts";
import type { Diagnostic } from "../../kernel/server/language.ts";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { cellLabel } from "./reporter.ts";

/** A type error, and where it stands: a line of the file, or of a cell of an .ipynb. */
export interface TypeFault {
  readonly place: string;
  readonly message: string;
  /** The line of code, with a caret below the place. */
  readonly excerpt: readonly string[];
}

/** What speaks of the style of code and of no fault in it: types that are not written. */
const ofStyle = new Set([7005, 7006, 7008, 7019, 7031, 7034]);

/** Where cells are checked. */
export interface CheckPlace {
  /** Folder of the notebook. */
  readonly folder: string;
  /** How the file is called in messages. */
  readonly path: string;
  readonly packagesFrom: string;
}

/** The type errors of a notebook, cell by cell, each cell with the names of those before it. */
export function checkTypes(cells: readonly NotebookCell[], place: CheckPlace): TypeFault[] {
  const language = cellLanguage({ folder: place.folder, packagesFrom: place.packagesFrom });
  return cells.flatMap((cell, at) => {
    if (cell.kind !== "code" || cell.source === "") return [];
    // A cell that is to fail may do so by its types.
    const found = cell.tags.includes("raises-exception")
      ? []
      : (language.answer({ type: "diagnose", code: cell.source }) as readonly Diagnostic[]);
    language.cellExecuted(cell.source);
    return found
      .filter(({ severity, code }) => severity === "error" && !ofStyle.has(code))
      .map((error) => faultOf(error, cell, cellLabel(cells, at), place.path));
  });
}

function faultOf(
  { message, code, line, column }: Diagnostic,
  cell: NotebookCell,
  label: string,
  path: string,
): TypeFault {
  const text = cell.source.split("\n")[line - 1] ?? "";
  const inFile = cell.line === undefined ? undefined : `${path}:${cell.line + line - 1}:${column}`;
  return {
    place: inFile ?? `${path}, cell "${label}", line ${line}`,
    message: `${message} (TS${code})`,
    excerpt: [text, `${text.slice(0, column - 1).replace(/[^\t]/g, " ")}^`],
  };
}

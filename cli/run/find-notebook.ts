import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { NotebookFault, parseIpynb } from "../../kernel/notebook/ipynb.ts";
import { parsePercent } from "../../kernel/notebook/percent.ts";
import { FileFormatError } from "../../src/core/errors.ts";
import { UsageError } from "../usage-error.ts";

/** A notebook file as read. */
export interface NotebookFile {
  /** Full path of the file. */
  readonly path: string;
  readonly folder: string;
  /** Name without folder and extension. */
  readonly name: string;
  readonly cells: readonly NotebookCell[];
}

/** Reads the notebook a user named; without extension the percent script comes first. */
export function readNotebook(given: string): NotebookFile {
  const path = findNotebook(given);
  const extension = extname(path);
  return {
    path,
    folder: dirname(path),
    name: basename(path, extension),
    cells: extension === ".ipynb" ? readIpynb(path) : parsePercent(readFileSync(path, "utf8")),
  };
}

/** The full path of a notebook named with or without extension. */
export function findNotebook(given: string): string {
  const hasExtension = /\.(ts|ipynb)$/.test(given);
  const tried = hasExtension ? [given] : [`${given}.ts`, `${given}.ipynb`];
  const found = tried.map((name) => resolve(name)).find(isFile);
  if (found !== undefined) return found;
  if (isFile(given))
    throw new UsageError(`${given} is not a notebook; a notebook ends in .ts or .ipynb`);
  throw new UsageError(`there is no notebook ${tried.join(" or ")}`);
}

/** The cells of a notebook file. Throws `FileFormatError` when it is none. */
export function readIpynb(path: string): NotebookCell[] {
  try {
    return parseIpynb(new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)));
  } catch (cause) {
    if (cause instanceof NotebookFault) {
      const { field, expected, found, advice } = cause;
      throw new FileFormatError(path, field, expected, found, { cause, advice });
    }
    if (cause instanceof TypeError)
      throw new FileFormatError(path, "text", "UTF-8", "other bytes", { cause });
    throw cause;
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

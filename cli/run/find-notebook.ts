import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, resolve } from "node:path";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { parseIpynb } from "../../kernel/notebook/ipynb.ts";
import { parsePercent } from "../../kernel/notebook/percent.ts";
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
  const text = readFileSync(path, "utf8");
  const extension = extname(path);
  return {
    path,
    folder: dirname(path),
    name: basename(path, extension),
    cells: extension === ".ipynb" ? readIpynb(path, text) : parsePercent(text),
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

function readIpynb(path: string, text: string): NotebookCell[] {
  try {
    return parseIpynb(text);
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

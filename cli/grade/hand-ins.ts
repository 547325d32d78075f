import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { parseIpynb } from "../../kernel/notebook/ipynb.ts";
import { parsePercent } from "../../kernel/notebook/percent.ts";

/** A file that a learner handed in; `fault` says why it could not be read. */
export interface HandIn {
  readonly name: string;
  readonly cells: readonly NotebookCell[];
  readonly fault?: string;
}

/** No notebook of a learner is as long as this. */
const mostBytes = 50e6;

/** The notebooks in a folder, by name: .ipynb, .ts, and the files that "hand in" of the lab gives. */
export function readHandIns(folder: string): HandIn[] {
  return handInPaths(folder).map(readHandIn);
}

/** What stands in a folder under the name of a hand-in, files or not: none is passed over without a word. */
export function handInPaths(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => /\.(ipynb|ts|json)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function readHandIn(path: string): HandIn {
  const name = basename(path);
  try {
    const found = lstatSync(path);
    // A link could lead to the solutions, or to what only the teacher may read.
    if (found.isSymbolicLink())
      return { name, cells: [], fault: "a link to another file, which is not followed" };
    if (!found.isFile()) return { name, cells: [], fault: "no file" };
    if (found.size > mostBytes) return { name, cells: [], fault: "larger than 50 MB" };
    const bytes = readFileSync(path);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { name, cells: cellsOf(extname(path), text) };
  } catch (error) {
    return { name, cells: [], fault: `cannot be read: ${(error as Error).message.split("\n")[0]}` };
  }
}

function cellsOf(extension: string, text: string): NotebookCell[] {
  if (extension === ".ts") return parsePercent(text);
  if (extension === ".ipynb") return parseIpynb(text);
  const handIn: unknown = JSON.parse(text);
  const inside = (handIn as { format?: unknown; text?: unknown } | null) ?? {};
  if (inside.format !== "tsrsa-hand-in" || typeof inside.text !== "string")
    throw new Error("it is no file that the lab handed in");
  return inside.text.trimStart().startsWith("{")
    ? parseIpynb(inside.text)
    : parsePercent(inside.text);
}

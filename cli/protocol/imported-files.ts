import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { candidates, isFile } from "../../kernel/executor/files/specifiers.ts";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import type { CodeFile, WrittenCall } from "../../src/report/run.ts";
import { codeTree } from "./cell-tree.ts";
import { modulesOf, ownFiles } from "./imported-names.ts";
import { callsOfTrees } from "./written-calls.ts";

/** What files of one's own that cells import say, and they themselves. */
export interface ImportedCode {
  readonly files: readonly CodeFile[];
  readonly calls: readonly WrittenCall[];
}

/** The files that cells import from a folder, and those that these import, each with its calls of analyses. */
export function importedCode(cells: readonly NotebookCell[], folder: string): ImportedCode {
  const found = new Map<string, ImportedCode>();
  const waiting = ownFiles(cells).map((name) => pathOf(name, folder));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    const source = textOf(path);
    const name = relative(folder, path).split(sep).join("/");
    found.set(path, oneFile(name, source));
    waiting.push(...importsOf(path, source));
  }
  const all = [...found.values()];
  return { files: all.flatMap(({ files }) => files), calls: all.flatMap(({ calls }) => calls) };
}

function oneFile(path: string, source: string | undefined): ImportedCode {
  if (source === undefined) return { files: [{ path, sha256: null }], calls: [] };
  const sha256 = createHash("sha256").update(source).digest("hex");
  const calls = callsOfTrees([[codeTree(source), { cell: 0, file: path }]]);
  return { files: [{ path, sha256 }], calls: isCode(path) ? calls : [] };
}

function importsOf(path: string, source: string | undefined): string[] {
  if (source === undefined || !isCode(path)) return [];
  const names = modulesOf(codeTree(source).program).filter(isFile);
  return names.map((name) => pathOf(name, dirname(path)));
}

function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** The file that a name means, as the kernel looks for it; the name itself where there is none. */
function pathOf(name: string, folder: string): string {
  const path = name.startsWith("file:") ? fileURLToPath(name) : resolve(folder, name);
  return [path, ...candidates(path)].find(isThere) ?? path;
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function textOf(path: string): string | undefined {
  return isThere(path) ? readFileSync(path, "utf8") : undefined;
}

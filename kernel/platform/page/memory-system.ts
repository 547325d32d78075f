import type typescript from "typescript";
import { dirname, resolve } from "./node/path.ts";

/** Where the compiler's own libraries lie among the files. */
const libraries = "/lib/typescript.js";

/** What TypeScript asks of a machine, answered from texts by their path; nothing is written. */
export function memorySystem(files: Readonly<Record<string, string>>): typescript.System {
  const texts = new Map(Object.entries(files));
  const folders = foldersOf(texts.keys());
  return {
    args: [],
    newLine: "\n",
    useCaseSensitiveFileNames: true,
    write: () => undefined,
    readFile: (path) => texts.get(path),
    writeFile: () => undefined,
    resolvePath: (path) => resolve(path),
    fileExists: (path) => texts.has(path),
    directoryExists: (path) => folders.has(resolve(path)),
    createDirectory: () => undefined,
    getExecutingFilePath: () => libraries,
    getCurrentDirectory: () => "/notebook",
    getDirectories: (path) => [...(folders.get(resolve(path)) ?? [])],
    readDirectory: () => [],
    getModifiedTime: () => undefined,
    realpath: (path) => path,
    exit: () => undefined,
  };
}

/** Each folder on the way to a file, with the names of the folders in it. */
function foldersOf(paths: Iterable<string>): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  for (const path of paths)
    for (let at = dirname(path), inner = ""; ; inner = at, at = dirname(at)) {
      const before = folders.get(at);
      const names = before ?? new Set<string>();
      folders.set(at, names);
      if (inner !== "") names.add(inner.slice(inner.lastIndexOf("/") + 1));
      if (before !== undefined || at === "/") break;
    }
  return folders;
}

import { memoryFiles, memoryPath } from "../../../src/core/platform/browser/memory/memory-files.ts";
import { keepFolder } from "../stored-files.ts";

class NoFile extends Error {
  readonly code = "ENOENT";
  constructor(path: string) {
    super(`ENOENT: no such file or directory, '${path}'`);
  }
}

function named(path: string | URL): string {
  return memoryPath(path) ?? String(path);
}

/** Folders of files in memory are there when files are. */
export async function mkdir(): Promise<void> {}

export async function writeFile(path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content.slice();
  memoryFiles()?.write(named(path), bytes);
}

export async function readFile(path: string, encoding?: string): Promise<Uint8Array | string> {
  const bytes = await memoryFiles()?.read(named(path));
  if (bytes === undefined) throw new NoFile(path);
  return encoding === undefined ? bytes : new TextDecoder().decode(bytes);
}

export async function stat(path: string) {
  const bytes = await memoryFiles()?.read(named(path));
  const isFolder = bytes === undefined && (await memoryFiles()?.list(named(path))) !== undefined;
  if (bytes === undefined && !isFolder) throw new NoFile(path);
  return {
    size: bytes?.length ?? 0,
    mtimeMs: 0,
    isFile: () => !isFolder,
    isDirectory: () => isFolder,
  };
}

export const lstat = stat;

export async function readdir(path: string): Promise<string[]> {
  const found = await memoryFiles()?.list(named(path));
  if (found === undefined) throw new NoFile(path);
  return found.map(({ name }) => name);
}

export async function rename(from: string, to: string): Promise<void> {
  if (memoryFiles()?.rename(named(from), named(to)) !== true) throw new NoFile(from);
  keepFolder(named(to));
}

export async function rm(path: string): Promise<void> {
  memoryFiles()?.remove(named(path));
}

import { MissingFile, Unsupported } from "../../errors.ts";
import type { MemoryEntry } from "./memory/memory-files.ts";
import { memoryFiles, memoryPath } from "./memory/memory-files.ts";

/** Names of the files in a folder of the files in memory, sorted. */
export async function listFiles(folder: string): Promise<string[]> {
  return namesOf((await entriesOf(folder)).filter(({ isFolder }) => !isFolder));
}

/** Names of files and folders, sorted. */
export async function listEntries(folder: string): Promise<string[]> {
  return namesOf(await entriesOf(folder));
}

function namesOf(entries: readonly MemoryEntry[]): string[] {
  return entries.map(({ name }) => name).sort();
}

async function entriesOf(folder: string): Promise<MemoryEntry[]> {
  const path = memoryPath(folder);
  if (path === undefined)
    throw new Unsupported(
      `a browser cannot list the folder ${folder}`,
      "give the files themselves",
    );
  const found = await memoryFiles()?.list(path);
  if (found !== undefined) return found;
  throw new MissingFile(folder, "no file of this page lies there; check the path");
}

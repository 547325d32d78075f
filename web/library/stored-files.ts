import type { FileKeeper } from "../../src/core/platform/browser/memory/memory-files.ts";
import { memoryFiles } from "../../src/core/platform/browser/memory/memory-files.ts";

/** Demo data are made once a version, and kept in the browser's own files of this site. */
const keptBelow = "/data/";

/** Files that were kept by an earlier visit. */
export const storedFiles: FileKeeper = {
  read: async (path) => {
    if (!path.startsWith(keptBelow)) return undefined;
    try {
      const folder = await folderOf(path, false);
      const file = await (await folder.getFileHandle(nameOf(path))).getFile();
      return new Uint8Array(await file.arrayBuffer());
    } catch {
      return undefined;
    }
  },
  below: async (folder) => {
    if (!`${folder}/`.startsWith(keptBelow)) return [];
    try {
      return await pathsIn(await folderOf(`${folder}/`, false), folder);
    } catch {
      return [];
    }
  },
};

/** TypeScript's types of a worker know no iteration of folders. */
type Entries = AsyncIterable<[string, FileSystemDirectoryHandle | FileSystemFileHandle]>;

async function pathsIn(home: FileSystemDirectoryHandle, path: string): Promise<string[]> {
  const found: string[] = [];
  for await (const [name, entry] of home as unknown as Entries) {
    const inner = `${path}/${name}`;
    if (entry.kind === "directory") found.push(...(await pathsIn(entry, inner)));
    else found.push(inner);
  }
  return found;
}

/** Keeps the files of a folder that is complete, beside what goes on; a browser that keeps nothing makes them again. */
export function keepFolder(folder: string): void {
  if (folder.startsWith(keptBelow)) void keep(folder).catch(() => undefined);
}

async function keep(folder: string): Promise<void> {
  const files = memoryFiles();
  const paths = files?.below(folder) ?? [];
  // What says that the folder is complete comes last.
  const isMark = (path: string): boolean => path.endsWith("/complete.json");
  for (const path of [...paths.filter((one) => !isMark(one)), ...paths.filter(isMark)]) {
    const bytes = await files?.read(path);
    if (bytes === undefined) continue;
    const home = await folderOf(path, true);
    const handle = await home.getFileHandle(nameOf(path), { create: true });
    const writable = await handle.createWritable();
    await writable.write(bytes as Uint8Array<ArrayBuffer>);
    await writable.close();
  }
}

function nameOf(path: string): string {
  return path.split("/").at(-1) ?? "";
}

async function folderOf(path: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  let folder = await navigator.storage.getDirectory();
  for (const name of path.split("/").slice(1, -1))
    folder = await folder.getDirectoryHandle(name, { create });
  return folder;
}

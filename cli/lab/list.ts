import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Inside } from "./inside.ts";

/** What the file list of the page shows. */
export interface Entry {
  readonly name: string;
  /** From the folder of the lab, with `/` between folders. */
  readonly path: string;
  readonly kind: "folder" | "notebook" | "file";
  readonly bytes: number;
  /** ISO date of the last change. */
  readonly changed: string;
}

/** What lies in a folder, folders first; nothing hidden, no packages. */
export async function listFolder(inside: Inside, folder: string): Promise<Entry[]> {
  const path = await inside.path(folder);
  const names = (await readdir(path)).filter((name) => !/^\.|^node_modules$/.test(name));
  const entries = await Promise.all(names.map((name) => entryOf(inside, path, name)));
  const kinds = ["folder", "notebook", "file"];
  return entries
    .filter((entry) => entry !== undefined)
    .sort(
      (a, b) =>
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
        a.name.localeCompare(b.name, "en", { numeric: true }),
    );
}

async function entryOf(inside: Inside, folder: string, name: string): Promise<Entry | undefined> {
  const path = join(folder, name);
  try {
    // A link that leads out of the folder is none of its files.
    const real = await inside.path(inside.nameOf(path));
    const found = await stat(real);
    const { size: bytes, mtime } = found;
    const kind = found.isDirectory() ? "folder" : (await isNotebook(real)) ? "notebook" : "file";
    if (kind !== "folder" && !found.isFile()) return undefined;
    return { name, path: inside.nameOf(path), kind, bytes, changed: mtime.toISOString() };
  } catch {
    return undefined;
  }
}

/** A .ts file is a notebook when a cell begins near its start. */
async function isNotebook(path: string): Promise<boolean> {
  if (path.endsWith(".ipynb")) return true;
  if (!path.endsWith(".ts")) return false;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0);
    return /^\/\/ ?%%/m.test(buffer.toString("utf8", 0, bytesRead));
  } finally {
    await file.close();
  }
}

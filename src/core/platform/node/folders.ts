import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { NotAllowed } from "../../disk-errors.ts";
import { MissingFile } from "../../errors.ts";

/** Names of the files in a folder, sorted. Throws `MissingFile` when there is no such folder. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await entriesOf(folder);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Names of files and folders in a folder, sorted. Throws `MissingFile` when there is no such folder. */
export async function listEntries(folder: string): Promise<string[]> {
  return (await entriesOf(folder)).map(({ name }) => name).sort();
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    const { code } = cause as { code?: string };
    if (code === "EACCES" || code === "EPERM") throw new NotAllowed(folder, "read", { cause });
    if (code !== "ENOENT" && code !== "ENOTDIR" && code !== "ELOOP") throw cause;
    throw new MissingFile(folder, `looked for a folder at ${resolve(folder)}; check the path`);
  });
}

import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { MissingFile } from "../../errors.ts";

/** Names of the files in a folder, sorted. Throws `MissingFile` when there is no such folder. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    const { code } = cause as { code?: string };
    if (code !== "ENOENT" && code !== "ENOTDIR") throw cause;
    throw new MissingFile(folder, `looked for a folder at ${resolve(folder)}; check the path`);
  });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

import { readdir, readFile } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { zipSync } from "fflate";
import { writePath } from "#platform/files";

/** Puts the files of a folder into a zip file, for rooms without network. */
export async function zipFolder(folder: string, path: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => relative(folder, join(parentPath, name)).split(sep).join("/"));
  const files = await Promise.all(
    names.map(
      async (name) => [`${basename(folder)}/${name}`, await readFile(join(folder, name))] as const,
    ),
  );
  await writePath(path, [zipSync(Object.fromEntries(files), { level: 6 })]);
}

import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Kernelspec } from "./kernelspec.ts";
import { isOurs, kernelName } from "./kernelspec.ts";
import { logo } from "./logo.ts";

/** The folder of the kernel below a folder of Jupyter's data. */
export function specFolder(dataFolder: string): string {
  return join(dataFolder, "kernels", kernelName);
}

/** Writes the kernelspec; returns its folder. A kernel of the same name that is not ours stays, with an error. */
export function install(spec: Kernelspec, dataFolder: string): string {
  const folder = specFolder(dataFolder);
  refuseForeign(folder);
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, "logo-svg.svg"), logo);
  writeWhole(join(folder, "kernel.json"), `${JSON.stringify(spec, undefined, 2)}\n`);
  return folder;
}

/** Removes what `install` wrote; false when there was nothing. */
export function uninstall(dataFolder: string): boolean {
  const folder = specFolder(dataFolder);
  if (!existsSync(join(folder, "kernel.json"))) return false;
  refuseForeign(folder);
  for (const name of ["kernel.json", "logo-svg.svg"]) rmSync(join(folder, name), { force: true });
  removeIfEmpty(folder);
  return true;
}

/** Folders, in the order they are searched, that have a kernel of this name before `dataFolder`. */
export function shadowing(dataFolder: string, searched: readonly string[]): string[] {
  const at = searched.indexOf(dataFolder);
  return searched
    .slice(0, at < 0 ? 0 : at)
    .map(specFolder)
    .filter((folder) => existsSync(join(folder, "kernel.json")));
}

function refuseForeign(folder: string): void {
  const path = join(folder, "kernel.json");
  if (!existsSync(path)) return;
  let spec: unknown;
  try {
    spec = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    spec = undefined;
  }
  if (!isOurs(spec))
    throw new Error(
      `${path} belongs to another kernel of the name ${kernelName}; move it away, or choose another place`,
    );
}

/** A notebook program that looks meanwhile sees the old file or the new one. */
function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody put a file there, which stays.
  }
}

import { lstat, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { checkDataSet } from "./check-data-set.ts";
import type { DataSet } from "./data-set.ts";
import { wasChecked } from "./download/checked.ts";

/**
 * Files in a data set's folder that no download of ours put there as they are now: a user's own, which no command would
 * bring back. Relative to the folder; a link to data elsewhere counts as one.
 */
export async function strangersIn(set: DataSet, folder: string): Promise<string[]> {
  if ((await lstat(folder)).isSymbolicLink()) return ["(a link to a folder elsewhere)"];
  const ours = await broughtByUs(set, folder);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const strangers: string[] = [];
  for (const entry of entries) {
    const place = join(entry.parentPath, entry.name);
    const path = relative(folder, place).split(sep).join("/");
    if (entry.isDirectory() || isNote(path) || ours.has(path)) continue;
    if (!(await wasChecked(place))) strangers.push(path);
  }
  return strangers.sort();
}

/** Files that can be fetched again to the byte. */
async function broughtByUs(set: DataSet, folder: string): Promise<ReadonlySet<string>> {
  const checks = await checkDataSet(set, folder);
  const sure = checks.filter(({ state }) => state === "published" || state === "first download");
  return new Set(sure.map(({ path }) => path));
}

/** What downloads leave beside the files: notes, locks, unfinished parts. */
function isNote(path: string): boolean {
  const parts = path.split("/");
  const name = parts[parts.length - 1];
  return (
    name === ".checked.json" ||
    /^\..*\.unpacked\.json$/.test(name) ||
    /\.(part|part\.json|lock|lock\.removing)$/.test(name) ||
    parts.some((part) => part.startsWith(".unpacking-"))
  );
}

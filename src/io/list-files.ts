import { listEntries } from "#platform/folders";
import { text, thing } from "../core/gate/kinds.ts";

/**
 * Names in a folder, of files and folders, in the order in which people count (`run2` before `run10`). Throws
 * `MissingFile` when there is no such folder; `Unsupported` in a browser, which has none.
 *
 * @param folder - path of the folder.
 * @param pattern - only names that match, for example `/^subj\d+$/`. Default: all.
 * @example
 * import { listFiles } from "tsrsa";
 * async function subjectsIn(folder: string) {
 *   return listFiles(folder, /^subj\d+$/);
 * }
 */
export async function listFiles(folder: string, pattern?: RegExp): Promise<string[]> {
  text(folder, "folder");
  if (pattern !== undefined) thing("a regular expression", "source", "flags")(pattern, "pattern");
  const names = await listEntries(folder);
  const wanted = pattern === undefined ? names : names.filter((name) => name.search(pattern) >= 0);
  return wanted.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

import { existsSync, lstatSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { dataDir, findDataSet, type DataSet } from "../../data-fetch/index.ts";
import { strangersIn } from "../../data-fetch/strangers.ts";
import { UsageError } from "../usage-error.ts";

/**
 * Remove what was fetched or made of a data set in the data folder. What else lies there may be the user's own: it is
 * removed only after a question, or with `--yes`.
 */
export async function removeData(
  name: string,
  { json, yes }: { readonly json?: true; readonly yes?: true } = {},
): Promise<void> {
  const set = findDataSet(name);
  const real = join(dataDir(), set.name);
  const folders = [real, ...(await demoFolders(set))].filter(isThere);
  if (yes !== true && isThere(real)) await askFor(real, await strangersIn(set, real));
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  if (json === true) console.log(JSON.stringify({ name, removed: folders }));
  else console.log(folders.length === 0 ? `there is nothing of ${name}` : folders.join("\n"));
}

/** Demo data of every version, and what makers that were killed have left. */
async function demoFolders(set: DataSet): Promise<string[]> {
  const demos = join(dataDir(), "demo");
  const entries = await readdir(demos).catch(() => []);
  const made = entries.filter(
    (entry) => entry.replace(/-v\d+(\.part-[0-9a-f]+)?$/, "") === set.name,
  );
  return made.map((entry) => join(demos, entry));
}

async function askFor(folder: string, strangers: readonly string[]): Promise<void> {
  if (strangers.length === 0) return;
  const some = strangers.slice(0, 5).join(", ") + (strangers.length > 5 ? ", …" : "");
  const what = `${folder} holds ${strangers.length === 1 ? "a file" : `${strangers.length} files`} that no download put there, or that changed since: ${some}`;
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new UsageError(`${what}; nothing was removed: move them elsewhere, or pass --yes`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${what}\nremove them too? [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new UsageError("nothing was removed");
}

/** A link to nowhere is there too. */
function isThere(path: string): boolean {
  return existsSync(path) || lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { formatIpynb, toIpynb } from "../../kernel/notebook/ipynb.ts";
import { formatPercent, parsePercent } from "../../kernel/notebook/percent.ts";
import { WorkFailed } from "../usage-error.ts";
import { findNotebook, readIpynb } from "./find-notebook.ts";

/**
 * Writes the .ipynb beside each percent script, without outputs; where there is no script, the script
 * from the .ipynb. With `check` nothing is written, and `WorkFailed` is thrown when a pair differs.
 */
export async function syncNotebooks(
  notebooks: readonly string[],
  { check }: { check: boolean },
): Promise<void> {
  const stale = notebooks.map(findNotebook).map(wanted).filter(isStale);
  if (!check) stale.forEach(({ path, text }) => writeFileSync(path, text));
  for (const { path } of stale)
    console.log(`${check ? "out of step" : "wrote"}: ${relative(process.cwd(), path)}`);
  if (check && stale.length > 0)
    throw new WorkFailed("run tsrsa nb sync on these notebooks, and commit both files");
  if (stale.length === 0) console.log("all notebooks are in step");
}

interface WantedFile {
  readonly path: string;
  readonly text: string;
}

/** The file that belongs beside a notebook, and its text. */
function wanted(path: string): WantedFile {
  const script = path.replace(/\.ipynb$/, ".ts");
  if (!existsSync(script)) return { path: script, text: formatPercent(readIpynb(path)) };
  const notebook = toIpynb(parsePercent(readFileSync(script, "utf8")));
  return { path: script.replace(/\.ts$/, ".ipynb"), text: formatIpynb(notebook) };
}

function isStale({ path, text }: WantedFile): boolean {
  return !existsSync(path) || readFileSync(path, "utf8") !== text;
}

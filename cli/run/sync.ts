import { existsSync, readFileSync, statSync } from "node:fs";
import { relative } from "node:path";
import { formatIpynb, toIpynb } from "../../kernel/notebook/ipynb.ts";
import { formatPercent, parsePercent } from "../../kernel/notebook/percent.ts";
import { writeText } from "../../src/core/write-text.ts";
import { WorkFailed } from "../usage-error.ts";
import { findNotebook, readIpynb } from "./find-notebook.ts";

/**
 * Writes the .ipynb beside each percent script, without outputs; where there is no script, the script
 * from the .ipynb. A notebook that was changed after its script is not written over without `force`. With `check`
 * nothing is written. Throws `WorkFailed` for that, and with `check` when a pair differs.
 */
export async function syncNotebooks(
  notebooks: readonly string[],
  { check, force = false }: { check: boolean; force?: boolean },
): Promise<void> {
  const stale = notebooks.map(findNotebook).map(wanted).filter(isStale);
  const kept = check || force ? [] : stale.filter(hasOwnWork);
  const written = stale.filter((file) => !kept.includes(file));
  for (const { path, text } of written) {
    if (!check) await writeText(path, text);
    console.log(`${check ? "out of step" : "wrote"}: ${relative(process.cwd(), path)}`);
  }
  if (kept.length > 0) throw new WorkFailed(kept.map(whyKept).join("\n"));
  if (check && stale.length > 0)
    throw new WorkFailed("run tsrsa nb sync on these notebooks, and commit both files");
  if (stale.length === 0) console.log("all notebooks are in step");
}

interface WantedFile {
  readonly path: string;
  readonly text: string;
  /** The script that the text comes from, where there is one. */
  readonly script?: string;
}

/** The file that belongs beside a notebook, and its text. */
function wanted(path: string): WantedFile {
  const script = path.replace(/\.ipynb$/, ".ts");
  if (!existsSync(script)) return { path: script, text: formatPercent(readIpynb(path)) };
  const notebook = toIpynb(parsePercent(readFileSync(script, "utf8")));
  return { path: script.replace(/\.ts$/, ".ipynb"), text: formatIpynb(notebook), script };
}

function isStale({ path, text }: WantedFile): boolean {
  return !existsSync(path) || readFileSync(path, "utf8") !== text;
}

/**
 * True when the .ipynb may hold what the script does not: it is the newer one, or it was run or edited since it was
 * written (what we write has no outputs and ends as `formatIpynb` ends it).
 */
function hasOwnWork({ path, script }: WantedFile): boolean {
  if (script === undefined || !existsSync(path)) return false;
  return statSync(path).mtimeMs > statSync(script).mtimeMs || !isAsWritten(path);
}

/** True when reading the notebook and writing it again, without outputs, gives the same text. */
function isAsWritten(path: string): boolean {
  try {
    return (
      formatIpynb(toIpynb(parsePercent(formatPercent(readIpynb(path))))) ===
      readFileSync(path, "utf8")
    );
  } catch {
    return false;
  }
}

function whyKept({ path, script = "" }: WantedFile): string {
  const [notebook, source] = [path, script].map((name) => relative(process.cwd(), name));
  return (
    `${notebook} was changed after it was written from ${source}, or is the newer one, and was left as it is; ` +
    `take over what you need into ${source}, or write over it with --force`
  );
}

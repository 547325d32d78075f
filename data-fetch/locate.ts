import { checkOptions, type OptionNames } from "../src/core/gate/options.ts";
import { randomBytes } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { writeError } from "../src/core/disk-errors.ts";
import { jupyterDisplay, type Displayable } from "../src/core/display.ts";
import { MissingFile, Unsupported } from "../src/core/errors.ts";
import { checkedFolder } from "../src/core/gate/path.ts";
import { markFigures } from "../src/core/figure-mark.ts";
import { noteSource } from "../src/core/run-record.ts";
import { escapeHtml } from "../src/core/text.ts";
import { writeText } from "../src/core/write-text.ts";
import { findFaults } from "./check-data-set.ts";
import { dataDir } from "./data-dir.ts";
import type { DataSet } from "./data-set.ts";
import { DownloadFailed } from "./download/errors.ts";
import { withLock } from "./download/lock.ts";
import { fetchDataSet } from "./fetch-data-set.ts";
import { findDataSet } from "./sets/index.ts";

const demoNote =
  "These are demo data: made by seeded code in the layout of the real files, with a planted effect. They are no measurement.";

/** What figures of demo data bear, so that none of them is taken for a measurement. */
const demoMark = "demo data: no measurement";

/** A data set's folder on this machine. In a notebook it shows itself as a line that says what this data is. */
export interface LocatedData extends Displayable {
  readonly folder: string;
  readonly kind: "real" | "demo";
  /** One sentence for the reader of a notebook: what this data is. */
  readonly note: string;
}

/** How {@link locateData} may go about it. */
export interface LocateOptions {
  /** Make the demo twin when the real data cannot be fetched. Default false: throw. */
  readonly orDemo?: boolean;
  /** Whether figures made from demo data say so at their foot. Default true. */
  readonly mark?: boolean;
  readonly signal?: AbortSignal;
}

const locateNames: OptionNames<LocateOptions> = { orDemo: true, mark: true, signal: true };

/**
 * The folder of a data set. `where` is `"demo"` (made on this machine, in the layout of the real data), `"real"`
 * (fetched into the data folder, checked by SHA-256), or a folder that you have.
 * Figures made after demo data were located bear a mark, until another data set of the same name is: see `mark`.
 * Throws `MissingFile` naming what a folder lacks and where to get it, `DownloadFailed` without a connection.
 *
 * @example
 * import { locateData } from "tsrsa/data";
 * import { readEpochs } from "tsrsa";
 * async function demoEpochs() {
 *   const { folder } = await locateData("eeg-priming", "demo");
 *   return readEpochs(`${folder}/subject04-epo.fif`);
 * }
 */
export async function locateData(
  name: string,
  where: string,
  options: LocateOptions = {},
): Promise<LocatedData> {
  checkOptions(options, locateNames);
  const set = findDataSet(name);
  checkedFolder(where, "where");
  const located = await locate(set, where, options);
  const { folder, kind, note } = located;
  noteSource({ name, kind, folder });
  markIfDemo(name, kind === "demo" && (options.mark ?? true));
  return { ...located, [jupyterDisplay]: () => shown(kind, note) };
}

type Located = Omit<LocatedData, typeof jupyterDisplay>;

/** Data sets whose demo data were located last; figures bear a mark while there is one. */
const demos = new Set<string>();

function markIfDemo(name: string, isDemo: boolean): void {
  const before = demos.size;
  if (isDemo) demos.add(name);
  else demos.delete(name);
  if (demos.size > 0) markFigures(demoMark);
  else if (before > 0) markFigures("");
}

function shown(kind: "real" | "demo", note: string) {
  const colours =
    "background:#fef0c7;color:#7a2e0e;border-left:4px solid #dc6803;padding:0.5em 0.8em";
  // An address of a file is longer than a column of a phone.
  const style = `overflow-wrap:anywhere${kind === "demo" ? `;${colours}` : ""}`;
  const html = `<p style="${style}" class="data-note ${kind}">${escapeHtml(note)}</p>`;
  return { "text/html": html, "text/plain": note };
}

async function locate(set: DataSet, where: string, options: LocateOptions): Promise<Located> {
  if (where === "demo") return demoData(set);
  if (where !== "real") return givenFolder(set, where);
  try {
    return await realData(set, options.signal);
  } catch (error) {
    if (options.orDemo !== true || !(error instanceof DownloadFailed)) throw error;
    const demo = await demoData(set);
    const reason = error.message.split(";")[0];
    return { ...demo, note: `The real recording could not be fetched (${reason}). ${demo.note}` };
  }
}

async function givenFolder(set: DataSet, where: string): Promise<Located> {
  const folder = resolve(where);
  const there = await Promise.all(set.expects.map((path) => isFile(join(folder, path))));
  const [missing, ...others] = set.expects.filter((_, at) => !there[at]);
  if (missing !== undefined) {
    const also = others.length === 0 ? "" : ` and ${others.join(", ")}`;
    throw new MissingFile(
      join(folder, missing),
      `${set.name} needs it${also}; ${set.instructions}`,
    );
  }
  return asFound(folder, `Data from ${folder}.`);
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Demo data stay demo data wherever they are copied or served from: their maker's note lies among them. */
async function asFound(folder: string, note: string): Promise<Located> {
  return (await isComplete(folder))
    ? { folder, kind: "demo", note: `${note} ${demoNote}` }
    : { folder, kind: "real", note };
}

async function realData(set: DataSet, signal: AbortSignal | undefined): Promise<Located> {
  const folder = join(dataDir(), set.name);
  // Data that a user put there need no address.
  if (set.files.length === 0 && set.listFiles === undefined) return givenFolder(set, folder);
  if (set.listFiles !== undefined && (await findFaults(set, folder)).length === 0)
    return givenFolder(set, folder);
  await fetchDataSet(set, { folder, signal });
  return asFound(folder, `The data of ${set.name} (${set.licence}), checked when fetched.`);
}

/** Demo data are made once; a folder gets its name only when it is complete. */
async function demoData(set: DataSet): Promise<Located> {
  const folder = join(dataDir(), "demo", `${set.name}-v${set.demoVersion}`);
  if (!(await isComplete(folder)))
    await withLock(folder, async () => {
      if (!(await isComplete(folder))) await makeDemo(set, folder);
    });
  return {
    folder,
    kind: "demo",
    note: demoNote,
  };
}

async function isComplete(folder: string): Promise<boolean> {
  return readFile(join(folder, "complete.json")).then(
    () => true,
    () => false,
  );
}

async function makeDemo(set: DataSet, folder: string): Promise<void> {
  if (set.makeDemo === undefined)
    throw new Unsupported(`${set.name} has no demo data`, set.instructions);
  const part = `${folder}.part-${randomBytes(6).toString("hex")}`;
  await removeLeftovers(folder);
  await mkdir(part, { recursive: true });
  try {
    await set.makeDemo(part);
    const { name, demoVersion } = set;
    await writeText(join(part, "complete.json"), JSON.stringify({ name, demoVersion }) + "\n");
    await rename(part, folder).catch(async (error: unknown) => {
      // Another process may have been faster: its data are the same.
      if (!(await isComplete(folder))) throw error;
    });
  } catch (error) {
    throw writeError(folder, error);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** What makers that were killed had begun; whoever holds the lock may remove it. */
async function removeLeftovers(folder: string): Promise<void> {
  const entries = await readdir(dirname(folder)).catch(() => []);
  const left = entries.filter((entry) => entry.startsWith(`${basename(folder)}.part-`));
  for (const entry of left) await rm(join(dirname(folder), entry), { recursive: true });
}

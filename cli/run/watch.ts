import { watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import { startExecutor } from "../../kernel/session/executor-process.ts";
import { writeText } from "../../src/core/write-text.ts";
import { checkOwnFolder } from "../check-output.ts";
import { runMime } from "./bundles.ts";
import type { NotebookFile } from "./find-notebook.ts";
import { readNotebook } from "./find-notebook.ts";
import { onStop } from "./on-stop.ts";
import { terminalReporter } from "./reporter.ts";
import type { FinishedCell, NotebookRun } from "./run-notebook.ts";
import { runNotebook } from "./run-notebook.ts";
import { writeRun } from "./write-run.ts";

/** An editor writes a file in several steps. */
const settleMs = 150;

/** Runs a notebook, and on each save the cells that changed and all after them, until Ctrl-C. */
export async function watchCommand(given: string, folder: string | undefined): Promise<void> {
  const first = readNotebook(given);
  const out = resolve(folder ?? join("out", first.name));
  await checkOwnFolder(out, [`${first.name}.ipynb`, `${first.name}.html`, "run.json"], {
    ...{ mark: "run.json", inputs: [first.path] },
  });
  const executor = await startExecutor({
    cwd: first.folder,
    notebook: basename(first.path),
    packagesFrom: fileURLToPath(import.meta.url),
    env: { TSRSA_CWD: process.cwd(), JUPYTER_HOOK_WANTS: [runMime.figure, runMime.data].join() },
  });
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  const stopListening = onStop(() => ended());
  let last: { cells: readonly NotebookCell[]; runs: NotebookRun["runs"] } | undefined;
  const again = async (notebook: NotebookFile): Promise<void> => {
    const from = last === undefined ? 0 : firstChange(last.cells, notebook.cells);
    if (last !== undefined && from >= notebook.cells.length) return;
    const started = new Date();
    const fresh = notebook.cells.map((cell, at) => (at < from ? skipped(cell) : cell));
    const path = relative(process.cwd(), notebook.path);
    const ran = await runNotebook(executor, fresh, path, terminalReporter(fresh));
    const runs = merged(last?.runs, ran.runs, from);
    const run: NotebookRun = { ...ran, cells: notebook.cells, runs };
    last = { cells: notebook.cells.slice(0, ran.failure?.cell), runs };
    const { page } = await writeRun(out, { notebook, run, started, finished: new Date() });
    await writeText(page, reloading(await readFile(page, "utf8")));
    console.log(`\nthe page is ${relative(process.cwd(), page)}; save to run again, Ctrl-C to end`);
  };
  let work = again(first);
  let timer: NodeJS.Timeout | undefined;
  // Editors replace the file: the folder is watched.
  const watcher = watch(first.folder, (_, name) => {
    if (name !== basename(first.path)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(() => again(readNotebook(first.path))).catch(say);
    }, settleMs);
  });
  await Promise.race([end, work.catch(say).then(() => end)]);
  watcher.close();
  clearTimeout(timer);
  await executor.close();
  stopListening();
}

function say(error: unknown): void {
  console.error((error as Error).message);
}

/** The first cell that is not as it was. */
export function firstChange(before: readonly NotebookCell[], now: readonly NotebookCell[]): number {
  const at = now.findIndex(
    ({ kind, source }, i) => before[i]?.kind !== kind || before[i].source !== source,
  );
  return at < 0 ? now.length : at;
}

/** What ran before and need not run again is no code in this turn. */
function skipped(cell: NotebookCell): NotebookCell {
  return cell.kind === "code" ? { ...cell, source: "" } : cell;
}

function merged(
  before: NotebookRun["runs"] | undefined,
  now: NotebookRun["runs"],
  from: number,
): ReadonlyMap<number, FinishedCell> {
  const kept = [...(before ?? [])].filter(([at]) => at < from);
  return new Map([...kept, ...now]);
}

/** A page that looks every two seconds whether it has changed, without a script. */
export function reloading(page: string): string {
  return page.replace("<head>", '<head>\n<meta http-equiv="refresh" content="2">');
}

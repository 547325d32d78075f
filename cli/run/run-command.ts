import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { startExecutor } from "../../kernel/session/executor-process.ts";
import { checkOwnFolder } from "../check-output.ts";
import { shown } from "../shown.ts";
import { UsageError, WorkFailed } from "../usage-error.ts";
import { bold, red } from "./colour.ts";
import { runMime } from "./bundles.ts";
import type { NotebookFile } from "./find-notebook.ts";
import { readNotebook } from "./find-notebook.ts";
import { injectParameters, readParameters } from "./parameters.ts";
import { onStop } from "./on-stop.ts";
import type { RunRecord } from "./record.ts";
import type { Reporter } from "./reporter.ts";
import { silentReporter, terminalReporter } from "./reporter.ts";
import { valueText } from "../../src/core/value-text.ts";
import type { NotebookRun } from "./run-notebook.ts";
import { runNotebook } from "./run-notebook.ts";
import { writeRun } from "./write-run.ts";

export interface RunOptions {
  /** `name=value` pairs. */
  readonly parameters: readonly string[];
  /** Folder for what the run writes; default `out/<name>`. */
  readonly out?: string;
  readonly json: boolean;
  /** Whether types are checked before anything is run. */
  readonly check: boolean;
}

/** Runs a notebook and writes all it gave. Throws `WorkFailed` when a cell failed. */
export async function runCommand(given: string, options: RunOptions): Promise<void> {
  const notebook = readNotebook(given);
  const parameters = readParameters(options.parameters, process.cwd());
  const cells = injectParameters(notebook.cells, parameters);
  const out = resolve(options.out ?? join("out", notebook.name));
  refuseToOverwrite(notebook, out);
  await checkOwnFolder(out, [`${notebook.name}.ipynb`, `${notebook.name}.html`, "run.json"], {
    ...{ mark: "run.json", inputs: [notebook.path, parameters] },
  });
  if (options.check) await refuseTypeErrors(notebook, cells);
  const reporter = options.json ? silentReporter : terminalReporter(cells);
  const started = new Date();
  const run = await execute(notebook, cells, reporter);
  const { record, page } = await writeRun(out, { notebook, run, started, finished: new Date() });
  if (options.json) console.log(JSON.stringify(record, null, 2));
  else say(run, record, page);
  if (run.failure !== undefined) throw new WorkFailed();
}

function refuseToOverwrite({ path, name }: NotebookFile, out: string): void {
  if (join(out, `${name}.ipynb`) !== path) return;
  throw new UsageError(`--out ${out} would write over the notebook itself; name another folder`);
}

const mostFaults = 20;

/** Nothing is run while types do not fit: a misspelt option would be found hours later, or never. */
async function refuseTypeErrors(
  { folder, path }: NotebookFile,
  cells: NotebookFile["cells"],
): Promise<void> {
  // TypeScript costs a second to load, which --no-check saves.
  const { checkTypes } = await import("./check-types.ts");
  const packagesFrom = fileURLToPath(import.meta.url);
  const faults = checkTypes(cells, { folder, path: relative(process.cwd(), path), packagesFrom });
  if (faults.length === 0) return;
  const lines = faults
    .slice(0, mostFaults)
    .flatMap(({ place, message, excerpt }) => [
      `${place} ${message}`,
      ...excerpt.map((line) => `    ${line}`),
    ]);
  const count = `${faults.length} type error${faults.length === 1 ? "" : "s"}; nothing was run`;
  const them = faults.length === 1 ? "it" : "them";
  throw new WorkFailed([...lines, `${count}: mend ${them}, or add --no-check`].join("\n"));
}

/** Runs cells in a process of their own; Ctrl-C ends the cell that runs. */
export async function execute(
  notebook: NotebookFile,
  cells: NotebookFile["cells"],
  reporter: Reporter,
): Promise<NotebookRun> {
  const executor = await startExecutor({
    cwd: notebook.folder,
    notebook: basename(notebook.path),
    packagesFrom: fileURLToPath(import.meta.url),
    env: { TSRSA_CWD: process.cwd(), JUPYTER_HOOK_WANTS: [runMime.figure, runMime.data].join() },
  });
  const stopListening = onStop((again) => executor.interrupt(again ? { killAfterMs: 0 } : {}));
  try {
    return await runNotebook(executor, cells, relative(process.cwd(), notebook.path), reporter);
  } finally {
    await executor.close();
    stopListening();
  }
}

/** In a line of the terminal; a longer name is whole on the page. */
function inLine(text: string, most = Infinity): string {
  const line = shown(text.replace(/\s+/g, " "));
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

function say(run: NotebookRun, record: RunRecord, page: string): void {
  const { failure } = run;
  if (failure !== undefined) {
    const [first, ...rest] = failure.traceback;
    console.error(["", red(first, process.stderr), ...rest].join("\n"));
  }
  const results = Object.entries(record.results);
  if (results.length > 0) {
    const lines = results.map(([name, value]) => [inLine(name, 60), inLine(valueText(value))]);
    const width = Math.max(...lines.map(([name]) => name.length));
    console.log(`\n${bold("results", process.stdout)}`);
    for (const [name, value] of lines) console.log(`  ${name.padEnd(width)}  ${value}`);
  }
  const verb = failure === undefined ? "the page is" : "the page so far is";
  console.log(`\n${verb} ${relative(process.cwd(), page) || page}`);
}

import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { formatIpynb, toIpynb } from "../../kernel/notebook/ipynb.ts";
import { startExecutor } from "../../kernel/session/executor-process.ts";
import { packageVersion } from "../package-version.ts";
import { renderPage } from "../page/page.ts";
import { WorkFailed } from "../usage-error.ts";
import { bold, red } from "./colour.ts";
import { runMime, withoutFigureData } from "./bundles.ts";
import { figuresOf, writeFigures } from "./figures.ts";
import type { NotebookFile } from "./find-notebook.ts";
import { readNotebook } from "./find-notebook.ts";
import { injectParameters, readParameters } from "./parameters.ts";
import type { RunRecord } from "./record.ts";
import { makeRecord } from "./record.ts";
import type { Reporter } from "./reporter.ts";
import { silentReporter, terminalReporter } from "./reporter.ts";
import { resultText } from "./result-text.ts";
import type { NotebookRun } from "./run-notebook.ts";
import { runNotebook } from "./run-notebook.ts";

export interface RunOptions {
  /** `name=value` pairs. */
  readonly parameters: readonly string[];
  /** Folder for what the run writes; default `out/<name>`. */
  readonly out?: string;
  readonly json: boolean;
}

/** Runs a notebook and writes all it gave. Throws `WorkFailed` when a cell failed. */
export async function runCommand(given: string, options: RunOptions): Promise<void> {
  const notebook = readNotebook(given);
  const parameters = readParameters(options.parameters, process.cwd());
  const cells = injectParameters(notebook.cells, parameters);
  const reporter = options.json ? silentReporter : terminalReporter(cells);
  const started = new Date();
  const run = await execute(notebook, cells, reporter);
  const out = resolve(options.out ?? join("out", notebook.name));
  const record = await writeRun(out, { notebook, run, started, finished: new Date() });
  if (options.json) console.log(JSON.stringify(record, null, 2));
  else say(run, record, join(out, `${notebook.name}.html`));
  if (run.failure !== undefined) throw new WorkFailed();
}

async function execute(
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
  // The first Ctrl-C stops the cell and keeps what it showed; the second does not wait.
  const onInterrupt = (): void => {
    process.once("SIGINT", () => executor.interrupt({ killAfterMs: 0 }));
    executor.interrupt();
  };
  process.once("SIGINT", onInterrupt);
  try {
    return await runNotebook(executor, cells, relative(process.cwd(), notebook.path), reporter);
  } finally {
    process.removeAllListeners("SIGINT");
    await executor.close();
  }
}

async function writeRun(
  out: string,
  result: {
    notebook: NotebookFile;
    run: NotebookRun;
    started: Date;
    finished: Date;
  },
): Promise<RunRecord> {
  mkdirSync(out, { recursive: true });
  const { name } = result.notebook;
  const figures = await writeFigures(figuresOf(result.run), join(out, "figures"));
  const record = await makeRecord({ ...result, figures, version: packageVersion() });
  const summary = { tsrsa: { status: record.status, started: record.started, node: record.node } };
  const run = withoutFigureData(result.run);
  writeFileSync(join(out, `${name}.ipynb`), formatIpynb(toIpynb(run.cells, run.runs, summary)));
  writeFileSync(join(out, `${name}.html`), renderPage(run, record, result.notebook.folder));
  writeFileSync(join(out, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

function say(run: NotebookRun, record: RunRecord, page: string): void {
  const { failure } = run;
  if (failure !== undefined) {
    const [first, ...rest] = failure.traceback;
    console.error(["", red(first, process.stderr), ...rest].join("\n"));
  }
  const results = Object.entries(record.results);
  if (results.length > 0) {
    const width = Math.max(...results.map(([name]) => name.length));
    console.log(`\n${bold("results", process.stdout)}`);
    for (const [name, value] of results)
      console.log(`  ${name.padEnd(width)}  ${resultText(value)}`);
  }
  const verb = failure === undefined ? "the page is" : "the page so far is";
  console.log(`\n${verb} ${relative(process.cwd(), page) || page}`);
}

import type { CellError, CodeFrame } from "../../kernel/executor/protocol.ts";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import type { CellRun } from "../../kernel/notebook/ipynb.ts";
import { OutputLog } from "../../kernel/notebook/outputs.ts";
import type { Executor } from "../../kernel/session/executor-process.ts";
import { renderTraceback } from "../../kernel/session/traceback.ts";
import type { Reporter } from "./reporter.ts";

/** A notebook after running it, whole or until the cell that failed. */
export interface NotebookRun {
  readonly cells: readonly NotebookCell[];
  /** By position among the cells; cells that were not reached are absent. */
  readonly runs: ReadonlyMap<number, FinishedCell>;
  readonly failure?: RunFailure;
}

export interface FinishedCell extends CellRun {
  readonly executionCount: number;
  readonly seconds: number;
  readonly status: "ok" | "error";
}

export interface RunFailure {
  /** Position among the cells. */
  readonly cell: number;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** Runs the code cells in order, up to the first that fails. */
export async function runNotebook(
  executor: Executor,
  cells: readonly NotebookCell[],
  path: string,
  reporter: Reporter,
): Promise<NotebookRun> {
  const log = new OutputLog();
  const done: { cell: number; seconds: number; status: "ok" | "error" }[] = [];
  const code = cells.flatMap(({ kind, source }, i) =>
    kind === "code" && source !== "" ? [i] : [],
  );
  let failure: RunFailure | undefined;
  for (const cell of code) {
    const started = performance.now();
    reporter.start(cell, done.length + 1);
    const outcome = await executor.execute(cells[cell].source, {
      cell: done.length + 1,
      onOutput: (output) => {
        log.add(cell, output);
        reporter.output(output);
      },
    });
    const seconds = (performance.now() - started) / 1000;
    done.push({ cell, seconds, status: outcome.status });
    reporter.end(outcome.status, seconds);
    if (outcome.status === "ok") continue;
    failure = describeFailure(outcome.error, cell, locator(cells, code, path));
    log.addError(cell, outcome.error, failure.traceback);
    break;
  }
  return { cells, runs: finishedCells(done, log), ...(failure === undefined ? {} : { failure }) };
}

function finishedCells(
  done: readonly { cell: number; seconds: number; status: "ok" | "error" }[],
  log: OutputLog,
): Map<number, FinishedCell> {
  return new Map(
    done.map(({ cell, seconds, status }, i) => {
      const metadata = { seconds: Number(seconds.toFixed(3)) };
      const run = { outputs: log.outputs(cell, i + 1), executionCount: i + 1, metadata };
      return [cell, { ...run, seconds, status }];
    }),
  );
}

function describeFailure(
  error: CellError,
  cell: number,
  locate: (frame: CodeFrame) => string,
): RunFailure {
  const { ename, evalue } = error;
  return { cell, ename, evalue, traceback: renderTraceback(error, locate) };
}

/** Places are named as `file:line` where the file has lines, and by cell in an .ipynb. */
function locator(
  cells: readonly NotebookCell[],
  code: readonly number[],
  path: string,
): (frame: CodeFrame) => string {
  return ({ cell, file, line, column }) => {
    if (cell === undefined) return `${file}:${line}:${column}`;
    const first = cells[code[cell - 1]]?.line;
    return first === undefined
      ? `cell ${cell}, line ${line}`
      : `${path}:${first + line - 1}:${column}`;
  };
}

import type { CellError, CodeFrame, Outcome, Output } from "../../kernel/executor/protocol.ts";
import type { NotebookCell } from "../../kernel/notebook/cell.ts";
import type { CellRun } from "../../kernel/notebook/ipynb.ts";
import { OutputLog } from "../../kernel/notebook/outputs.ts";
import type { Executor } from "../../kernel/session/executor-process.ts";
import { renderTraceback } from "../../kernel/session/traceback.ts";
import type { Parameters } from "./parameters.ts";
import type { ProcessNotes } from "./notes.ts";
import { readNotes } from "./notes.ts";
import { parameterNames } from "./parameters.ts";
import type { Reporter } from "./reporter.ts";

/** A notebook after running it, whole or until the cell that failed. */
export interface NotebookRun {
  readonly cells: readonly NotebookCell[];
  /** By position among the cells; cells that were not reached are absent. */
  readonly runs: ReadonlyMap<number, FinishedCell>;
  readonly failure?: RunFailure;
  /** The values the parameters had once their cells had run. */
  readonly parameters: Parameters;
  /** What the process that ran them read and drew; none when it has ended. */
  readonly notes?: ProcessNotes;
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
  const done: DoneCell[] = [];
  const code = codeCells(cells);
  let parameters: Parameters = {};
  for (const cell of code) {
    const { outcome, seconds } = await runCell(
      executor,
      cells,
      cell,
      done.length + 1,
      (output) => {
        log.add(cell, output);
        reporter.output(output);
      },
      reporter,
    );
    done.push({ cell, seconds, status: outcome.status });
    if (outcome.status === "ok") {
      if (takesParameters(cells[cell])) parameters = await readBack(executor, cells, parameters);
      continue;
    }
    const failure = describeFailure(outcome.error, cell, locator(cells, code, path));
    log.addError(cell, outcome.error, failure.traceback);
    if (!cells[cell].tags.includes("raises-exception") || outcome.exited === true)
      return {
        ...{ cells, runs: finishedCells(done, log), parameters, failure },
        ...(outcome.exited === true ? {} : { notes: await readNotes(executor) }),
      };
  }
  const notes = await readNotes(executor);
  return { cells, runs: finishedCells(done, log), parameters, notes };
}

interface DoneCell {
  readonly cell: number;
  readonly seconds: number;
  readonly status: "ok" | "error";
}

function codeCells(cells: readonly NotebookCell[]): number[] {
  return cells.flatMap(({ kind, source }, i) => (kind === "code" && source !== "" ? [i] : []));
}

async function runCell(
  executor: Executor,
  cells: readonly NotebookCell[],
  cell: number,
  count: number,
  onOutput: (output: Output) => void,
  reporter: Reporter,
): Promise<{ outcome: Outcome; seconds: number }> {
  const started = performance.now();
  reporter.start(cell, count);
  const outcome = await executor.execute(cells[cell].source, { cell: count, onOutput });
  const seconds = (performance.now() - started) / 1000;
  reporter.end(outcome.status, seconds);
  return { outcome, seconds };
}

function takesParameters({ tags }: NotebookCell): boolean {
  return tags.includes("parameters") || tags.includes("injected-parameters");
}

/** Asks the notebook for the values of its parameters, by a cell that is no part of it. */
async function readBack(
  executor: Executor,
  cells: readonly NotebookCell[],
  before: Parameters,
): Promise<Parameters> {
  const names = parameterNames(cells);
  let values = before;
  await executor.execute(
    `({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": { ${names.join(", ")} } }) })`,
    {
      cell: 0,
      onOutput: (output) => {
        if (output.type === "result") values = output.bundle["application/json"] as Parameters;
      },
    },
  );
  return values;
}

function finishedCells(done: readonly DoneCell[], log: OutputLog): Map<number, FinishedCell> {
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

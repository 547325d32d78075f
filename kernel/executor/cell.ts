import { basename, join } from "node:path";
import { setImmediate, setTimeout } from "node:timers";
import { types } from "node:util";
import { show } from "../display/bundle.ts";
import { send } from "#kernel/channel";
import { endComms, runComm } from "./comm-work.ts";
import { compileCell, scriptOfCell } from "./compile-cell.ts";
import { asCell, cellNow, cellOfError, inCell } from "#kernel/context";
import { announceCell, debugs } from "./debugging.ts";
import { displaysDone } from "./display-hook.ts";
import type { KnownCell } from "./errors.ts";
import { describeError, describeFailure } from "./errors.ts";
import { elementHtml } from "./elements.ts";
import { restoreFastLoop } from "./fast-loop.ts";
import { settleStop } from "#kernel/stop";
import { forgetInputs } from "./input.ts";
import { setFrame } from "#kernel/frames";
import type { Compiled } from "#kernel/script";
import { KnownCells } from "./known-cells.ts";
import { autoreloads, reloadEdited } from "./magics/autoreload.ts";
import { refuseUnknownMagics, runWithMagics } from "./magics/run.ts";
import { importAsCell } from "./kernel-names.ts";
import type { CellError, Outcome } from "./protocol.ts";
import { withShellHint } from "./shell-hint.ts";
import { installStacks } from "./stacks.ts";
import { flushStreams, writeText } from "./streams.ts";
import { notebookNames } from "./notebook-names.ts";
import { stopTimers } from "./timers.ts";
import { breakWait, failedAwait, forgetWaits, wait } from "./waiting.ts";

interface RunningCell {
  readonly cell: number;
  /** Its text, once it is known how lines of code trace back to it. */
  known?: KnownCell;
  /** Set once the cell has ended; it is reported a turn of the event loop later. */
  outcome?: Outcome;
  /** A Stop has reached it. */
  isStopping?: boolean;
}

const cells = new KnownCells();
installStacks(cells);
let running: RunningCell | undefined;

/** The user pressed stop. */
export class KeyboardInterrupt extends Error {
  override readonly name = "KeyboardInterrupt";
  constructor() {
    super("the cell was interrupted; variables keep their values");
    this.stack = "";
  }
}

/** Runs a cell in the folder of the notebook; outputs and the outcome go out through the channel. */
export function runCell(cell: number, source: string, folder: string): void {
  // Set before the user's code runs: a terminated frame never returns, so it cannot answer itself.
  const own: RunningCell = { cell };
  running = own;
  send({ type: "started", cell });
  inCell(cell, () => {
    try {
      start(own, source, folder).then(
        () => finish(own, { status: "ok" }),
        (error: unknown) => finish(own, failure(error, own)),
      );
    } catch (error) {
      finish(own, failure(error, own));
    }
  });
}

/** Runs a cell beside the one that runs, in turns with it: at each await. */
export function runBeside(cell: number, source: string, folder: string): void {
  const own: RunningCell = { cell };
  runComm(cell, () => start(own, source, folder), {
    isBusy: () => running !== undefined,
    failed: (error) => failure(error, own),
  });
}

/** Runs the handler of a message of a comm, also while a cell waits. What goes wrong is printed. */
export function runHandler(work: number, handle: () => unknown): void {
  runComm(work, handle, {
    isBusy: () => running !== undefined,
    failed: (error) => {
      const described = describeError(error, cells, undefined);
      writeText("stderr", `${inWords(described)}\n`);
      return { status: "error", error: described };
    },
  });
}

/** How long a cell that waited may take for its `finally` blocks, and one whose code was ended to be reported. */
const finallyMs = 250;
const endedMs = 1;

/** Called when the user pressed stop, after the guard ended what was running: what waits is ended here. */
export function onStop(): void {
  const interrupt = new KeyboardInterrupt();
  const own = running;
  const goesOn = own?.isStopping !== true && breakWait(interrupt);
  setFrame(undefined);
  restoreFastLoop();
  stopTimers();
  forgetInputs();
  endComms({ status: "error", error: describeError(interrupt, cells, undefined) });
  if (own === undefined) return void settleStop();
  own.isStopping = true;
  // A cell that was suspended runs its `finally` blocks and reports itself; a terminated one cannot.
  setTimeout(() => finish(own, failure(interrupt, own)), goesOn ? finallyMs : endedMs);
}

/**
 * An error nobody caught is an error of the cell whose code it came from, if that runs. What an earlier
 * cell left behind says so there, and does no harm to the one that runs. `promise` was rejected with it.
 */
export function onStrayError(error: unknown, promise?: object): void {
  const described = describeError(error, cells, undefined);
  const cell = cellOfError(error, promise) ?? described.frames[0]?.cell ?? cellNow();
  setFrame(undefined);
  if (running !== undefined && running.cell === cell) {
    running.outcome =
      running.outcome?.status === "error" ? running.outcome : failure(error, running);
    breakWait(error);
    return;
  }
  asCell(cell, () => {
    writeText("stderr", `Uncaught ${inWords(described)}\n`);
    flushStreams();
  });
}

function inWords({ ename, evalue, frames: [at] }: CellError): string {
  const where = at?.cell === undefined ? "" : ` (cell ${at.cell}, line ${at.line})`;
  return `${ename}: ${evalue}${where}`;
}

async function start(own: RunningCell, source: string, folder: string): Promise<void> {
  const { cell } = own;
  const filename = join(folder, `cell-${cell}.ts`);
  own.known = { cell, source, trace: (line, column) => ({ line, column }) };
  refuseUnknownMagics(source);
  if (autoreloads()) await wait(reloadEdited());
  const compiled = compileCell(source, folder);
  own.known = { cell, source, trace: compiled.trace, traceAwait: compiled.traceAwait };
  cells.add(filename, own.known);
  if (debugs()) await wait(announceCell(cell, source, basename(filename), compiled));
  const { forgets } = notebookNames;
  let script: Compiled | undefined;
  const body = (): Promise<unknown> => {
    // A magic may have forgotten the names that it was compiled with.
    const isSame = notebookNames.forgets === forgets;
    script ??= scriptOfCell(isSame ? compiled : compileCell(source, folder), filename);
    return script.runInThisContext() as Promise<unknown>;
  };
  const result = (await runWithMagics(source, folder, body)) as [unknown] | undefined;
  notebookNames.settle(compiled.assigned);
  if (result !== undefined) {
    // An async function would ask a thenable that it returns, or awaits.
    const shown = types.isPromise(result[0]) ? await wait(result[0]) : result[0];
    await showResult(cell, shown);
  }
  await wait(displaysDone());
}

async function showResult(cell: number, value: unknown): Promise<void> {
  const html = types.isProxy(value) ? undefined : await wait(elementHtml(value, importAsCell));
  const shown = await wait(show(html === undefined ? value : asHtml(html)));
  if (shown === undefined) return;
  flushStreams();
  send({ type: "output", cell, output: { type: "result", ...shown } });
}

function asHtml(html: string): object {
  return { [Symbol.for("Jupyter.display")]: () => ({ "text/html": html, "text/plain": html }) };
}

function failure(error: unknown, { known }: RunningCell): Outcome {
  const described = describeFailure(error, cells, known, failedAwait());
  return { status: "error", error: withShellHint(described, known?.source ?? "") };
}

/** Waits one turn of the event loop, so that an error nobody caught is still the cell's. */
function finish(own: RunningCell, outcome: Outcome): void {
  if (running !== own) return;
  own.outcome ??= outcome;
  setImmediate(() => {
    // When a Stop is under way again, the cell ends with that.
    if (running !== own || !settleStop()) return;
    flushStreams();
    send({ type: "done", cell: own.cell, outcome: own.outcome ?? outcome });
    running = undefined;
    forgetWaits();
  });
}

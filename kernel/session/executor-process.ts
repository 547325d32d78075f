import type { ChildProcess } from "node:child_process";
import type { Duplex, Readable } from "node:stream";
import type { DebugRequest, DebugResponse } from "../debugger/dap.ts";
import type {
  CellError,
  CommMessage,
  ExecutorFrame,
  ExecutorRequest,
  LookAnswer,
  LookQuestion,
  Outcome,
} from "../executor/protocol.ts";
import { guardPipe, outputPipe } from "../executor/protocol.ts";
import { descendantsOf, signalTo } from "../guard/descendants.ts";
import { answerBytes, debugBytes, interruptBytes } from "../guard/messages.ts";
import { DebugLine } from "./debug-line.ts";
import { whenEnded } from "./ending.ts";
import { frameReader } from "./frames.ts";
import { endingWarning, goodbye } from "./goodbye.ts";
import type {
  ExecuteOptions,
  Executor,
  ExecutorOptions,
  InputAnswer,
  InputRequest,
} from "./executor.ts";
import { GuardLine } from "./guard-line.ts";
import { Listeners } from "./listeners.ts";
import { Looks } from "./looks.ts";
import { PrintedText } from "./printed-text.ts";
import { pipeOf, spawnExecutor } from "./spawn.ts";
import type { Stoppable } from "./stopping.ts";
import { Stopping } from "./stopping.ts";

export type { ExecuteOptions, Executor, ExecutorOptions, InputAnswer, InputRequest };

interface Running extends Stoppable {
  readonly cell: number;
  readonly settle: (outcome: Outcome) => void;
}

/** Starts the process; resolves when it is ready for the first cell. */
export async function startExecutor(options: ExecutorOptions): Promise<Executor> {
  const child = spawnExecutor(options);
  const session = new ExecutorSession(child, options);
  await session.ready;
  return session;
}

/** A process whose pipe has ended mostly ends by itself, and then says how. */
const lostMs = 300;
/** How long the process may take to end, and to write a checkpoint before. */
const exitMs = 1000;
const savingMs = 30_000;

class ExecutorSession implements Executor {
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #options: ExecutorOptions;
  readonly #handled = new Map<number, (outcome: Outcome) => void>();
  readonly #looks = new Looks();
  readonly #listeners = new Listeners();
  /** Inputs for which the executor's thread sleeps. */
  readonly #blocking = new Set<number>();
  readonly #exited: Promise<void>;
  #running: Running | undefined;
  #sendRunning: () => void = () => undefined;
  readonly #guard: GuardLine;
  readonly #debug: DebugLine;
  readonly #stopping: Stopping;
  #newest = 0;
  readonly #printed: PrintedText;
  #ended: CellError | undefined;
  #becomeReady: () => void = () => undefined;
  #endTimer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess, options: ExecutorOptions) {
    this.#child = child;
    this.#options = options;
    this.#debug = new DebugLine(
      (request) => this.#guard.write(debugBytes(request)),
      (event) => this.#options.onDebugEvent?.(event),
    );
    // Nothing that the cells do can be heard any more.
    const lost = (): void => void setTimeout(() => child.kill("SIGKILL"), lostMs).unref();
    this.#guard = new GuardLine(
      pipeOf<Duplex>(child, guardPipe),
      (said) => this.#debug.hear(said),
      lost,
    );
    this.#stopping = new Stopping({
      send: () => this.#sendStop(),
      warn: (leftMs) => this.#onText("stderr", endingWarning(leftMs)),
      kill: () => child.kill("SIGKILL"),
    });
    this.#printed = new PrintedText(child, (name, text) => this.#onText(name, text));
    this.ready = new Promise((resolve, reject) => {
      this.#becomeReady = resolve;
      child.once("error", reject);
      child.once("exit", (code, signal) => reject(new Error(this.#goodbye(code, signal).evalue)));
    });
    this.#exited = new Promise((resolve) => {
      whenEnded(child, pipeOf<Readable>(child, outputPipe), (code, signal) => {
        this.#onClose(code, signal);
        resolve();
      });
    });
    const output = pipeOf<Readable>(child, outputPipe);
    output.on(
      "data",
      frameReader((frame) => this.#onFrame(frame), lost),
    );
    output.once("end", lost).once("error", lost);
  }

  async execute(code: string, { onOutput, cell }: ExecuteOptions = {}): Promise<Outcome> {
    if (this.#ended !== undefined) return { status: "error", error: this.#ended, exited: true };
    if (this.#running !== undefined)
      throw new Error("a cell is still running; wait for it, or interrupt it");
    this.#newest = cell ?? this.#newest + 1;
    const request = { type: "execute", cell: this.#newest, code } satisfies ExecutorRequest;
    this.#listeners.set(request.cell, onOutput);
    return new Promise((settle) => {
      this.#running = { cell: request.cell, settle, state: "waiting" };
      this.#sendRunning = () => this.#send(request);
      this.#begin();
    });
  }

  look(question: LookQuestion): Promise<LookAnswer | undefined> {
    if (this.#ended !== undefined) return Promise.resolve(undefined);
    return this.#looks.ask((id) => this.#send({ type: "look", id, question }));
  }

  debug(request: DebugRequest): Promise<DebugResponse> {
    return this.#debug.ask(request);
  }

  beside(code: string, options: ExecuteOptions & { cell: number }): Promise<Outcome> {
    return this.#besides({ type: "beside", cell: options.cell, code }, options);
  }

  comm(message: CommMessage, options: ExecuteOptions & { cell: number }): Promise<Outcome> {
    return this.#besides({ type: "comm", cell: options.cell, message }, options);
  }

  async #besides(
    request: ExecutorRequest,
    { onOutput, cell }: ExecuteOptions & { cell: number },
  ): Promise<Outcome> {
    if (this.#ended !== undefined) return { status: "error", error: this.#ended, exited: true };
    this.#listeners.set(cell, onOutput);
    return new Promise((settle) => {
      this.#handled.set(cell, settle);
      this.#send(request);
    });
  }

  answer(id: number, answer: InputAnswer): void {
    const blocks = this.#blocking.delete(id);
    if (blocks) this.#guard.write(answerBytes({ id, ...answer }));
    else this.#send({ type: "inputReply", id, ...answer });
  }

  pause(): void {
    pipeOf<Readable>(this.#child, outputPipe).pause();
  }

  resume(): void {
    pipeOf<Readable>(this.#child, outputPipe).resume();
  }

  interrupt({ killAfterMs = 5000 }: { killAfterMs?: number } = {}): void {
    if (this.#ended === undefined) this.#stopping.interrupt(this.#running, killAfterMs);
  }

  #sendStop(): void {
    this.#blocking.clear();
    // A process that waits to be read hears nothing.
    this.resume();
    this.#guard.write(interruptBytes);
  }

  #onInterrupted(): void {
    this.#stopping.isOver(this.#running);
    this.#begin();
  }

  /** The guard has ended: another is given a line, and the Stop that was on its way. */
  async #onGuardLost(): Promise<void> {
    const path = await this.#guard.listen(() => {
      if (this.#stopping.isUnderWay) this.#guard.write(interruptBytes);
    });
    this.#send({ type: "guard", path });
  }

  /** Sends the cell once no interrupt is on its way. */
  #begin(): void {
    const running = this.#running;
    if (running?.state !== "waiting" || this.#stopping.isUnderWay) return;
    running.state = "sent";
    this.#sendRunning();
  }

  #onStarted(cell: number): void {
    const running = this.#running;
    if (running?.cell !== cell) return;
    running.state = "started";
    this.#stopping.started(running);
  }

  async close(): Promise<void> {
    const children = await descendantsOf(this.#child.pid ?? 0).catch(() => []);
    // Disconnecting would end the process too, but Node then never reports that its pipes are closed.
    this.#send({ type: "exit" });
    this.#endIn(exitMs);
    await this.#exited;
    clearTimeout(this.#endTimer);
    for (const pid of children) signalTo(pid, "SIGTERM");
  }

  #endIn(ms: number): void {
    clearTimeout(this.#endTimer);
    this.#endTimer = setTimeout(() => this.#child.kill("SIGKILL"), ms);
  }

  #send(request: ExecutorRequest): void {
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  #onFrame(frame: ExecutorFrame): void {
    switch (frame.type) {
      case "ready":
        return this.#becomeReady();
      case "started":
        return this.#onStarted(frame.cell);
      case "interrupted":
        return this.#onInterrupted();
      case "guardLost":
        return void this.#onGuardLost().catch(() => undefined);
      case "output":
        return this.#listeners.tell(frame.cell, frame.output);
      case "restored":
        return this.#options.onRestored?.(frame.names);
      case "saving":
        return this.#endTimer === undefined ? undefined : this.#endIn(savingMs);
      case "looked":
        return this.#looks.answer(frame.id, frame.answer);
      case "comm":
        return this.#options.onComm?.(frame.message, frame.cell);
      case "input":
        return this.#onInput(frame);
      case "done":
        return this.#onDone(frame.cell, frame.outcome);
    }
  }

  #onInput(request: InputRequest): void {
    if (request.sync === true) this.#blocking.add(request.id);
    if (this.#options.onInput !== undefined) this.#options.onInput(request);
    else this.answer(request.id, { refused: "there is nobody to ask in this run" });
  }

  #onDone(cell: number, outcome: Outcome): void {
    this.#printed.readDry();
    if (cell === this.#running?.cell) return this.#settle(outcome);
    this.#handled.get(cell)?.(outcome);
    this.#handled.delete(cell);
  }

  #onText(name: "stdout" | "stderr", text: string): void {
    this.#listeners.tell(this.#newest, { type: "stream", name, text });
  }

  #settle(outcome: Outcome): void {
    if (!this.#stopping.isUnderWay || this.#ended !== undefined) this.#stopping.clear();
    const running = this.#running;
    this.#running = undefined;
    running?.settle(outcome);
  }

  #onClose(code: number | null, signal: NodeJS.Signals | null): void {
    this.#ended = this.#goodbye(code, signal);
    this.#guard.close();
    this.#debug.end();
    const outcome = { status: "error", error: this.#ended, exited: true } as const;
    this.#settle(outcome);
    for (const cell of [...this.#handled.keys()]) this.#onDone(cell, outcome);
    this.#options.onExit?.(this.#ended);
  }

  #goodbye(code: number | null, signal: NodeJS.Signals | null): CellError {
    const { lastWords } = this.#printed;
    return goodbye({ code, signal, wouldNotStop: this.#stopping.killed, lastWords });
  }
}

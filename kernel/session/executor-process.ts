import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type {
  CellError,
  CommMessage,
  ExecutorFrame,
  ExecutorRequest,
  LookAnswer,
  LookQuestion,
  Outcome,
  Output,
} from "../executor/protocol.ts";
import { guardPipe, outputPipe } from "../executor/protocol.ts";
import { descendantsOf, signalTo } from "../guard/descendants.ts";
import { answerBytes, interruptBytes } from "../guard/messages.ts";
import { whenEnded } from "./ending.ts";
import { frameReader } from "./frames.ts";
import { endingWarning, goodbye } from "./goodbye.ts";
import { GuardLine } from "./guard-line.ts";
import { PrintedText } from "./printed-text.ts";
import type { SpawnOptions } from "./spawn.ts";
import { Looks } from "./looks.ts";
import { pipeOf, spawnExecutor } from "./spawn.ts";

export interface ExecutorOptions extends SpawnOptions {
  /** Called when a cell asks the user for a line; without it, cells are told that nobody can answer. */
  readonly onInput?: (request: InputRequest) => void;
  /** Called with each message of a comm, and the work it came from. */
  readonly onComm?: (message: CommMessage, cell: number) => void;
  /** Called once the process has ended, whatever the reason. */
  readonly onExit?: (error: CellError) => void;
}

/** A line of input that a cell waits for. */
export type InputRequest = Extract<ExecutorFrame, { type: "input" }>;

/** The user's answer, or why there is none. */
export type InputAnswer = { readonly value: string } | { readonly refused: string };

export interface ExecuteOptions {
  /** Called with each output of the cell, in order; also with those that come after it ended. */
  readonly onOutput?: (output: Output) => void;
  /** Number of the cell, as errors name it. Default: one more than the last. */
  readonly cell?: number;
}

/** A process that runs the cells of one notebook, one after another. */
export interface Executor {
  /** Runs a cell; resolves when it has ended and all it showed by then was passed on. */
  execute(code: string, options?: ExecuteOptions): Promise<Outcome>;
  /** Stops the running cell, keeping variables; kills the process if that takes longer than `killAfterMs`. */
  interrupt(options?: { killAfterMs?: number }): void;
  /** Hands over a message of a comm; resolves when its handler has ended. Works while a cell runs. */
  comm(message: CommMessage, options: ExecuteOptions & { cell: number }): Promise<Outcome>;
  /** Asks the values there are; undefined when the process is too busy to answer. */
  look(question: LookQuestion): Promise<LookAnswer | undefined>;
  /** Answers an input request. */
  answer(id: number, answer: InputAnswer): void;
  /** Stops reading outputs until `resume`: a cell that shows more has to wait. */
  pause(): void;
  resume(): void;
  /** Ends the process. */
  close(): Promise<void>;
}

interface Running {
  readonly cell: number;
  /** An interrupt reaches a cell that has started only, and one that comes before is kept for it. */
  state: "waiting" | "sent" | "started";
  interruptWhenStarted?: boolean;
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
/** So many cells are remembered for what they show after they ended. */
const mostListeners = 200;

class ExecutorSession implements Executor {
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #options: ExecutorOptions;
  readonly #handled = new Map<number, (outcome: Outcome) => void>();
  readonly #looks = new Looks();
  readonly #listeners = new Map<number, (output: Output) => void>();
  /** Inputs for which the executor's thread sleeps. */
  readonly #blocking = new Set<number>();
  readonly #exited: Promise<void>;
  #running: Running | undefined;
  #sendRunning: () => void = () => undefined;
  readonly #guard: GuardLine;
  /** A Stop is under way; one that is late would end the next cell. */
  #isStopping = false;
  #newest = 0;
  readonly #printed: PrintedText;
  #wouldNotStop = false;
  #ended: CellError | undefined;
  #becomeReady: () => void = () => undefined;
  #killTimer: NodeJS.Timeout | undefined;
  #warnTimer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess, options: ExecutorOptions) {
    this.#child = child;
    this.#options = options;
    this.#guard = new GuardLine(pipeOf<Writable>(child, guardPipe));
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
    // Nothing that the cells do can be heard any more.
    const lost = (): void => void setTimeout(() => child.kill("SIGKILL"), lostMs).unref();
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
    this.#listen(request.cell, onOutput);
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

  async comm(
    message: CommMessage,
    { onOutput, cell }: ExecuteOptions & { cell: number },
  ): Promise<Outcome> {
    if (this.#ended !== undefined) return { status: "error", error: this.#ended, exited: true };
    this.#listen(cell, onOutput);
    return new Promise((settle) => {
      this.#handled.set(cell, settle);
      this.#send({ type: "comm", cell, message });
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
    if (this.#ended !== undefined) return;
    this.#killTimer ??= setTimeout(() => this.#kill(), killAfterMs);
    this.#warnTimer ??= setTimeout(() => this.#warn(0.6 * killAfterMs), 0.4 * killAfterMs);
    const running = this.#running;
    if (running !== undefined && running.state !== "started") running.interruptWhenStarted = true;
    // Pressed again while one is on its way: it is the same Stop, and must not reach what comes after.
    else if (!this.#isStopping) this.#interruptNow();
  }

  #interruptNow(): void {
    this.#blocking.clear();
    this.#isStopping = true;
    // A process that waits to be read hears nothing.
    this.resume();
    this.#guard.write(interruptBytes);
  }

  #onInterrupted(): void {
    this.#isStopping = false;
    if (this.#running?.state !== "started") this.#clearKill();
    this.#begin();
  }

  /** The guard has ended: another is given a line, and the Stop that was on its way. */
  async #onGuardLost(): Promise<void> {
    const path = await this.#guard.listen(() => {
      if (this.#isStopping) this.#guard.write(interruptBytes);
    });
    this.#send({ type: "guard", path });
  }

  /** Sends the cell once no interrupt is on its way. */
  #begin(): void {
    const running = this.#running;
    if (running?.state !== "waiting" || this.#isStopping) return;
    running.state = "sent";
    this.#sendRunning();
  }

  #onStarted(cell: number): void {
    const running = this.#running;
    if (running?.cell !== cell) return;
    running.state = "started";
    if (running.interruptWhenStarted === true) this.#interruptNow();
  }

  #clearKill(): void {
    clearTimeout(this.#killTimer);
    clearTimeout(this.#warnTimer);
    this.#killTimer = undefined;
    this.#warnTimer = undefined;
  }

  #warn(leftMs: number): void {
    this.#onText("stderr", endingWarning(leftMs));
  }

  /** What runs is native code, which nothing else can stop. */
  #kill(): void {
    this.#wouldNotStop = true;
    this.#child.kill("SIGKILL");
  }

  async close(): Promise<void> {
    const children = await descendantsOf(this.#child.pid ?? 0).catch(() => []);
    // Disconnecting would end the process too, but Node then never reports that its pipes are closed.
    this.#send({ type: "exit" });
    const kill = setTimeout(() => this.#child.kill("SIGKILL"), 1000);
    await this.#exited;
    clearTimeout(kill);
    for (const pid of children) signalTo(pid, "SIGTERM");
  }

  #send(request: ExecutorRequest): void {
    if (this.#child.connected) this.#child.send(request, () => undefined);
  }

  #listen(cell: number, onOutput: ((output: Output) => void) | undefined): void {
    this.#listeners.delete(cell);
    if (onOutput !== undefined) this.#listeners.set(cell, onOutput);
    for (const oldest of this.#listeners.keys()) {
      if (this.#listeners.size <= mostListeners) break;
      this.#listeners.delete(oldest);
    }
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
        return this.#listeners.get(frame.cell)?.(frame.output);
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
    this.#listeners.get(this.#newest)?.({ type: "stream", name, text });
  }

  #settle(outcome: Outcome): void {
    if (!this.#isStopping || this.#ended !== undefined) this.#clearKill();
    const running = this.#running;
    this.#running = undefined;
    running?.settle(outcome);
  }

  #onClose(code: number | null, signal: NodeJS.Signals | null): void {
    this.#ended = this.#goodbye(code, signal);
    this.#guard.close();
    const outcome = { status: "error", error: this.#ended, exited: true } as const;
    this.#settle(outcome);
    for (const cell of [...this.#handled.keys()]) this.#onDone(cell, outcome);
    this.#options.onExit?.(this.#ended);
  }

  #goodbye(code: number | null, signal: NodeJS.Signals | null): CellError {
    const { lastWords } = this.#printed;
    return goodbye({ code, signal, wouldNotStop: this.#wouldNotStop, lastWords });
  }
}

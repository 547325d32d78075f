import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type {
  CellError,
  ExecutorRequest,
  ExecutorFrame,
  Outcome,
  Output,
} from "../executor/protocol.ts";
import { guardPipe, outputPipe } from "../executor/protocol.ts";
import { frameReader } from "./frames.ts";

export interface ExecutorOptions {
  /** Folder of the notebook: the working directory, and where imports are resolved from. */
  readonly cwd: string;
  /** File name of the notebook, for `import.meta` in cells. Default: "notebook.ts". */
  readonly notebook?: string;
  /** A file beside whose packages those are looked for that the notebook's folder lacks. */
  readonly packagesFrom?: string;
  /** Environment variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Options of Node for the process, such as `--max-old-space-size=8192`. */
  readonly nodeOptions?: readonly string[];
}

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
  /** Ends the process. */
  close(): Promise<void>;
}

interface Running {
  readonly cell: number;
  readonly settle: (outcome: Outcome) => void;
}

/** Starts the process; resolves when it is ready for the first cell. */
export async function startExecutor(options: ExecutorOptions): Promise<Executor> {
  const child = spawnExecutor(options);
  const session = new ExecutorSession(child);
  await session.ready;
  return session;
}

function spawnExecutor(options: ExecutorOptions): ChildProcess {
  return fork(executorEntry(), [], {
    cwd: options.cwd,
    serialization: "advanced",
    stdio: ["ignore", "pipe", "pipe", "ipc", "pipe", "pipe"],
    execArgv: [
      // An interrupted timer callback would otherwise abort the process.
      "--no-force-async-hooks-checks",
      // Loading modules from a script is marked experimental in Node 20.
      "--disable-warning=ExperimentalWarning",
      ...(options.nodeOptions ?? []),
    ],
    env: {
      ...process.env,
      ...options.env,
      ...(options.notebook === undefined ? {} : { TSRSA_NOTEBOOK: options.notebook }),
      ...(options.packagesFrom === undefined ? {} : { TSRSA_PACKAGES_FROM: options.packagesFrom }),
    },
  });
}

/** One of the pipes besides the standard ones; the types of Node know five of them only. */
function pipeOf<T extends Readable | Writable>(child: ChildProcess, descriptor: number): T {
  return (child.stdio as readonly unknown[])[descriptor] as T;
}

/** The built entry: Node runs JavaScript only, also when this file runs from source in a test. */
function executorEntry(): string {
  const fromSource = import.meta.url.endsWith(".ts");
  const path = fromSource ? "../../dist/kernel/executor/main.js" : "../executor/main.js";
  return fileURLToPath(new URL(path, import.meta.url));
}

class ExecutorSession implements Executor {
  readonly ready: Promise<void>;
  readonly #child: ChildProcess;
  readonly #listeners = new Map<number, (output: Output) => void>();
  readonly #exited: Promise<void>;
  #running: Running | undefined;
  #newest = 0;
  #lastWords = "";
  #ended: CellError | undefined;
  #becomeReady: () => void = () => undefined;
  #killTimer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.ready = new Promise((resolve, reject) => {
      this.#becomeReady = resolve;
      child.once("error", reject);
      child.once("exit", (code, signal) => reject(new Error(this.#goodbye(code, signal).evalue)));
    });
    this.#exited = new Promise((resolve) => child.once("close", () => resolve()));
    child.once("close", (code, signal) => this.#onClose(code, signal));
    pipeOf<Readable>(child, outputPipe).on(
      "data",
      frameReader((frame) => this.#onFrame(frame)),
    );
    pipeOf<Writable>(child, guardPipe).on("error", () => undefined);
    child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#onText("stdout", text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => this.#onText("stderr", text));
  }

  async execute(code: string, { onOutput, cell }: ExecuteOptions = {}): Promise<Outcome> {
    if (this.#ended !== undefined) return { status: "error", error: this.#ended, exited: true };
    if (this.#running !== undefined)
      throw new Error("a cell is still running; wait for it, or interrupt it");
    this.#newest = cell ?? this.#newest + 1;
    const request = { type: "execute", cell: this.#newest, code } satisfies ExecutorRequest;
    if (onOutput === undefined) this.#listeners.delete(request.cell);
    else this.#listeners.set(request.cell, onOutput);
    return new Promise((settle) => {
      this.#running = { cell: request.cell, settle };
      this.#child.send(request, () => undefined);
    });
  }

  interrupt({ killAfterMs = 5000 }: { killAfterMs?: number } = {}): void {
    if (this.#ended !== undefined) return;
    pipeOf<Writable>(this.#child, guardPipe).write("i");
    if (this.#running !== undefined)
      this.#killTimer ??= setTimeout(() => this.#child.kill("SIGKILL"), killAfterMs);
  }

  async close(): Promise<void> {
    // Disconnecting would end the process too, but Node then never reports that its pipes are closed.
    if (this.#child.connected) this.#child.send({ type: "exit" } satisfies ExecutorRequest);
    const kill = setTimeout(() => this.#child.kill("SIGKILL"), 1000);
    await this.#exited;
    clearTimeout(kill);
  }

  #onFrame(frame: ExecutorFrame): void {
    if (frame.type === "ready") this.#becomeReady();
    else if (frame.type === "output") this.#listeners.get(frame.cell)?.(frame.output);
    else if (frame.cell === this.#running?.cell) this.#settle(frame.outcome);
  }

  /** What native code and child processes print goes past the streams of Node. */
  #onText(name: "stdout" | "stderr", text: string): void {
    this.#lastWords = (this.#lastWords + text).slice(-4000);
    this.#listeners.get(this.#newest)?.({ type: "stream", name, text });
  }

  #settle(outcome: Outcome): void {
    clearTimeout(this.#killTimer);
    this.#killTimer = undefined;
    const running = this.#running;
    this.#running = undefined;
    running?.settle(outcome);
  }

  #onClose(code: number | null, signal: NodeJS.Signals | null): void {
    this.#ended = this.#goodbye(code, signal);
    this.#settle({ status: "error", error: this.#ended, exited: true });
  }

  #goodbye(code: number | null, signal: NodeJS.Signals | null): CellError {
    const how = signal === null ? `code ${code}` : `signal ${signal}`;
    const why = /heap out of memory/.test(this.#lastWords)
      ? "; it ran out of memory: raise the limit with NODE_OPTIONS=--max-old-space-size=8192 (in MB)"
      : "";
    const evalue = `the execution process exited (${how}) and its variables are lost${why}`;
    return { ename: "ExecutorExit", evalue, frames: [], libraryFrames: 0 };
  }
}

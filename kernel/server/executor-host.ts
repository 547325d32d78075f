import type { CellError } from "../executor/protocol.ts";
import type { Executor, ExecutorOptions } from "../session/executor.ts";
import { startExecutor } from "#kernel/executors";

/** Keeps a process for the cells: the first is started at once, a new one when the last has ended. */
export class ExecutorHost {
  readonly #options: ExecutorOptions;
  #starting: Promise<Executor>;
  #running: Executor | undefined;
  #isPaused = false;
  #closed = false;

  constructor(options: ExecutorOptions) {
    this.#options = options;
    this.#starting = this.#start();
  }

  /** The process; waits until it can take a cell. A process that failed to start is tried again. */
  async get(): Promise<Executor> {
    try {
      return await this.#starting;
    } catch {
      this.#starting = this.#start();
      return this.#starting;
    }
  }

  /** The process, if there is one now. */
  get running(): Executor | undefined {
    return this.#running;
  }

  /** Makes the cells wait with what they show, while front ends cannot take it. */
  setPressure(isFull: boolean): void {
    this.#isPaused = isFull;
    if (isFull) this.#running?.pause();
    else this.#running?.resume();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#running?.resume();
    const last = await this.#starting.catch(() => undefined);
    await last?.close();
  }

  #start(): Promise<Executor> {
    const starting = startExecutor({ ...this.#options, onExit: (error) => this.#onExit(error) });
    starting.then(
      (executor) => {
        this.#running = executor;
        if (this.#isPaused) executor.pause();
      },
      () => undefined,
    );
    return starting;
  }

  #onExit(error: CellError): void {
    const wasRunning = this.#running !== undefined;
    this.#running = undefined;
    if (this.#closed) return;
    // One that never came up would only fail again; the next cell tries, and says why it cannot.
    if (wasRunning) this.#starting = this.#start();
    this.#options.onExit?.(error);
  }
}

import type { Thread, Threads } from "../core/thread.ts";
import { WorkerFailed } from "./errors.ts";
import type { KernelName } from "./kernels.ts";
import { workerScript } from "./worker-script.ts";

/** A kernel's blocks, and where each thread finds its parameters, scratch memory and the counter of blocks. */
export interface PoolWork {
  readonly kernel: KernelName;
  readonly params: number;
  readonly nBlocks: number;
  /** Scratch memory of worker k, k = 0, 1 … */
  readonly scratchOf: (worker: number) => number;
  /** Place of the counter among the int32 cells of the memory. */
  readonly at: number;
}

/** What wasm threads share. */
export interface Shared {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

interface Worker {
  readonly thread: Thread;
  ready: boolean;
  /** Called with undefined when the worker's part of the work is done, or with what went wrong. */
  finish: ((failure?: unknown) => void) | undefined;
}

/**
 * Worker threads beside the calling one. They start when first wanted, hold the process alive only while they work,
 * and take blocks of a kernel from a counter in shared memory. One that dies is replaced when next wanted.
 */
export class Pool {
  readonly #shared: Shared;
  readonly #threads: Threads;
  #workers: Worker[] = [];
  #unusable = false;
  #joining: ((worker: Worker) => void) | undefined;

  constructor(shared: Shared, threads: Threads) {
    this.#shared = shared;
    this.#threads = threads;
  }

  get nReady(): number {
    return this.#workers.filter(({ ready }) => ready).length;
  }

  get nStarted(): number {
    return this.#workers.length;
  }

  /** Have at least `count` workers started; they become ready in their own time. */
  start(count: number): void {
    while (!this.#unusable && this.#workers.length < count) this.#startWorker();
  }

  /** Stop all workers; they start again when wanted. */
  stop(): void {
    for (const { thread } of this.#workers) thread.stop();
    this.#workers = [];
  }

  /** Resolves when `count` workers are ready or none will be. For tests and benchmarks. */
  async ready(count: number): Promise<void> {
    this.start(count);
    while (!this.#unusable && this.nReady < Math.min(count, this.nStarted)) {
      await this.#threads.nextTurn();
    }
  }

  /**
   * Let at most `count` workers take blocks, those included that become ready meanwhile. The returned function waits
   * until they have finished the blocks they took. Throws what a kernel threw, or `WorkerFailed`.
   */
  join(work: PoolWork, count: number): () => Promise<void> {
    const parts: Promise<unknown>[] = [];
    const add = (worker: Worker): void => {
      if (parts.length < count) parts.push(this.#give(worker, work, parts.length));
    };
    this.#workers.filter(({ ready }) => ready).forEach(add);
    this.#joining = add;
    return async () => {
      this.#joining = undefined;
      const failures = (await Promise.all(parts)).filter((failure) => failure !== undefined);
      if (failures.length > 0) throw toError(failures[0]);
    };
  }

  #give(worker: Worker, work: PoolWork, index: number): Promise<unknown> {
    return new Promise((resolve) => {
      worker.finish = (failure) => {
        worker.finish = undefined;
        worker.thread.hold(false);
        resolve(failure instanceof Death ? new WorkerFailed(work.kernel, failure.cause) : failure);
      };
      worker.thread.hold(true);
      const { kernel, params, nBlocks, at } = work;
      worker.thread.post({ kernel, params, nBlocks, at, scratch: work.scratchOf(index) });
    });
  }

  #startWorker(): void {
    try {
      const worker: Worker = {
        thread: this.#newThread(() => worker),
        ready: false,
        finish: undefined,
      };
      this.#workers.push(worker);
      worker.thread.post(this.#shared);
    } catch {
      // A policy that forbids workers is no fault: the calling thread does the work alone.
      this.#unusable = true;
    }
  }

  #newThread(self: () => Worker): Thread {
    return this.#threads.startThread(workerScript, {
      onMessage: (message) => this.#receive(self(), message as WorkerMessage),
      onDeath: (cause) => this.#bury(self(), cause),
    });
  }

  #receive(worker: Worker, message: WorkerMessage): void {
    if (message.ready === true) {
      worker.ready = true;
      this.#joining?.(worker);
    } else if (message.done === true) {
      worker.finish?.(message.error);
    }
  }

  #bury(worker: Worker, cause: Error): void {
    // One that died before it was ready will not do better next time; one that was stopped is no longer listed.
    if (!worker.ready && this.#workers.includes(worker)) this.#unusable = true;
    this.#workers = this.#workers.filter((other) => other !== worker);
    worker.finish?.(new Death(cause));
  }
}

interface WorkerMessage {
  readonly ready?: boolean;
  readonly done?: boolean;
  readonly error?: unknown;
}

function toError(failure: unknown): Error {
  return failure instanceof Error ? failure : new Error(String(failure));
}

/** Tells the end of a thread from an error that a kernel threw. */
class Death {
  constructor(readonly cause: Error) {}
}

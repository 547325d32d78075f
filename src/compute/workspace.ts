import { InvalidArgument } from "../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import type { Threads } from "../core/thread.ts";
import { Arena } from "./arena.ts";
import { kernelOf, type Backend } from "./backend.ts";
import { align, type KernelName } from "./kernels.ts";
import { PARAMS_ADDRESS, writeParams } from "./params.ts";
import type { Pool } from "./pool.ts";
import type { RunOptions, Steps } from "./step.ts";
import { JOIN_MS } from "./which-path.ts";

/** Where the counter of blocks lies; see `worker-script.ts`. */
const COUNTER_CELL = 16;
/** Longest time in ms without a turn of the event loop, apart from the time of one block. */
const TURN_MS = 8;

/** What a job is, to the pool. */
export interface WorkspaceOptions extends Pick<JobOptions, "signal" | "jobs"> {
  /** Named in the message when the job is cancelled. */
  readonly work: string;
  /** Rough time of the whole job on one thread, in ms. */
  readonly expectedMs: number;
}

/** When the event loop was last let in, over all jobs: many short runs must not keep it waiting either. */
export interface Clock {
  lastYield: number;
}

/**
 * Memory and threads that one job has to itself. Blocks are numbered and independent and their results do not depend
 * on who computes them, so that the numbers are the same on any number of threads.
 */
export class Workspace extends Arena {
  readonly #backend: Backend;
  readonly #pool: Pool | undefined;
  readonly #options: WorkspaceOptions;
  readonly #threads: Threads;
  readonly #nWorkers: number;
  readonly #clock: Clock;
  #scratch = { bytes: 0, threads: 0, address: 0 };

  constructor(
    backend: Backend,
    pool: Pool | undefined,
    threads: Threads,
    options: WorkspaceOptions,
    clock: Clock,
  ) {
    super(backend);
    this.#clock = clock;
    this.#backend = backend;
    this.#pool = pool;
    this.#threads = threads;
    this.#options = options;
    this.#nWorkers = pool === undefined ? 0 : countThreads(options.jobs, threads) - 1;
  }

  /** Start the workers this job may use; they join when they are ready. */
  startWorkers(): void {
    this.#pool?.start(this.#nWorkers);
  }

  get kind(): Backend["kind"] {
    return this.#backend.kind;
  }

  override release(mark: number): void {
    super.release(mark);
    this.#scratch = { bytes: 0, threads: 0, address: 0 };
  }

  /** Run one block on the calling thread now. */
  runBlock(kernel: KernelName, params: readonly number[], block: number, scratchBytes = 0): void {
    const scratch = this.#scratchAddress(scratchBytes, 1);
    this.#setParams(params);
    kernelOf(this.#backend, kernel)(PARAMS_ADDRESS, block, scratch);
  }

  /** Run all blocks, here and on the workers. Throws `Cancelled`, `WorkerFailed`, `OutOfMemory`. */
  async run(
    kernel: KernelName,
    params: readonly number[],
    nBlocks: number,
    options: RunOptions = {},
  ): Promise<void> {
    throwIfCancelled(this.#options.signal, this.#options.work);
    const isShort = (options.expectedMs ?? Infinity) <= JOIN_MS;
    const helpers = isShort ? 0 : Math.max(0, Math.min(this.#nWorkers, nBlocks - 1));
    const scratch = this.#scratchAddress(options.scratchBytes ?? 0, helpers + 1);
    const bytes = this.#scratch.bytes;
    this.#setParams(params);
    const cells = new Int32Array(this.#backend.buffer(), 0, 64);
    Atomics.store(cells, COUNTER_CELL, 0);
    Atomics.store(cells, COUNTER_CELL + 1, 0);
    const wait = this.#pool?.join(
      {
        kernel,
        params: PARAMS_ADDRESS,
        nBlocks,
        scratchOf: (worker) => scratch + (worker + 1) * bytes,
        at: COUNTER_CELL,
      },
      helpers,
    );
    try {
      options.meanwhile?.();
      await this.#takeBlocks(kernel, nBlocks, scratch, cells, options.onBlocks);
    } finally {
      // Whatever happened here, no worker may still be writing when the memory is used again.
      Atomics.store(cells, COUNTER_CELL, nBlocks);
      await wait?.();
    }
    options.onBlocks?.(nBlocks);
  }

  /** Run a job step by step. Throws as {@link run}. */
  async runSteps<T>(steps: Steps<T>): Promise<T> {
    for (let next = steps.next(); ; next = steps.next()) {
      if (next.done === true) return next.value;
      const { kernel, params, nBlocks, options } = next.value;
      await this.run(kernel, params, nBlocks, options);
    }
  }

  async #takeBlocks(
    kernel: KernelName,
    nBlocks: number,
    scratch: number,
    cells: Int32Array,
    onBlocks: ((done: number) => void) | undefined,
  ): Promise<void> {
    const run = kernelOf(this.#backend, kernel);
    for (;;) {
      const block = Atomics.add(cells, COUNTER_CELL, 1);
      if (block >= nBlocks) return;
      run(PARAMS_ADDRESS, block, scratch);
      Atomics.add(cells, COUNTER_CELL + 1, 1);
      if (performance.now() - this.#clock.lastYield < TURN_MS) continue;
      onBlocks?.(Atomics.load(cells, COUNTER_CELL + 1));
      await this.#threads.nextTurn();
      this.#clock.lastYield = performance.now();
      throwIfCancelled(this.#options.signal, this.#options.work);
    }
  }

  #setParams(params: readonly number[]): void {
    writeParams(this.#backend.buffer(), params);
  }

  /** Scratch memory for so many threads, kept from one run to the next while it is large enough. */
  #scratchAddress(bytes: number, threads: number): number {
    if (bytes > this.#scratch.bytes || threads > this.#scratch.threads) {
      const each = align(Math.max(bytes, this.#scratch.bytes));
      this.#scratch = { bytes: each, threads, address: this.allocate(each * threads) };
    }
    return this.#scratch.address;
  }
}

/** Threads that a job may use: one per core unless it says otherwise. */
export function countThreads(jobs: number | undefined, threads: Threads): number {
  if (jobs === undefined || jobs === -1) return threads.threadCount();
  if (Number.isSafeInteger(jobs) && jobs > 0) return Math.min(jobs, 256);
  throw new InvalidArgument("jobs", jobs, "give a number of threads from 1, or −1 for all cores");
}

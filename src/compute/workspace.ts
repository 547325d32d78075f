import { nextTurn, startThread, threadCount } from "#platform/threads";
import { Cancelled, InvalidArgument } from "../core/errors.ts";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import type { Threads } from "../core/thread.ts";
import { twinBackend, wasmBackend, type Backend } from "./backend.ts";
import { align, type KernelName } from "./kernels.ts";
import { ARENA_ADDRESS, PARAMS_ADDRESS, writeParams } from "./params.ts";
import { Pool } from "./pool.ts";
import type { JobMemory, Steps } from "./step.ts";

/** Where the counter of blocks lies; see `worker-script.ts`. */
const COUNTER_CELL = 16;
/** Longest time in ms without a turn of the event loop, apart from the time of one block. */
const TURN_MS = 8;
/** Workers start once the jobs so far, together, were expected to take longer than this, in ms, on one thread. */
const START_MS = 25;
const JOIN_MS = 0.5;
/** Working memory larger than this is given back after the job. */
const KEPT_BYTES = 512 * 2 ** 20;

/** How one kernel is to be run over its blocks. */
export interface RunOptions {
  /** Bytes of scratch memory that each thread wants. */
  readonly scratchBytes?: number;
  /** Called on the calling thread with the number of finished blocks, now and then and at the end. */
  readonly onBlocks?: (done: number) => void;
  /** Work for the calling thread before it takes blocks itself, while the workers are at it. */
  readonly meanwhile?: () => void;
  /** Rough time of all blocks on one thread, in ms; a short one is not worth waking others. */
  readonly expectedMs?: number;
}

/** What a job is, to the pool. */
export interface WorkspaceOptions extends Pick<JobOptions, "signal" | "jobs"> {
  /** Named in the message when the job is cancelled. */
  readonly work: string;
  /** Rough time of the whole job on one thread, in ms. */
  readonly expectedMs: number;
}

/** When the event loop last had a turn, over all jobs: many short runs must not keep it waiting either. */
interface Clock {
  turn: number;
}

/**
 * Memory and threads that one job has to itself. Blocks are numbered and independent and their results do not depend
 * on who computes them, so that the numbers are the same on any number of threads.
 */
export class Workspace implements JobMemory {
  readonly #backend: Backend;
  readonly #pool: Pool | undefined;
  readonly #options: WorkspaceOptions;
  readonly #threads: Threads;
  readonly #nWorkers: number;
  readonly #clock: Clock;
  #end = ARENA_ADDRESS;
  #scratch = { bytes: 0, threads: 0, address: 0 };

  constructor(
    backend: Backend,
    pool: Pool | undefined,
    threads: Threads,
    options: WorkspaceOptions,
    clock: Clock,
  ) {
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

  /** Address of `bytes` bytes, 64-byte aligned, not cleared. Take views only after the last allocation. */
  allocate(bytes: number): number {
    const address = this.#end;
    this.#backend.reserve(address + align(bytes) + 64);
    this.#end = address + align(bytes);
    return address;
  }

  /** Where the next allocation will be; give it to `release` to free all that came after. */
  mark(): number {
    return this.#end;
  }

  release(mark: number): void {
    this.#end = mark;
    this.#scratch = { bytes: 0, threads: 0, address: 0 };
  }

  float64(address: number, length: number): Float64Array {
    return new Float64Array(this.#backend.buffer(), address, length);
  }

  int16(address: number, length: number): Int16Array {
    return new Int16Array(this.#backend.buffer(), address, length);
  }

  uint32(address: number, length: number): Uint32Array {
    return new Uint32Array(this.#backend.buffer(), address, length);
  }

  /** Run one block on the calling thread now. */
  runHere(kernel: KernelName, params: readonly number[], block: number, scratchBytes = 0): void {
    const scratch = this.#scratchAddress(scratchBytes, 1);
    this.#setParams(params);
    this.#backend.kernels[kernel](PARAMS_ADDRESS, block, scratch);
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
    const run = this.#backend.kernels[kernel];
    for (;;) {
      const block = Atomics.add(cells, COUNTER_CELL, 1);
      if (block >= nBlocks) return;
      run(PARAMS_ADDRESS, block, scratch);
      Atomics.add(cells, COUNTER_CELL + 1, 1);
      if (performance.now() - this.#clock.turn < TURN_MS) continue;
      onBlocks?.(Atomics.load(cells, COUNTER_CELL + 1));
      await this.#threads.nextTurn();
      this.#clock.turn = performance.now();
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

/** Gives each job in turn the one memory and the one pool of this program. */
export class ComputeEngine {
  readonly #threads: Threads;
  readonly #makeBackend: () => Promise<Backend>;
  #made: Promise<{ backend: Backend; pool: Pool | undefined }> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #clock: Clock = { turn: 0 };
  #expectedMs = 0;

  constructor(threads: Threads, makeBackend: () => Promise<Backend>) {
    this.#threads = threads;
    this.#makeBackend = makeBackend;
  }

  /** Run a job when those before it are done. It must not wait for another job inside. */
  use<T>(options: WorkspaceOptions, job: (workspace: Workspace) => Promise<T>): Promise<T> {
    let begun = false;
    const turn = this.#last.then(async () => {
      throwIfCancelled(options.signal, options.work);
      begun = true;
      countThreads(options.jobs, this.#threads);
      const { backend, pool } = await this.#make();
      const workspace = new Workspace(backend, pool, this.#threads, options, this.#clock);
      this.#expectedMs += options.expectedMs;
      if (this.#expectedMs > START_MS) workspace.startWorkers();
      return job(workspace);
    });
    const release = (): Promise<void> => this.#dropLargeMemory();
    this.#last = turn.then(release, release);
    return orCancelled(turn, options, () => !begun);
  }

  /** Wasm memory never shrinks: what one large job took is given back by starting afresh. */
  async #dropLargeMemory(): Promise<void> {
    const made = await this.#made?.catch(() => undefined);
    if (made === undefined || made.backend.buffer().byteLength <= KEPT_BYTES) return;
    made.pool?.stop();
    this.#made = undefined;
  }

  /** The pool, made if need be; undefined where there is only one thread. */
  async pool(): Promise<Pool | undefined> {
    return (await this.#make()).pool;
  }

  #make(): Promise<{ backend: Backend; pool: Pool | undefined }> {
    this.#made ??= this.#makeBackend().then((backend) => ({
      backend,
      pool: backend.share === undefined ? undefined : new Pool(backend.share, this.#threads),
    }));
    const made = this.#made;
    // What failed once is tried anew by the next job.
    made.catch(() => {
      if (this.#made === made) this.#made = undefined;
    });
    return made;
  }
}

/** The job's result; `Cancelled` at once when it is cancelled while it waits for its turn. */
function orCancelled<T>(
  turn: Promise<T>,
  { signal, work }: WorkspaceOptions,
  isWaiting: () => boolean,
): Promise<T> {
  if (signal === undefined) return turn;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      if (isWaiting()) reject(new Cancelled(work));
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
    const end = (): void => signal.removeEventListener("abort", stop);
    turn.then(resolve, reject).finally(end);
  });
}

/** Threads of this platform. */
export const platformThreads: Threads = { startThread, threadCount, nextTurn };

/** The engine of this program: wasm and a pool where there can be, else plain TypeScript on one thread. */
export const computeEngine = new ComputeEngine(
  platformThreads,
  async () => (await wasmBackend()) ?? twinBackend(),
);

/** An engine that runs the plain TypeScript kernels on one thread. */
export function twinEngine(): ComputeEngine {
  return new ComputeEngine(platformThreads, async () => twinBackend());
}

function countThreads(jobs: number | undefined, threads: Threads): number {
  if (jobs === undefined || jobs === -1) return threads.threadCount();
  if (Number.isSafeInteger(jobs) && jobs > 0) return Math.min(jobs, 256);
  throw new InvalidArgument("jobs", jobs, "give a number of threads from 1, or −1 for all cores");
}

import { nextTurn, startThread, threadCount } from "#platform/threads";
import { Cancelled } from "../core/errors.ts";
import { throwIfCancelled } from "../core/job.ts";
import type { Threads } from "../core/thread.ts";
import { twinBackend, wasmBackend, type Backend } from "./backend.ts";
import { Pool } from "./pool.ts";
import { START_MS } from "./which-path.ts";
import { countThreads, Workspace, type Clock, type WorkspaceOptions } from "./workspace.ts";

/** Working memory larger than this is given back after the job. */
const KEPT_BYTES = 512 * 2 ** 20;

/** Gives each job in turn the one memory and the one pool of this program. */
export class ComputeEngine {
  readonly #threads: Threads;
  readonly #makeBackend: () => Promise<Backend>;
  #made: Promise<{ backend: Backend; pool: Pool | undefined }> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #clock: Clock = { lastYield: 0 };
  #expectedMs = 0;

  constructor(threads: Threads, makeBackend: () => Promise<Backend>) {
    this.#threads = threads;
    this.#makeBackend = makeBackend;
  }

  /** Run a job when those before it are done. It must not wait for another job inside. */
  use<T>(options: WorkspaceOptions, job: (workspace: Workspace) => Promise<T>): Promise<T> {
    let begun = false;
    const queued = this.#last.then(async () => {
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
    this.#last = queued.then(release, release);
    return orCancelled(queued, options, () => !begun);
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
  queued: Promise<T>,
  { signal, work }: WorkspaceOptions,
  isWaiting: () => boolean,
): Promise<T> {
  if (signal === undefined) return queued;
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      if (isWaiting()) reject(new Cancelled(work));
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
    const end = (): void => signal.removeEventListener("abort", stop);
    queued.then(resolve, reject).finally(end);
  });
}

/** Threads of this platform. */
export const platformThreads: Threads = { startThread, threadCount, nextTurn };

/** The engine of this program: wasm and a pool where there can be, else plain TypeScript on one thread. */
export const computeEngine = new ComputeEngine(
  platformThreads,
  async () => (await wasmBackend()) ?? twinBackend(),
);

/** An engine that runs the plain twins of the kernels of regressions, on one thread. */
export function twinEngine(): ComputeEngine {
  return new ComputeEngine(platformThreads, async () => twinBackend());
}

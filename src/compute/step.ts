import type { KernelName } from "./kernels.ts";

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

/** A kernel to be run over its blocks before the job goes on. */
export interface Step {
  readonly kernel: KernelName;
  readonly params: readonly number[];
  readonly nBlocks: number;
  readonly options?: RunOptions;
}

/** A job that yields its steps: the same job runs on all threads, waiting between steps, or here and now. */
export type Steps<T> = Generator<Step, T, void>;

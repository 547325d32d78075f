import type { KernelName } from "./kernels.ts";
import type { RunOptions } from "./workspace.ts";

/** Memory of one job, to take parts of and to look at. */
export interface JobMemory {
  allocate(bytes: number): number;
  float64(address: number, length: number): Float64Array;
  int16(address: number, length: number): Int16Array;
  uint32(address: number, length: number): Uint32Array;
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

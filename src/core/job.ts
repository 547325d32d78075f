import { Cancelled } from "./errors.ts";

/** How far a long job has come. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
}

/** What every long job takes. */
export interface JobOptions {
  /** Cancels the job; it then throws `Cancelled`. */
  readonly signal?: AbortSignal;
  /** Called as the job goes on; `false` says nothing. Default: one live line in a notebook or terminal. */
  readonly onProgress?: ((progress: JobProgress) => void) | false;
  /** Number of threads; −1 (default): one per core. The numbers are the same for any. */
  readonly jobs?: number;
}

/** Throws `Cancelled` when the signal has fired. */
export function throwIfCancelled(signal: AbortSignal | undefined, work: string): void {
  if (signal?.aborted === true) throw new Cancelled(work);
}

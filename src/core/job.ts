import { nextTurn } from "#platform/threads";
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
  /** Called as the job goes on; `false` says nothing. Default, and `true`: one live line in a notebook or terminal. */
  readonly onProgress?: ((progress: JobProgress) => void) | boolean;
  /** Number of threads; −1 (default): one per core. The numbers are the same for any. */
  readonly jobs?: number;
}

/** Throws `Cancelled` when the signal has fired. */
export function throwIfCancelled(signal: AbortSignal | undefined, work: string): void {
  if (signal?.aborted === true) throw new Cancelled(work);
}

/** Longest time in ms for which a loop keeps the event loop waiting, apart from the time of one step. */
const TURN_MS = 8;

/** When a long loop lets timers, messages and signals have their turn. */
export interface Pause {
  /** Whether it is time; cheap enough for every step. */
  due(): boolean;
  /** Lets them have their turn. Throws `Cancelled` when the signal has fired. */
  turn(): Promise<void>;
}

/** Pauses of one long loop: `if (pause.due()) await pause.turn();` after each step. Throws `Cancelled` for a signal that has fired. */
export function pauses(signal: AbortSignal | undefined, work: string): Pause {
  throwIfCancelled(signal, work);
  let last = performance.now();
  return {
    due: () => performance.now() - last >= TURN_MS,
    turn: async () => {
      await nextTurn();
      throwIfCancelled(signal, work);
      last = performance.now();
    },
  };
}

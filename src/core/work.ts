import type { Pause } from "./job.ts";

/** Work that can be left after each step and gone on with: a generator that yields where it may pause. */
export type Work<T> = Generator<void, T, void>;

/** What comes of work, at one go. */
export function atOnce<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** What comes of work, with pauses for timers, messages and signals. Throws `Cancelled`. */
export async function inTurns<T>(work: Work<T>, pause: Pause): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (pause.due()) await pause.turn();
  }
}

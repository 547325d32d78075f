import type { Pause } from "../../core/job.ts";

/** Work that can be left after each step and gone on with: a search, which yields after each value it asks for. */
export type Search<T> = Generator<void, T, void>;

/** What a search finds, at one go. */
export function atOnce<T>(search: Search<T>): T {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
  }
}

/** What a search finds, with pauses for the event loop. Throws `Cancelled`. */
export async function inTurns<T>(search: Search<T>, pause: Pause): Promise<T> {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
    if (pause.due()) await pause.turn();
  }
}

import { nextTurn } from "#platform/threads";
import { throwIfCancelled } from "./job.ts";

/** Longest time in ms without a turn of the event loop, apart from the time of one step. */
const TURN_MS = 8;

/**
 * What a long loop awaits after every step: timers, interrupts and the progress line have their turn now and then, and
 * a job that was cancelled, even before it began, throws `Cancelled`.
 *
 * @param work - what is being done, for the message.
 * @param onTurn - called before each turn, for example to say how far the loop is.
 */
export function pauses(
  signal: AbortSignal | undefined,
  work: string,
  onTurn?: () => void,
): () => Promise<void> | undefined {
  throwIfCancelled(signal, work);
  let turn = performance.now();
  return () => (performance.now() - turn < TURN_MS ? undefined : pause());

  async function pause(): Promise<void> {
    onTurn?.();
    await nextTurn();
    turn = performance.now();
    throwIfCancelled(signal, work);
  }
}

import { send } from "./channel.ts";
import { inWork } from "./context.ts";
import type { Outcome } from "./protocol.ts";
import { flushStreams } from "./streams.ts";

/** Messages of comms whose handlers have not ended. */
const handled = new Set<number>();

/** Hands a message to the code of a cell; `done` with the number of the work tells that it was handled. */
export function runComm(
  work: number,
  receive: () => unknown,
  { failed, isBusy }: { failed: (error: unknown) => Outcome; isBusy: () => boolean },
): void {
  handled.add(work);
  inWork(work, isBusy(), () => {
    try {
      Promise.resolve(receive()).then(
        () => finish(work, { status: "ok" }),
        (error: unknown) => finish(work, failed(error)),
      );
    } catch (error) {
      finish(work, failed(error));
    }
  });
}

/** A handler that was ended by an interrupt cannot report itself. */
export function endComms(outcome: Outcome): void {
  for (const work of [...handled]) finish(work, outcome);
}

function finish(work: number, outcome: Outcome): void {
  if (!handled.delete(work)) return;
  flushStreams();
  send({ type: "done", cell: work, outcome });
}

import { send } from "#kernel/channel";
import { inWork } from "#kernel/context";
import type { Outcome } from "./protocol.ts";
import { flushStreams } from "./streams.ts";
import { beginWaits, endWaits } from "./waiting.ts";

/** What runs beside the cell: messages of comms whose handlers have not ended, and cells of subshells. */
const handled = new Set<number>();

/** Runs code beside the cell; `done` with the number of the work tells that it has ended. */
export function runComm(
  work: number,
  receive: () => unknown,
  { failed, isBusy }: { failed: (error: unknown) => Outcome; isBusy: () => boolean },
): void {
  handled.add(work);
  beginWaits(work);
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
  endWaits(work);
  flushStreams();
  send({ type: "done", cell: work, outcome });
}

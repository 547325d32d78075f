import { nextTurn } from "#platform/threads";
import { throwIfCancelled, type JobOptions } from "../core/job.ts";
import { patchRdm } from "./patch-rdm.ts";
import type { PatchedPatterns } from "./sensor-searchlight.ts";
import { slidingRdms, slidingSeries } from "./sliding-patches.ts";

/** Longest time in ms without a turn of the event loop, apart from the time of one patch. */
const TURN_MS = 8;

/** The condensed dissimilarities of every patch, in order; sliding windows are updated rather than computed afresh. */
export async function* patchRdms(
  patched: PatchedPatterns,
  job: JobOptions,
): AsyncGenerator<Float64Array> {
  const series = slidingSeries(patched);
  if (series !== undefined) {
    yield* slidingRdms(patched, series, job);
    return;
  }
  let turn = performance.now();
  for (const patch of patched.patches) {
    throwIfCancelled(job.signal, "computing RDMs");
    yield patchRdm(patched, patch);
    // Lets timers, interrupts and the progress line have their turn.
    if (performance.now() - turn < TURN_MS) continue;
    await nextTurn();
    turn = performance.now();
  }
}

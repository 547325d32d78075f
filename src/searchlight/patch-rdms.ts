import { slidingWindowRdms } from "../compute/sliding-windows.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { toFloat64 } from "../core/matrix.ts";
import { slidingWindows } from "./kernel-walk.ts";
import { noisyRdms } from "./noise/noisy-rdms.ts";
import { patchRdmOnThreads } from "./patch-rdm.ts";
import { checkMetricFor, type PatchMetricOptions } from "./patch-metric.ts";
import type { PatchedPatterns } from "./patched-patterns.ts";

/**
 * The condensed dissimilarities of every patch, in order, computed as they are asked for. Windows along time slide, on
 * all threads; other patches are computed one by one. Throws `Cancelled`.
 */
export async function* patchRdms(
  patched: PatchedPatterns,
  options: PatchMetricOptions,
  job: JobOptions,
): AsyncGenerator<Float64Array, void, undefined> {
  checkMetricFor(options, patched.nFolds);
  const pause = pauses(job.signal, "computing RDMs");
  const noisy = noisyRdms(patched, options, job);
  if (noisy !== undefined) {
    for await (const rdm of noisy) {
      yield rdm;
      if (pause.due()) await pause.turn();
    }
    return;
  }
  const windows = patched.noise === undefined ? slidingWindows(patched, options) : undefined;
  if (windows === undefined) {
    for (let at = 0; at < patched.patches.length; at++) {
      yield await patchRdmOnThreads(patched, at, options, job);
      if (pause.due()) await pause.turn();
    }
    return;
  }
  const { places, ...series } = windows;
  const numbers = toFloat64(patched.data);
  for (const channels of places)
    yield* slidingWindowRdms(numbers, { ...series, channels }, { ...job, onProgress: false });
}

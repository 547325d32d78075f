import { pauses, type JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import type { Relabellings } from "./relabellings.ts";

/** What a permutation test takes to be watched and stopped. It runs on one thread. */
export type WatchOptions = Pick<JobOptions, "signal" | "onProgress">;

/** Calls `each` for every relabelling; timers, messages and a cancellation have their turn in between. */
export async function walk(
  relabellings: Relabellings,
  job: WatchOptions,
  each: (labels: Int8Array, way: number) => void,
): Promise<void> {
  const line = reporter(job, "permutations", relabellings.count);
  let way = 0;
  const pause = pauses(job.signal, "permutation test");
  for (const labels of relabellings.all()) {
    each(labels, way++);
    if (!pause.due()) continue;
    line.update(way);
    await pause.turn();
  }
  line.update(way);
  line.finish();
}

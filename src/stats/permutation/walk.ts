import { pauses, type JobOptions } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import type { Relabellings } from "./relabellings.ts";

/** What a permutation test takes to be watched and stopped. It runs on one thread. */
export type WatchOptions = Pick<JobOptions, "signal" | "onProgress">;

/**
 * Calls `each` for every relabelling; timers, messages and a cancellation have their turn in between. With a range only
 * for those from … to, and first for the data as they are. The stream of labels is gone through from its start.
 */
export async function walk(
  relabellings: Relabellings,
  job: WatchOptions,
  each: (labels: Int8Array, way: number) => void,
  [from, to]: readonly [number, number] = [0, relabellings.count],
): Promise<void> {
  const line = reporter(job, "permutations", to);
  let way = 0;
  const pause = pauses(job.signal, "permutation test");
  for (const labels of relabellings.all()) {
    if (way >= to) break;
    if (way === 0 || way >= from) each(labels, way);
    way++;
    if (!pause.due()) continue;
    line.update(way);
    await pause.turn();
  }
  line.update(way);
  line.finish();
}

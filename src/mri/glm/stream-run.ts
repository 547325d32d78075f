import { pauses, type JobOptions } from "../../core/job.ts";
import type { DataSource } from "../functional-data.ts";

/** Some rows of one voxel: in the first `count` places of `values`, from row `first` on. */
export type TakeSeries = (
  voxel: number,
  values: Float64Array,
  first: number,
  count: number,
) => void;

/**
 * Go once over the volumes of a run, voxel by voxel within what is in memory.
 *
 * @param positions - where the data have the voxels wanted.
 * @param kept - numbers of the volumes that count, ascending: the rows.
 */
export async function streamRun(
  source: DataSource,
  positions: Int32Array,
  kept: Int32Array,
  job: JobOptions,
  take: TakeSeries,
): Promise<void> {
  const pause = pauses(job.signal, "fitting");
  const values = new Float64Array(kept.length);
  let row = 0;
  for await (const { data, first, nVolumes } of source.batches(job)) {
    const from = row;
    while (row < kept.length && kept[row] < first + nVolumes) row++;
    const count = row - from;
    if (count === 0) continue;
    for (let v = 0; v < positions.length; v++) {
      const at = positions[v] * nVolumes - first;
      for (let t = 0; t < count; t++) values[t] = data[at + kept[from + t]];
      take(v, values, from, count);
      if ((v & 255) === 255 && pause.due()) await pause.turn();
    }
  }
}

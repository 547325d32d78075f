import { throwIfCancelled, type JobOptions } from "../../core/job.ts";
import type { SeriesRows } from "../../stats/regression/add-rows.ts";
import type { DataSource } from "../functional-data.ts";

/** Rows of a run that are in memory together. */
export interface RowBatch extends SeriesRows {
  /** How much of the run has been read with them, as a share. */
  readonly share: number;
}

/**
 * Go once over the volumes of a run, some at a time.
 *
 * @param positions - where the data have the voxels wanted: the series.
 * @param kept - numbers of the volumes that count, ascending: the rows.
 */
export async function* streamRun(
  source: DataSource,
  positions: Int32Array,
  kept: Int32Array,
  job: JobOptions,
): AsyncGenerator<RowBatch, void, undefined> {
  let row = 0;
  for await (const { data, first, nVolumes } of source.batches(job)) {
    throwIfCancelled(job.signal, "fitting");
    const from = row;
    while (row < kept.length && kept[row] < first + nVolumes) row++;
    const count = row - from;
    if (count === 0) continue;
    const read = (series: number, values: Float64Array): void => {
      const at = positions[series] * nVolumes - first;
      for (let t = 0; t < count; t++) values[t] = data[at + kept[from + t]];
    };
    yield { first: from, count, read, share: (first + nVolumes) / source.nVolumes };
  }
}

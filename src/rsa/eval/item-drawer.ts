import { withItemSamples } from "../../compute/item-samples.ts";
import { worthSampling } from "../../compute/which-path.ts";
import type { JobOptions } from "../../core/job.ts";
import { compared, drawnItems, type Compared, type ToCompare } from "./compared.ts";
import { timesDrawn } from "./draws.ts";
import { comparedSample } from "./sampled.ts";

/** Different items that a sample must have. */
const FEWEST = 3;

/** Compares on the items drawn; null when a sample has too few different ones. */
export type ItemDrawer = (items: ArrayLike<number> | undefined) => Promise<Compared | null>;

/** Run a job that draws items again and again from the same RDMs. It must not use the compute engine otherwise. */
export function withItemDrawer<T>(
  from: ToCompare,
  job: JobOptions,
  run: (draw: ItemDrawer) => Promise<T>,
): Promise<T> {
  const { data, predictions, groups, comparison, shape } = from;
  const { product: sampled } = comparison;
  const quiet = { ...job, onProgress: false as const };
  if (sampled === undefined || shape.known !== undefined || !worthSampling(shape.nItems)) {
    return run(enough(shape.nItems, (_times, items) => compared(drawnItems(from, items), quiet)));
  }
  return withItemSamples([...data, ...predictions], shape.nItems, sampled.scale, job, (samples) =>
    run(
      enough(shape.nItems, async (times) =>
        comparedSample(await samples.draw(times), groups, sampled),
      ),
    ),
  );
}

function enough(
  nItems: number,
  compare: (times: Float64Array, items: ArrayLike<number>) => Promise<Compared>,
): ItemDrawer {
  const everyOne = Int32Array.from({ length: nItems }, (_, i) => i);
  return async (items = everyOne) => {
    const times = timesDrawn(items, nItems, "items");
    return times.filter((count) => count > 0).length < FEWEST ? null : compare(times, items);
  };
}

import { canSampleItems, withItemSamples, type SampleScale } from "../../compute/item-samples.ts";
import type { JobOptions } from "../../core/job.ts";
import type { CanonicalMethod } from "../compare/methods.ts";
import { compared, drawnItems, type Compared, type ToCompare } from "./compared.ts";
import { timesDrawn } from "./draws.ts";
import { comparedSample } from "./sampled.ts";

/** Different items that a sample must have. */
const FEWEST = 3;

/** Compares on the items drawn; null when a sample has too few different ones. */
export type ItemDrawer = (items: ArrayLike<number> | undefined) => Promise<Compared | null>;

/** Fewer items are compared faster one sample at a time. */
let fewItems = 60;

/** From how many items on samples weigh vectors that are prepared once: for tests. */
export function setFewItems(n: number): void {
  fewItems = n;
}

/** Methods whose scores are products of vectors that a sample only weighs anew. */
const scales: Partial<Record<CanonicalMethod, SampleScale>> = {
  spearman: "ranks",
  "rho-a": "ranks",
  corr: "centred",
  cosine: "values",
};

/** Run a job that draws items again and again from the same RDMs. It must not use the compute engine otherwise. */
export function withItemDrawer<T>(
  from: ToCompare,
  job: JobOptions,
  run: (draw: ItemDrawer) => Promise<T>,
): Promise<T> {
  const { data, predictions, groups, method, shape } = from;
  const scale = scales[method];
  const quiet = { ...job, onProgress: false as const };
  if (
    scale === undefined ||
    shape.known !== undefined ||
    shape.nItems < fewItems ||
    !canSampleItems(shape.nItems)
  ) {
    return run(enough(shape.nItems, (_times, items) => compared(drawnItems(from, items), quiet)));
  }
  return withItemSamples([...data, ...predictions], shape.nItems, scale, job, (samples) =>
    run(
      enough(shape.nItems, async (times) =>
        comparedSample(await samples.draw(times), groups, method),
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

import { threadCount } from "#platform/threads";
import { withItemSamples } from "../../compute/item-samples.ts";
import type { SampleVector } from "../../compute/sample-vector.ts";
import { worthSampling } from "../../compute/which-path.ts";
import type { JobOptions } from "../../core/job.ts";
import type { ProductScore } from "../comparisons/comparison.ts";
import { MOST_REMEMBERED } from "./ceiling.ts";
import { compared, drawnItems, type Compared, type ToCompare } from "./compared.ts";
import { timesDrawn } from "./draws.ts";
import { comparedSample } from "./sampled.ts";

/** Different items that a sample must have. */
const FEWEST = 3;

/** Compares on the items drawn, without a draw on each once; null when a sample has too few different ones. */
export type ItemDrawer = (items?: ArrayLike<number>) => Promise<Compared | null>;

/** Run a job that draws items again and again from the same RDMs. It must not use the compute engine otherwise. */
export function withItemDrawer<T>(
  from: ToCompare,
  job: JobOptions,
  run: (draw: ItemDrawer) => Promise<T>,
): Promise<T> {
  const { data, predictions, shape } = from;
  const sampled = sampledBy(from);
  const quiet = { ...job, onProgress: false as const };
  if (sampled === undefined) {
    return run(enough(shape.nItems, (_times, items) => compared(drawnItems(from, items), quiet)));
  }
  return withSampleDrawer([...data, ...predictions], from, sampled, job, run);
}

/** The same of vectors that need not be in memory: those of the data RDMs, and of the predictions. */
export function withSampleDrawer<T>(
  vectors: readonly SampleVector[],
  { groups, shape: { nItems } }: Pick<ToCompare, "groups" | "shape">,
  sampled: ProductScore,
  job: JobOptions,
  run: (draw: ItemDrawer) => Promise<T>,
): Promise<T> {
  return withItemSamples(vectors, nItems, sampled.scale, job, (samples) =>
    run(
      enough(nItems, async (times) => comparedSample(await samples.draw(times), groups, sampled)),
    ),
  );
}

/** How samples are scored by their products; undefined: they are compared one at a time. */
function sampledBy({ comparison, shape }: ToCompare): ProductScore | undefined {
  return shape.known === undefined && worthSampling(shape.nItems) ? comparison.product : undefined;
}

/** Bytes that kernels are given. */
const MOST_BYTES = 3.6e9;
/** Bytes of a pair: in each vector and its sample, in each thread that deals out a pool, and in ranking, sums and weights. */
const PAIR_BYTES = { vector: 8, thread: 8, shared: 24 };

/**
 * True when ceilings of drawn RDMs come sooner from a sample that has each item once: of ranks, where so many groups are
 * drawn that hardly two draws are the same.
 */
export function ranksFasterBySample(from: ToCompare, { jobs = -1 }: JobOptions): boolean {
  const { data, predictions, groups, shape } = from;
  if (sampledBy(from)?.scale !== "ranks" || groups.count <= MOST_REMEMBERED) return false;
  if (shape.nItems < FEWEST) return false;
  const nPairs = (shape.nItems * (shape.nItems - 1)) / 2;
  const { vector, thread, shared } = PAIR_BYTES;
  const nThreads = jobs > 0 ? jobs : threadCount();
  const bytes = vector * (data.length + predictions.length) + thread * nThreads + shared;
  return bytes * nPairs < MOST_BYTES;
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

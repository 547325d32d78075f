import type { JobOptions } from "../../core/job.ts";
import { compared, drawnItems, type Compared, type ToCompare } from "./compared.ts";
import { timesDrawn } from "./draws.ts";

/** Different items that a sample must have. */
const FEWEST = 3;

/** Compares on the items drawn; null when a sample has too few different ones. */
export type ItemDrawer = (
  items: ArrayLike<number> | undefined,
  sample: number,
) => Promise<Compared | null>;

/** How items are drawn again and again from the same RDMs. */
export function itemDrawer(from: ToCompare, job: JobOptions): ItemDrawer {
  const quiet = { ...job, onProgress: false as const };
  const everyOne = Int32Array.from({ length: from.shape.nItems }, (_, i) => i);
  return async (items = everyOne) => {
    const times = timesDrawn(items, from.shape.nItems, "items");
    if (times.filter((count) => count > 0).length < FEWEST) return null;
    return compared(drawnItems(from, items), quiet);
  };
}

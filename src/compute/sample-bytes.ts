import type { SampleScale } from "./sample-products.ts";

/** What the memory that samples take depends on. */
export interface SampleSizes {
  readonly scale: SampleScale;
  readonly nVectors: number;
  readonly nItems: number;
  /** Different items of the sample that has most. */
  readonly mostDrawn: number;
  readonly jobs: number;
}

/** Room of a thread beside its entries, and of small lists. */
const TABLES = 2 ** 21;

/** Bytes that samples of items take, at most, beside the vectors that are given (see `item-samples.ts`). */
export function sampleBytes({ scale, nVectors, nItems, mostDrawn, jobs }: SampleSizes): number {
  const n = pairs(nItems);
  const drawn = pairs(mostDrawn);
  if (scale !== "ranks") return 8 * (nVectors * (n + drawn) + drawn) + TABLES;
  // Ranks stay; one vector is ranked at a time, then all are pooled as they are, sorted, and drawn from.
  const ranking = 20 * n + TABLES;
  const pooling = (size: number): number => (12 + 8 * jobs) * size + jobs * TABLES;
  return (
    4 * nVectors * n +
    Math.max(ranking, pooling(n), 8 * jobs * n, 4 * nVectors * drawn + pooling(drawn))
  );
}

function pairs(nItems: number): number {
  return (nItems * (nItems - 1)) / 2;
}

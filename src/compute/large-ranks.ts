import type { AverageRanks } from "./average-ranks.ts";
import { sortScratchBytes } from "./kernels.ts";
import type { Arena } from "./arena.ts";
import { inOrder } from "./layouts.ts";
import type { Steps } from "./step.ts";

/** From so many values on, a vector is ranked bucket by bucket, each in the cache. */
export const LARGE = 2 ** 18;
/** Values that one thread spreads at a time. */
const CHUNK = 2 ** 16;
/** Values in a bucket, on average at least. */
const BUCKET = 2 ** 13;
const VALUES_PER_MS = 3e5;

/**
 * Ranks of one long vector: its values are spread into buckets by size, every bucket is ranked in the cache, and the
 * ranks are fetched back. The grid of chunks and buckets depends on the length and range of the values alone.
 * Undefined when the values hold NaN or leave no range to divide: equal values, infinities.
 */
export function* largeRanks(arena: Arena, vector: Float64Array): Steps<AverageRanks | undefined> {
  const n = vector.length;
  const values = arena.allocate(n * 8);
  arena.float64(values, n).set(vector);
  const tieSum = yield* rankLarge(arena, values, n);
  return tieSum === undefined ? undefined : { ranks: arena.float64(values, n).slice(), tieSum };
}

/** The same in the place of the values; returns their tie sum. Undefined: the values are as they were. */
export function* rankLarge(arena: Arena, values: number, n: number): Steps<number | undefined> {
  const nChunks = Math.ceil(n / CHUNK);
  const nBuckets = Math.min(2048, 2 ** Math.floor(Math.log2(n / BUCKET)));
  const ranges = arena.allocate(nChunks * 16);
  const tables = arena.allocate(nChunks * nBuckets * 4);
  const starts = arena.allocate((nBuckets + 1) * 4);
  const ties = arena.allocate(nBuckets * 8);
  const sizes = { n, values, chunkLength: CHUNK, ranges, tables, nBuckets, starts, ties };
  const range = inOrder("largeRanks", { ...sizes, least: 0, scale: 0, spread: 0, buckets: 0 });
  const options = { expectedMs: n / VALUES_PER_MS / 4, scratchBytes: nBuckets * 4 };
  yield { kernel: "chunkRange", params: range, nBlocks: nChunks, options };
  const least = arena.float64(ranges, nChunks * 2).reduce((a, b) => Math.min(a, b));
  const most = arena.float64(ranges, nChunks * 2).reduce((a, b) => Math.max(a, b));
  const scale = (nBuckets - 1) / (most - least);
  if (!(scale > 0 && scale < Infinity)) return undefined;
  const spread = arena.allocate(n * 8);
  const buckets = arena.allocate(n * 2);
  const params = inOrder("largeRanks", { ...sizes, least, scale, spread, buckets });
  yield { kernel: "chunkCounts", params, nBlocks: nChunks, options };
  const largest = toOffsets(
    arena.uint32(tables, nChunks * nBuckets),
    arena.uint32(starts, nBuckets + 1),
  );
  yield { kernel: "chunkSpread", params, nBlocks: nChunks, options };
  yield {
    kernel: "bucketRanks",
    params,
    nBlocks: nBuckets,
    options: { expectedMs: n / VALUES_PER_MS, scratchBytes: sortScratchBytes(largest) },
  };
  yield { kernel: "chunkRanks", params, nBlocks: nChunks, options };
  return arena.float64(ties, nBuckets).reduce((sum, tie) => sum + tie, 0);
}

/** Counts [chunk][bucket] become the place of each chunk's first value in each bucket; returns the largest bucket. */
function toOffsets(tables: Uint32Array, starts: Uint32Array): number {
  const nBuckets = starts.length - 1;
  let total = 0;
  let largest = 0;
  for (let bucket = 0; bucket < nBuckets; bucket++) {
    starts[bucket] = total;
    for (let at = bucket; at < tables.length; at += nBuckets) {
      const count = tables[at];
      tables[at] = total;
      total += count;
    }
    largest = Math.max(largest, total - starts[bucket]);
  }
  starts[nBuckets] = total;
  return largest;
}

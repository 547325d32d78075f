import type { AverageRanks } from "./average-ranks.ts";
import { sortScratchBytes } from "./kernels.ts";
import type { Arena } from "./arena.ts";
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
export function* largeRanks(memory: Arena, vector: Float64Array): Steps<AverageRanks | undefined> {
  const n = vector.length;
  const nChunks = Math.ceil(n / CHUNK);
  const nBuckets = Math.min(2048, 2 ** Math.floor(Math.log2(n / BUCKET)));
  const values = memory.allocate(n * 8);
  memory.float64(values, n).set(vector);
  const ranges = memory.allocate(nChunks * 16);
  const tables = memory.allocate(nChunks * nBuckets * 4);
  const starts = memory.allocate((nBuckets + 1) * 4);
  const ties = memory.allocate(nBuckets * 8);
  const params = [n, values, CHUNK, ranges, tables, nBuckets, 0, 0, 0, starts, ties];
  const options = { expectedMs: n / VALUES_PER_MS / 4, scratchBytes: nBuckets * 4 };
  yield { kernel: "chunkRange", params, nBlocks: nChunks, options };
  const least = memory.float64(ranges, nChunks * 2).reduce((a, b) => Math.min(a, b));
  const most = memory.float64(ranges, nChunks * 2).reduce((a, b) => Math.max(a, b));
  const scale = (nBuckets - 1) / (most - least);
  if (!(scale > 0 && scale < Infinity)) return undefined;
  params[6] = least;
  params[7] = scale;
  params[8] = memory.allocate(n * 8);
  params[11] = memory.allocate(n * 2);
  yield { kernel: "chunkCounts", params, nBlocks: nChunks, options };
  const largest = toOffsets(
    memory.uint32(tables, nChunks * nBuckets),
    memory.uint32(starts, nBuckets + 1),
  );
  yield { kernel: "chunkSpread", params, nBlocks: nChunks, options };
  yield {
    kernel: "bucketRanks",
    params,
    nBlocks: nBuckets,
    options: { expectedMs: n / VALUES_PER_MS, scratchBytes: sortScratchBytes(largest) },
  };
  yield { kernel: "chunkRanks", params, nBlocks: nChunks, options };
  return {
    ranks: memory.float64(values, n).slice(),
    tieSum: memory.float64(ties, nBuckets).reduce((sum, tie) => sum + tie, 0),
  };
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

/** A piece of work: parameters at an address, the number of the block, scratch memory of this thread alone. */
export type Kernel = (params: number, block: number, scratch: number) => void;

/** The kernels of `assembly/`. Those of regressions have a plain twin, what the others compute has a plain path. */
export const kernelNames = [
  "windowNorms",
  "windowTiles",
  "gramTiles",
  "gramByteTiles",
  "gramReduce",
  "gramFinish",
  "rankVectors",
  "rankTiles",
  "packedProducts",
  "scoreVectors",
  "unitSums",
  "patchScores",
  "patchTaus",
  "denseOrder",
  "kendallCounts",
  "kendallVectors",
  "chunkRange",
  "chunkCounts",
  "chunkSpread",
  "bucketRanks",
  "chunkRanks",
  "segmentProducts",
  "ridgeInverses",
  "ridgeScores",
  "lassoPaths",
  "productTiles",
  "dualMeans",
  "dualSystems",
  "choleskyTiles",
  "dualSolve",
  "dualScores",
  "sortedPairs",
  "weightedRanks",
  "weightedValues",
  "pooledRanks",
  "weightedProducts",
  "rankProducts",
  "pooledSum",
  "pooledScores",
  "waveletSpectra",
  "convolveRows",
  "noisyPatches",
] as const;

export type KernelName = (typeof kernelNames)[number];

export type Kernels = Readonly<Record<KernelName, Kernel>>;

/** Dissimilarities that the Gram kernels know, numbered as in `assembly/convert.ts`. */
export const gramMetrics = ["correlation", "cosine", "sqeuclidean", "euclidean"] as const;

/** A dissimilarity that follows from sums of products or of squared differences. */
export type GramMetric = (typeof gramMetrics)[number];

/** Bytes of scratch memory for sorting n values and for their ranks (see `assembly/argsort.ts`). */
export function sortScratchBytes(n: number): number {
  return 6 * 8192 + 4 * align(8 * n) + 3 * align(4 * n);
}

/** Bytes of scratch memory for counting inversions of n values (see `assembly/inversions.ts`). */
export function inversionScratchBytes(n: number): number {
  const leaves = Math.min(n, 2 ** 18);
  return 2 * align(4 * n) + 8192 + 256 + Math.ceil((leaves * 4 * 8) / 7) + 6 * 64;
}

/** The next multiple of 64, the length of a cache line. */
export function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

import { align, sortScratchBytes } from "./kernels.ts";
import { inOrder } from "./layouts.ts";
import type { Workspace } from "./workspace.ts";

/** Pairs whose products a thread forms at a time. */
const CHUNK = 2048;
/** Pools ranked at a time. */
const MOST_POOLS = 8;

/** What vectors are turned into in each sample: `ranks`, values minus their mean, or values as they are. */
export type SampleScale = "ranks" | "centred" | "values";

/** A sample laid out in memory: of ranks vectors and weights take 32 bits a pair (twice the centred rank), else 64. */
export interface SampleLayout {
  readonly scale: SampleScale;
  /** Different items of the sample. */
  readonly items: Uint32Array;
  readonly nPairs: number;
  /** Pairs counted as often as they were drawn. */
  readonly total: number;
  /** How often the pair is counted that is counted most. */
  readonly most: number;
  readonly weights: number;
  readonly vectors: number;
  readonly squares: number;
}

/** Some vectors: where the first one is, and how many. */
type Vectors = readonly [address: number, count: number];

/** Products of each left vector with each right one, in C order; chunks are added in their order. */
export async function productsOf(
  workspace: Workspace,
  { scale, nPairs, weights }: SampleLayout,
  [left, nLeft]: Vectors,
  [right, nRight]: Vectors,
): Promise<Float64Array> {
  const nChunks = Math.ceil(nPairs / CHUNK);
  const size = nLeft * nRight;
  const mark = workspace.mark();
  const out = workspace.allocate(nChunks * size * 8);
  const kernel = scale === "ranks" ? "rankProducts" : "weightedProducts";
  await workspace.run(
    kernel,
    inOrder(kernel, {
      n: nPairs,
      chunkLength: CHUNK,
      left,
      nLeft,
      right,
      nRight,
      weights,
      out,
    }),
    nChunks,
    { scratchBytes: CHUNK * 8 + 64, expectedMs: (nPairs * size) / 1e6 },
  );
  const sums = new Float64Array(size);
  workspace.float64(out, nChunks * size).forEach((part, k) => (sums[k % size] += part));
  workspace.release(mark);
  return sums;
}

/** Products of the ranks of pools of the first vectors with these vectors, and their sums of squares. */
export async function poolsOf(
  workspace: Workspace,
  layout: SampleLayout,
  counts: readonly Float64Array[],
): Promise<{ products: Float64Array; squares: Float64Array }> {
  const { nPairs, vectors, weights, total } = layout;
  const nVectors = counts[0]?.length ?? 0;
  const products = new Float64Array(counts.length * nVectors);
  const squares = new Float64Array(counts.length);
  for (let p = 0; p < counts.length; p += MOST_POOLS) {
    const some = counts.slice(p, p + MOST_POOLS);
    const mark = workspace.mark();
    const times = workspace.allocate(some.length * nVectors * 8);
    const out = workspace.allocate(some.length * nPairs * 4);
    const squaresAt = workspace.allocate(some.length * 8);
    workspace.float64(times, some.length * nVectors).set(some.flatMap((row) => [...row]));
    const params = inOrder("pooledRanks", {
      n: nPairs,
      vectors,
      nVectors,
      times,
      weights,
      out,
      squares: squaresAt,
      total,
    });
    await workspace.run("pooledRanks", params, some.length, {
      scratchBytes: align(8 * nPairs) + sortScratchBytes(nPairs),
      expectedMs: (some.length * nPairs) / 2e4,
    });
    squares.set(workspace.float64(squaresAt, some.length), p);
    const found = await productsOf(workspace, layout, [out, some.length], [vectors, nVectors]);
    products.set(found, p * nVectors);
    workspace.release(mark);
  }
  return { products, squares };
}

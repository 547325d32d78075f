import { inOrder } from "./layouts.ts";
import { poolsOf, productsOf, type SampleLayout } from "./sample-products.ts";
import type { Workspace } from "./workspace.ts";

/** Vectors of a sample to be added up, each so many times, and the vectors that the ranks of the sum are multiplied with. */
export interface SamplePool {
  readonly times: Float64Array;
  readonly wanted: readonly number[];
}

/** What a pool's ranks give. */
export interface PoolProducts {
  /** Of its ranks with the vectors wanted. */
  readonly products: readonly number[];
  /** Sum of squares of its ranks. */
  readonly squares: number;
}

/** Pairs that a thread adds at a time. */
const CHUNK = 4096;
/** Pools whose ranks are kept at a time, for more than one product. */
const MOST_RANKED = 4;
/** Buckets at most, and entries beside a bucket, as the kernel has them. */
const MOST_BITS = 12;
const BESIDE = 2 ** 16;

/**
 * Products of the ranks of pools. All pools are worked out from the first: who is left out is taken away. Of a pool that
 * is wanted by one vector alone no rank is stored.
 */
export async function poolProductsOf(
  workspace: Workspace,
  layout: SampleLayout,
  pools: readonly SamplePool[],
): Promise<PoolProducts[]> {
  const bounds = pools.map(({ times }) => boundOf(times, layout.total));
  // Entries hold any pool of the sizes that memory holds; a huge list of RDMs, or an item drawn often, may go beyond.
  if (!fitEntries(layout, Math.max(...bounds))) return ranked(workspace, layout, pools);
  const mark = workspace.mark();
  const sum = await sumOf(workspace, layout, pools[0].times);
  const found: PoolProducts[] = [];
  for (const some of batches(pools))
    found.push(...(await batchOf(workspace, layout, pools[0], sum, some)));
  workspace.release(mark);
  return found;
}

/** No pool of centred ranks, twice, is beyond it; with it added, keys are whole numbers from 0 on. */
function boundOf(times: Float64Array, total: number): number {
  return times.reduce((sum, count) => sum + count * (total - 1), 0);
}

/** Bits of the numbers from 0 to one. */
function bitsOf(most: number): number {
  return Math.ceil(Math.log2(most + 1));
}

/** Bits of a value in an entry: twice a centred rank, from 0 on, or the number of a pair. */
function valueBits({ nPairs, total }: SampleLayout): number {
  return bitsOf(Math.max(nPairs, 2 * total));
}

/** Keys have 32 bits; an entry has 64 for what a key has beyond its bucket, the weight and the value. */
function fitEntries(layout: SampleLayout, bound: number): boolean {
  return (
    bound < 2 ** 31 && shiftOf(bound, layout.nPairs) + bitsOf(layout.most) + valueBits(layout) <= 64
  );
}

/** Some pools at a time, of which few have to be ranked. */
function batches(pools: readonly SamplePool[]): SamplePool[][] {
  const found: SamplePool[][] = [];
  let room = 0;
  for (const pool of pools) {
    const isRanked = pool.wanted.length !== 1;
    if (found.length === 0 || (isRanked && room === 0)) {
      found.push([]);
      room = MOST_RANKED;
    }
    found[found.length - 1].push(pool);
    if (isRanked) room--;
  }
  return found;
}

async function sumOf(
  workspace: Workspace,
  { nPairs, vectors }: SampleLayout,
  times: Float64Array,
): Promise<number> {
  const out = workspace.allocate(nPairs * 4);
  const at = uint32At(workspace, Int32Array.from(times));
  await workspace.run(
    "pooledSum",
    inOrder("pooledSum", {
      n: nPairs,
      chunkLength: CHUNK,
      vectors,
      nVectors: times.length,
      times: at,
      out,
    }),
    Math.ceil(nPairs / CHUNK),
    { expectedMs: (nPairs * times.length) / 1e6 },
  );
  return out;
}

async function batchOf(
  workspace: Workspace,
  layout: SampleLayout,
  first: SamplePool,
  sum: number,
  pools: readonly SamplePool[],
): Promise<PoolProducts[]> {
  const { nPairs, vectors, weights, total } = layout;
  const mark = workspace.mark();
  const nVectors = first.times.length;
  const outs = pools.map(({ wanted }) =>
    wanted.length === 1 ? 0 : workspace.allocate(nPairs * 4),
  );
  const bounds = pools.map(({ times }) => boundOf(times, total));
  const differences = pools.flatMap(({ times }) => Array.from(times, (n, v) => n - first.times[v]));
  const products = workspace.allocate(pools.length * 8);
  const squares = workspace.allocate(pools.length * 8);
  const params = inOrder("pooledScores", {
    n: nPairs,
    sum,
    vectors,
    nVectors,
    differences: uint32At(workspace, Int32Array.from(differences)),
    wanted: uint32At(
      workspace,
      pools.map(({ wanted }) => (wanted.length === 1 ? wanted[0] : -1)),
    ),
    outs: uint32At(workspace, outs),
    bounds: uint32At(workspace, bounds),
    shifts: uint32At(
      workspace,
      bounds.map((bound) => shiftOf(bound, nPairs)),
    ),
    nBuckets: 2 ** topBits(nPairs),
    valueBits: valueBits(layout),
    above: total - 1,
    weights,
    products,
    squares,
    total,
  });
  await workspace.run("pooledScores", params, pools.length, {
    scratchBytes: scratchBytes(nPairs),
    expectedMs: (pools.length * nPairs) / 5e4,
  });
  const single = workspace.float64(products, pools.length).slice();
  const squared = workspace.float64(squares, pools.length).slice();
  const found: PoolProducts[] = [];
  for (const [p, { wanted }] of pools.entries()) {
    const all =
      wanted.length === 1
        ? [single[p]]
        : await wantedOf(workspace, layout, outs[p], nVectors, wanted);
    found.push({ products: all, squares: squared[p] });
  }
  workspace.release(mark);
  return found;
}

async function wantedOf(
  workspace: Workspace,
  layout: SampleLayout,
  ranks: number,
  nVectors: number,
  wanted: readonly number[],
): Promise<number[]> {
  const all = await productsOf(workspace, layout, [ranks, 1], [layout.vectors, nVectors]);
  return wanted.map((v) => all[v]);
}

/** Bits of a key beyond the leading ones. */
function shiftOf(bound: number, nPairs: number): number {
  return Math.max(1, bitsOf(2 * bound) - topBits(nPairs));
}

/** Leading bits, which tell the bucket: a bucket has some thousand entries, and many values near the middle. */
function topBits(nPairs: number): number {
  return Math.max(6, Math.min(MOST_BITS, Math.ceil(Math.log2(nPairs / 3000))));
}

/** Room of a thread: two tables, a tile, entries beside each other, and all entries (see `assembly/pooled-scores.ts`). */
function scratchBytes(n: number): number {
  return 2 ** MOST_BITS * 4 + BESIDE * 4 + 1024 * 4 + BESIDE * 8 + n * 8;
}

/** All pools ranked and multiplied with all vectors. */
async function ranked(
  workspace: Workspace,
  layout: SampleLayout,
  pools: readonly SamplePool[],
): Promise<PoolProducts[]> {
  const { products, squares } = await poolsOf(
    workspace,
    layout,
    pools.map(({ times }) => times),
  );
  const nVectors = pools[0].times.length;
  return pools.map(({ wanted }, p) => ({
    products: wanted.map((v) => products[p * nVectors + v]),
    squares: squares[p],
  }));
}

function uint32At(workspace: Workspace, values: ArrayLike<number>): number {
  const address = workspace.allocate(values.length * 4);
  workspace.uint32(address, values.length).set(Uint32Array.from(values));
  return address;
}

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
/** Leading bits of a key, as the kernel has them. */
const TOP_BITS = 10;

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
  // Keys of 32 bits hold any pool of the sizes that memory holds; a huge list of RDMs may go beyond.
  if (Math.max(...bounds) >= 2 ** 30) return ranked(workspace, layout, pools);
  const mark = workspace.mark();
  const sum = await sumOf(workspace, layout, pools[0].times);
  const found: PoolProducts[] = [];
  for (const some of batches(pools))
    found.push(...(await batchOf(workspace, layout, pools[0], sum, some)));
  workspace.release(mark);
  return found;
}

/** No centred value of a pool is beyond it; with it added, and doubled, values are whole numbers from 0 on. */
function boundOf(times: Float64Array, total: number): number {
  return times.reduce((sum, count) => sum + count * ((total - 1) / 2), 0);
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
  const out = workspace.allocate(nPairs * 8);
  const at = float64At(workspace, times);
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
    wanted.length === 1 ? 0 : workspace.allocate(nPairs * 8),
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
    differences: float64At(workspace, differences),
    wanted: uint32At(
      workspace,
      pools.map(({ wanted }) => (wanted.length === 1 ? wanted[0] : -1)),
    ),
    outs: uint32At(workspace, outs),
    bounds: float64At(workspace, bounds),
    shifts: uint32At(workspace, bounds.map(shiftOf)),
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
function shiftOf(bound: number): number {
  return Math.max(0, Math.ceil(Math.log2(4 * bound + 2)) - TOP_BITS);
}

/** Room of a thread: tables, a tile, entries beside each other, and all entries (see `assembly/pooled-scores.ts`). */
function scratchBytes(n: number): number {
  return 2 ** TOP_BITS * 4 + 2048 * 4 + 1024 * 8 + 2 ** 15 * 16 + n * 16;
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

function float64At(workspace: Workspace, values: ArrayLike<number>): number {
  const address = workspace.allocate(values.length * 8);
  workspace.float64(address, values.length).set(values);
  return address;
}

function uint32At(workspace: Workspace, values: readonly number[]): number {
  const address = workspace.allocate(values.length * 4);
  workspace.uint32(address, values.length).set(Uint32Array.from(values));
  return address;
}

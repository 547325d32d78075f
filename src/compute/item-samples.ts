import { InvalidArgument } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import { poolProductsOf, type PoolProducts, type SamplePool } from "./pool-products.ts";
import { productsOf, type SampleLayout, type SampleScale } from "./sample-products.ts";
import { inOrder } from "./layouts.ts";
import { rankAll, sortSteps, type RankedVectors } from "./sample-ranks.ts";
import { fillVector, type SampleVector } from "./sample-vector.ts";
import type { Steps } from "./step.ts";
import { computeEngine } from "./compute-engine.ts";
import type { Workspace } from "./workspace.ts";

export type { SampleScale };

const PAIRS_PER_MS = 1.5e5;
/** Pairs of a sample, copies counted: twice a rank is a number of 32 bits. */
const MOST_COUNTED = 2 ** 30;

/** Condensed vectors of items that are drawn again and again. */
export interface ItemSamples {
  /** Vectors of the items drawn so many times each; those of the draw before are forgotten. */
  draw(times: ArrayLike<number>): Promise<ItemSample>;
}

/** All vectors of one sample, on its scale. */
export interface ItemSample {
  /** Pairs of different items, each as often as the sample has it. */
  readonly nPairs: number;
  /** Sum of squares of each vector. */
  readonly squares: Float64Array;
  /** Products of the first `nLeft` vectors with all others from `from` on, nLeft × n in C order. */
  products(nLeft: number, from: number): Promise<Float64Array>;
  /** Pools of the first vectors: what their ranks give. The first pool is the one from which others differ in little. */
  pools(pools: readonly SamplePool[]): Promise<PoolProducts[]>;
}

/**
 * Run a job that draws items again and again from the same condensed vectors. Each vector is sorted once; a sample weighs
 * its pairs anew. The job must not begin another one. A sample of all items once is best drawn first: ranks are there then.
 *
 * @throws Cancelled, WorkerFailed, OutOfMemory.
 */
export function withItemSamples<T>(
  vectors: readonly SampleVector[],
  nItems: number,
  scale: SampleScale,
  job: JobOptions,
  run: (samples: ItemSamples) => Promise<T>,
  engine = computeEngine,
): Promise<T> {
  const n = (nItems * (nItems - 1)) / 2;
  const expectedMs = (vectors.length * n) / PAIRS_PER_MS;
  const options = { work: "the bootstrap", signal: job.signal, jobs: job.jobs, expectedMs };
  return engine.use(options, async (workspace) => {
    const ranked = scale === "ranks" ? await rankAll(workspace, vectors) : undefined;
    const values = ranked?.address ?? (await storeAll(workspace, vectors, n));
    const source = { workspace, values, nVectors: vectors.length, nItems, scale };
    const mark = workspace.mark();
    let sorted = false;
    return run({
      draw: async (times) => {
        workspace.release(mark);
        if (ranked === undefined) return drawSample(source, times);
        if (!sorted && isWhole(times)) return wholeSample(source, ranked);
        if (!sorted) await workspace.runSteps(sortSteps(ranked, nItems));
        sorted = true;
        workspace.release(mark);
        return drawSample(source, times);
      },
    });
  });
}

async function storeAll(
  workspace: Workspace,
  vectors: readonly SampleVector[],
  n: number,
): Promise<number> {
  const address = workspace.allocate(vectors.length * n * 8);
  for (const [v, vector] of vectors.entries())
    await fillVector(workspace, address + v * n * 8, vector);
  return address;
}

/** Every item once. */
function isWhole(times: ArrayLike<number>): boolean {
  for (let item = 0; item < times.length; item++) if (times[item] !== 1) return false;
  return true;
}

/** The sample that has every item once: the ranks as they are. */
function wholeSample(source: Source, { address, tieSums }: RankedVectors): ItemSample {
  const { workspace, nItems, nVectors } = source;
  const n = (nItems * (nItems - 1)) / 2;
  const weights = workspace.allocate(n * 4);
  workspace.uint32(weights, n).fill(1);
  const squares = workspace.allocate(nVectors * 8);
  workspace.float64(squares, nVectors).set(tieSums.map((ties) => (n ** 3 - n - ties) / 12));
  const items = Uint32Array.from({ length: nItems }, (_, item) => item);
  return sampleOf(source, {
    scale: "ranks",
    items,
    nPairs: n,
    total: n,
    most: 1,
    weights,
    vectors: address,
    squares,
  });
}

interface Source {
  readonly workspace: Workspace;
  /** Sorted pairs for ranks, else the vectors. */
  readonly values: number;
  readonly nVectors: number;
  readonly nItems: number;
  readonly scale: SampleScale;
}

async function drawSample(source: Source, times: ArrayLike<number>): Promise<ItemSample> {
  const { workspace, scale } = source;
  const layout = layOut(source, times);
  await workspace.runSteps(
    scale === "ranks" ? rankSteps(source, layout, times) : valueSteps(source, layout),
  );
  return sampleOf(source, layout);
}

function sampleOf({ workspace, nVectors }: Source, layout: SampleLayout): ItemSample {
  return {
    nPairs: layout.total,
    squares: workspace.float64(layout.squares, nVectors).slice(),
    products: (nLeft, from) => {
      const right = layout.vectors + from * layout.nPairs * (layout.scale === "ranks" ? 4 : 8);
      return productsOf(workspace, layout, [layout.vectors, nLeft], [right, nVectors - from]);
    },
    pools: (pools) => poolProductsOf(workspace, layout, pools),
  };
}

function layOut({ workspace, nVectors, scale }: Source, times: ArrayLike<number>): SampleLayout {
  const items = Uint32Array.from(
    Array.from(times).flatMap((count, item) => (count > 0 ? [item] : [])),
  );
  const m = items.length;
  const nPairs = (m * (m - 1)) / 2;
  const bytes = scale === "ranks" ? 4 : 8;
  const weights = workspace.allocate(nPairs * bytes);
  const vectors = workspace.allocate(nVectors * nPairs * bytes);
  const squares = workspace.allocate(nVectors * 8);
  const views = scale === "ranks" ? workspace.uint32(weights, nPairs) : undefined;
  const counts = Float64Array.from(items, (item) => times[item]);
  const { total, most } = fillWeights(views ?? workspace.float64(weights, nPairs), counts);
  if (scale === "ranks" && total >= MOST_COUNTED)
    throw new InvalidArgument("draw of items", `${total} pairs`, "draw fewer of them");
  return { scale, items, nPairs, total, most, weights, vectors, squares };
}

/** Weight of each pair; returns their sum, and the largest. */
function fillWeights(
  weights: Float64Array | Uint32Array,
  counts: Float64Array,
): { total: number; most: number } {
  let [at, total, most] = [0, 0, 0];
  for (let a = 0; a < counts.length; a++) {
    for (let b = a + 1; b < counts.length; b++) {
      const weight = counts[a] * counts[b];
      weights[at++] = weight;
      total += weight;
      if (weight > most) most = weight;
    }
  }
  return { total, most };
}

function* rankSteps(
  { workspace, values, nVectors, nItems }: Source,
  { items, nPairs, vectors, squares, total }: SampleLayout,
  times: ArrayLike<number>,
): Steps<void> {
  const n = (nItems * (nItems - 1)) / 2;
  const m = items.length;
  const [weights, rows, columns] = [0, 1, 2].map(() => workspace.allocate(nItems * 4));
  workspace.uint32(weights, nItems).set(Uint32Array.from(times));
  const [row, column] = [workspace.uint32(rows, nItems), workspace.uint32(columns, nItems)];
  // The row of the first item begins one before the first pair; sums wrap around.
  items.forEach((item, at) => {
    row[item] = at * m - (at * (at + 1)) / 2 - at - 1;
    column[item] = at;
  });
  yield {
    kernel: "weightedRanks",
    params: inOrder("weightedRanks", {
      n,
      entries: values,
      weights,
      rows,
      columns,
      nPairs,
      out: vectors,
      squares,
      total,
    }),
    nBlocks: nVectors,
    options: { scratchBytes: (nPairs + 16) * 4, expectedMs: (nVectors * n) / PAIRS_PER_MS },
  };
}

function* valueSteps(
  { workspace, values, nVectors, nItems, scale }: Source,
  { items, nPairs, vectors, squares, total, weights }: SampleLayout,
): Steps<void> {
  const n = (nItems * (nItems - 1)) / 2;
  const m = items.length;
  const list = workspace.allocate(m * 4);
  workspace.uint32(list, m).set(items);
  const centre = scale === "centred" ? 1 : 0;
  yield {
    kernel: "weightedValues",
    params: inOrder("weightedValues", {
      n,
      values,
      items: list,
      nDrawn: m,
      nItems,
      nPairs,
      out: vectors,
      squares,
      total,
      weights,
      centred: centre,
    }),
    nBlocks: nVectors,
    options: { expectedMs: (nVectors * nPairs) / 3e5 },
  };
}

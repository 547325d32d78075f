import type { JobOptions } from "../core/job.ts";
import { poolProductsOf, type PoolProducts, type SamplePool } from "./pool-products.ts";
import { productsOf, type SampleLayout } from "./sample-products.ts";
import { sortScratchBytes } from "./kernels.ts";
import { inOrder } from "./layouts.ts";
import type { Steps } from "./step.ts";
import { computeEngine } from "./compute-engine.ts";
import type { Workspace } from "./workspace.ts";

const PAIRS_PER_MS = 1.5e5;
/** Vectors longer than this are sorted one at a time: each thread wants 44 bytes a pair. */
const LONG = 8e6;

/** What vectors are turned into in each sample: `ranks`, values minus their mean, or values as they are. */
export type SampleScale = "ranks" | "centred" | "values";

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
 * its pairs anew. The job must not begin another one.
 *
 * @throws Cancelled, WorkerFailed, OutOfMemory.
 */
export function withItemSamples<T>(
  vectors: readonly Float64Array[],
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
    const pairs = scale === "ranks" ? await sortAll(workspace, vectors, nItems) : undefined;
    const values = pairs ?? storeAll(workspace, vectors, n);
    const mark = workspace.mark();
    return run({
      draw: async (times) => {
        workspace.release(mark);
        return drawSample({ workspace, values, nVectors: vectors.length, nItems, scale }, times);
      },
    });
  });
}

function storeAll(workspace: Workspace, vectors: readonly Float64Array[], n: number): number {
  const address = workspace.allocate(vectors.length * n * 8);
  vectors.forEach((vector, v) => workspace.float64(address + v * n * 8, n).set(vector));
  return address;
}

/** Address of the pairs of each vector in the order of its values. */
async function sortAll(
  workspace: Workspace,
  vectors: readonly Float64Array[],
  nItems: number,
): Promise<number> {
  const n = (nItems * (nItems - 1)) / 2;
  const out = workspace.allocate(vectors.length * n * 4);
  const mark = workspace.mark();
  const table = workspace.allocate(n * 4);
  fillPairs(workspace.uint32(table, n), nItems);
  const atOnce = n > LONG ? 1 : 4;
  const inner = workspace.mark();
  for (let v = 0; v < vectors.length; v += atOnce) {
    const some = vectors.slice(v, v + atOnce);
    const values = storeAll(workspace, some, n);
    await workspace.run(
      "sortedPairs",
      inOrder("sortedPairs", { n, values, table, out: out + v * n * 4 }),
      some.length,
      {
        scratchBytes: sortScratchBytes(n),
        expectedMs: (some.length * n) / 2e4,
      },
    );
    workspace.release(inner);
  }
  workspace.release(mark);
  return out;
}

function fillPairs(table: Uint32Array, nItems: number): void {
  let at = 0;
  for (let i = 0; i < nItems; i++) for (let j = i + 1; j < nItems; j++) table[at++] = (i << 16) | j;
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
  const { workspace, nVectors } = source;
  const layout = layOut(source, times);
  await workspace.runSteps(
    source.scale === "ranks" ? rankSteps(source, layout, times) : valueSteps(source, layout),
  );
  return {
    nPairs: layout.total,
    squares: workspace.float64(layout.squares, nVectors).slice(),
    products: (nLeft, from) => {
      const right = layout.vectors + from * layout.nPairs * 8;
      return productsOf(workspace, layout, [layout.vectors, nLeft], [right, nVectors - from]);
    },
    pools: (pools) => poolProductsOf(workspace, layout, pools),
  };
}

function layOut({ workspace, nVectors }: Source, times: ArrayLike<number>): SampleLayout {
  const items = Uint32Array.from(
    Array.from(times).flatMap((count, item) => (count > 0 ? [item] : [])),
  );
  const m = items.length;
  const nPairs = (m * (m - 1)) / 2;
  const weights = workspace.allocate(nPairs * 8);
  const vectors = workspace.allocate(nVectors * nPairs * 8);
  const squares = workspace.allocate(nVectors * 8);
  const total = fillWeights(workspace.float64(weights, nPairs), items, times);
  return { items, nPairs, total, weights, vectors, squares };
}

/** Weight of each pair; returns their sum. */
function fillWeights(weights: Float64Array, items: Uint32Array, times: ArrayLike<number>): number {
  const counts = Float64Array.from(items, (item) => times[item]);
  let [at, total] = [0, 0];
  for (let a = 0; a < counts.length; a++) {
    for (let b = a + 1; b < counts.length; b++) {
      const weight = counts[a] * counts[b];
      weights[at++] = weight;
      total += weight;
    }
  }
  return total;
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

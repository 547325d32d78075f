import { ShapeMismatch } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import { averageRanks, type AverageRanks } from "./average-ranks.ts";
import { runSync, worthKernels } from "./run-sync.ts";
import { inversionScratchBytes, sortScratchBytes } from "./kernels.ts";
import { LARGE, largeRanks } from "./large-ranks.ts";
import type { Arena } from "./arena.ts";
import type { Steps } from "./step.ts";
import { computeEngine } from "./compute-engine.ts";
import type { WorkspaceOptions } from "./workspace.ts";

const SORTED_PER_MS = 7e4;

/**
 * Average ranks of vectors of equal length, each as scipy's `rankdata`; NaN anywhere in one makes all its ranks NaN.
 *
 * @throws ShapeMismatch; Cancelled, WorkerFailed, OutOfMemory.
 */
export function rankVectors(
  vectors: readonly Float64Array[],
  job: JobOptions = {},
  engine = computeEngine,
): Promise<AverageRanks[]> {
  const n = commonLength(vectors);
  return engine.use(jobOf("ranking", vectors.length * n, job), async (workspace) => {
    if (n < LARGE) return workspace.runSteps(rankSteps(workspace, vectors));
    const all: AverageRanks[] = [];
    for (const vector of vectors) {
      const mark = workspace.mark();
      all.push(await workspace.runSteps(longRankSteps(workspace, vector)));
      workspace.release(mark);
    }
    return all;
  });
}

/** Rough time in ms for which plain code sorts one value. */
const PLAIN_MS = 4e-5;

/** Average ranks of one vector on the calling thread, now, by the kernels where it is long. `NaN` must not occur. */
export function averageRanksSync(values: Float64Array): AverageRanks {
  if (!worthKernels(values.length * PLAIN_MS)) return averageRanks(values);
  return runSync((memory) => longRankSteps(memory, values));
}

/** One side of a tau, sorted once for any number of partners. */
export interface SortedSide {
  /** Positions in ascending order. */
  readonly order: Uint32Array;
  /** Rank without gaps of each position. */
  readonly ranks: Uint32Array;
  readonly nDistinct: number;
  /** Pairs tied on this side. */
  readonly tiedPairs: number;
}

/** Sort one side of a tau on the calling thread, now. `NaN` must not occur. */
export function sortSideSync(values: Float64Array): SortedSide {
  const n = values.length;
  return runSync(function* (memory) {
    const sorted = yield* sortSteps(memory, [values], n);
    const [nDistinct, tiedPairs] = sorted.summaries;
    return {
      order: memory.uint32(sorted.orders, n).slice(),
      ranks: memory.uint32(sorted.denses, n).slice(),
      nDistinct,
      tiedPairs,
    };
  });
}

/** Kendall's tau-a of two sorted sides of equal length, on the calling thread, now. */
export function tauOfSortedSync(x: SortedSide, y: SortedSide): number {
  const n = x.order.length;
  return runSync(function* (memory) {
    const orders = memory.allocate(n * 8);
    const denses = memory.allocate(n * 8);
    const summaries = memory.allocate(32);
    [x, y].forEach(({ order, ranks, nDistinct, tiedPairs }, side) => {
      memory.uint32(orders + side * n * 4, n).set(order);
      memory.uint32(denses + side * n * 4, n).set(ranks);
      memory.float64(summaries + side * 16, 2).set([nDistinct, tiedPairs]);
    });
    const sorted = { orders, denses, summaryAddress: summaries, summaries: new Float64Array() };
    const [discordant, tied] = yield* countSteps(memory, sorted, 1, 1, n);
    return tauA(n, x.tiedPairs, y.tiedPairs, discordant, tied);
  });
}

function* longRankSteps(memory: Arena, vector: Float64Array): Steps<AverageRanks> {
  const ranked = vector.length < LARGE ? undefined : yield* largeRanks(memory, vector);
  return ranked ?? (yield* rankSteps(memory, [vector]))[0];
}

/** Each vector a block. */
function* rankSteps(memory: Arena, vectors: readonly Float64Array[]): Steps<AverageRanks[]> {
  const n = vectors[0]?.length ?? 0;
  const values = storeVectors(memory, vectors);
  const ranks = memory.allocate(vectors.length * n * 8);
  const ties = memory.allocate(vectors.length * 8);
  yield {
    kernel: "rankVectors",
    params: [n, values, ranks, ties],
    nBlocks: vectors.length,
    options: {
      scratchBytes: sortScratchBytes(n),
      expectedMs: (vectors.length * n) / SORTED_PER_MS,
    },
  };
  const tieSums = memory.float64(ties, vectors.length);
  return vectors.map((_, v) => ({
    ranks: memory.float64(ranks + v * n * 8, n).slice(),
    tieSum: tieSums[v],
  }));
}

/**
 * Kendall's tau-a of every x with every y, xs × ys in C order, by Knight's method; each vector is sorted once.
 * NaN where a vector holds NaN or all its values are tied. Agrees with `_kendall_tau_a` of MNE-RSA.
 *
 * @throws ShapeMismatch; Cancelled, WorkerFailed, OutOfMemory.
 */
export function kendallTauA(
  xs: readonly Float64Array[],
  ys: readonly Float64Array[],
  job: JobOptions = {},
  engine = computeEngine,
): Promise<Float64Array> {
  const n = commonLength([...xs, ...ys]);
  const size = (xs.length + ys.length + xs.length * ys.length * 4) * n;
  return engine.use(jobOf("computing Kendall's tau", size, job), async (workspace) => {
    const all = [...xs, ...ys];
    const sorted = await workspace.runSteps(sortSteps(workspace, all, n));
    const counting = countSteps(workspace, sorted, xs.length, ys.length, n);
    const counts = await workspace.runSteps(counting);
    return Float64Array.from({ length: xs.length * ys.length }, (_, pair) => {
      const tiedX = sorted.summaries[Math.floor(pair / ys.length) * 2 + 1];
      const tiedY = sorted.summaries[(xs.length + (pair % ys.length)) * 2 + 1];
      return tauA(n, tiedX, tiedY, counts[pair * 2], counts[pair * 2 + 1]);
    });
  });
}

export interface SortedVectors {
  readonly orders: number;
  readonly denses: number;
  readonly summaryAddress: number;
  /** [distinct values, tied pairs] of each vector. */
  readonly summaries: Float64Array;
}

export function* sortSteps(
  memory: Arena,
  vectors: readonly Float64Array[],
  n: number,
): Steps<SortedVectors> {
  const values = storeVectors(memory, vectors);
  const orders = memory.allocate(vectors.length * n * 4);
  const denses = memory.allocate(vectors.length * n * 4);
  const summaries = memory.allocate(vectors.length * 16);
  yield {
    kernel: "denseOrder",
    params: [n, values, orders, denses, summaries],
    nBlocks: vectors.length,
    options: {
      scratchBytes: sortScratchBytes(n),
      expectedMs: (vectors.length * n) / SORTED_PER_MS,
    },
  };
  return {
    orders,
    denses,
    summaryAddress: summaries,
    summaries: memory.float64(summaries, vectors.length * 2).slice(),
  };
}

/** [discordant pairs, pairs tied in both] of every x with every y. */
function* countSteps(
  memory: Arena,
  { orders, denses, summaryAddress }: SortedVectors,
  nX: number,
  nY: number,
  n: number,
): Steps<Float64Array> {
  const out = memory.allocate(nX * nY * 16);
  const skip = nX * n * 4;
  const [yOrders, yDenses, ySummaries] = [orders + skip, denses + skip, summaryAddress + nX * 16];
  yield {
    kernel: "kendallCounts",
    params: [n, nY, orders, denses, summaryAddress, yOrders, yDenses, ySummaries, out],
    nBlocks: nX * nY,
    options: { scratchBytes: inversionScratchBytes(n), expectedMs: (nX * nY * n) / 6e4 },
  };
  return memory.float64(out, nX * nY * 2);
}

/** From the number of pairs tied in x, in y, in both, and discordant. */
export function tauA(
  n: number,
  tiedX: number,
  tiedY: number,
  discordant: number,
  tied: number,
): number {
  const pairs = (n * (n - 1)) / 2;
  if (tiedX === pairs || tiedY === pairs) return NaN;
  const tau = (pairs - tiedX - tiedY + tied - 2 * discordant) / pairs;
  return Math.max(-1, Math.min(1, tau));
}

function commonLength(vectors: readonly Float64Array[]): number {
  const n = vectors[0]?.length ?? 0;
  for (const vector of vectors) {
    if (vector.length !== n)
      throw new ShapeMismatch(`${n} values in every vector`, `${vector.length}`);
  }
  return n;
}

function storeVectors(workspace: Arena, vectors: readonly Float64Array[]): number {
  const n = vectors[0]?.length ?? 0;
  const address = workspace.allocate(vectors.length * n * 8);
  const all = workspace.float64(address, vectors.length * n);
  vectors.forEach((vector, v) => all.set(vector, v * n));
  return address;
}

function jobOf(work: string, size: number, job: JobOptions): WorkspaceOptions {
  return { work, signal: job.signal, jobs: job.jobs, expectedMs: size / SORTED_PER_MS };
}

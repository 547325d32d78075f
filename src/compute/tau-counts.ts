import type { Arena } from "./arena.ts";
import { inversionScratchBytes, sortScratchBytes } from "./kernels.ts";
import { inOrder } from "./layouts.ts";
import type { Steps } from "./step.ts";
import { storeVectors } from "./stored-vectors.ts";

const SORTED_PER_MS = 7e4;

/** Where vectors that were sorted once lie. */
export interface SortedVectors {
  readonly orders: number;
  readonly denses: number;
  readonly summaryAddress: number;
  /** [distinct values, tied pairs] of each vector. */
  readonly summaries: Float64Array;
}

/** Sort vectors of equal length; one with NaN has NaN for both of its summaries. */
export function* sortSteps(
  arena: Arena,
  vectors: readonly Float64Array[],
  n: number,
): Steps<SortedVectors> {
  const values = storeVectors(arena, vectors);
  const orders = arena.allocate(vectors.length * n * 4);
  const denses = arena.allocate(vectors.length * n * 4);
  const summaries = arena.allocate(vectors.length * 16);
  yield {
    kernel: "denseOrder",
    params: inOrder("sort", { n, values, orders, denses, summaries }),
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
    summaries: arena.float64(summaries, vectors.length * 2).slice(),
  };
}

/** [discordant pairs, pairs tied in both] of every x with every y. */
export function* countSteps(
  arena: Arena,
  { orders, denses, summaryAddress }: SortedVectors,
  nX: number,
  nY: number,
  n: number,
): Steps<Float64Array> {
  const out = arena.allocate(nX * nY * 16);
  const skip = nX * n * 4;
  yield {
    kernel: "kendallCounts",
    params: inOrder("counts", {
      n,
      nModels: nY,
      orders,
      denses,
      summaries: summaryAddress,
      modelOrders: orders + skip,
      modelDenses: denses + skip,
      modelSummaries: summaryAddress + nX * 16,
      out,
    }),
    nBlocks: nX * nY,
    options: { scratchBytes: inversionScratchBytes(n), expectedMs: (nX * nY * n) / 6e4 },
  };
  return arena.float64(out, nX * nY * 2);
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

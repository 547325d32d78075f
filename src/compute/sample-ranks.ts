import { sortScratchBytes } from "./kernels.ts";
import { LARGE, rankLarge } from "./large-ranks.ts";
import { inOrder } from "./layouts.ts";
import { fillVector, type SampleVector } from "./sample-vector.ts";
import type { Steps } from "./step.ts";
import type { Workspace } from "./workspace.ts";

/** Condensed vectors of items, ranked once for all samples. */
export interface RankedVectors {
  /** Twice the centred ranks (int32) of one vector behind the other. */
  readonly address: number;
  /** Σ(t³ − t) over the groups of ties of each. */
  readonly tieSums: readonly number[];
}

/**
 * Rank vectors one after the other: beside what stays, four bytes a pair and vector, there is only one of them. `NaN` must
 * not occur.
 */
export async function rankAll(
  workspace: Workspace,
  vectors: readonly SampleVector[],
): Promise<RankedVectors> {
  const n = vectors[0].length;
  const address = workspace.allocate(vectors.length * n * 4);
  const tieSums: number[] = [];
  for (const [v, vector] of vectors.entries()) {
    const mark = workspace.mark();
    const values = workspace.allocate(n * 8);
    await fillVector(workspace, values, vector);
    const tieSum = await workspace.runSteps(rankInPlace(workspace, values, n));
    const [ranks, twice] = [workspace.float64(values, n), workspace.int32(address + v * n * 4, n)];
    for (let k = 0; k < n; k++) twice[k] = 2 * ranks[k] - n - 1;
    tieSums.push(tieSum);
    workspace.release(mark);
  }
  return { address, tieSums };
}

function* rankInPlace(workspace: Workspace, values: number, n: number): Steps<number> {
  const large = n < LARGE ? undefined : yield* rankLarge(workspace, values, n);
  if (large !== undefined) return large;
  const ties = workspace.allocate(8);
  yield {
    kernel: "rankVectors",
    params: inOrder("ranks", { n, values, ranks: values, ties }),
    nBlocks: 1,
    options: { scratchBytes: sortScratchBytes(n), expectedMs: n / 2e4 },
  };
  return workspace.float64(ties, 1)[0];
}

/** In the place of the ranks of each vector, its pairs of items in the order of their ranks. */
export function* sortSteps({ address, tieSums }: RankedVectors, nItems: number): Steps<void> {
  const n = (nItems * (nItems - 1)) / 2;
  const nBlocks = tieSums.length;
  yield {
    kernel: "sortedPairs",
    params: inOrder("sortedPairs", { n, nItems, ranks: address }),
    nBlocks,
    options: { scratchBytes: 8 * n, expectedMs: (nBlocks * n) / 1e5 },
  };
}

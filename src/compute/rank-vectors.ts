import { pauses, type JobOptions } from "../core/job.ts";
import { averageRanks, type AverageRanks } from "./average-ranks.ts";
import { inOrder } from "./layouts.ts";
import { runSync } from "./run-sync.ts";
import { sortScratchBytes } from "./kernels.ts";
import { LARGE, largeRanks } from "./large-ranks.ts";
import type { Arena } from "./arena.ts";
import type { Steps } from "./step.ts";
import { computeEngine } from "./compute-engine.ts";
import { commonLength, storeVectors } from "./stored-vectors.ts";
import { hasKernels, worthSorting } from "./which-path.ts";

const SORTED_PER_MS = 7e4;
const work = "ranking";

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
  if (!hasKernels()) return plainRanks(vectors, job);
  const { signal, jobs } = job;
  const expectedMs = (vectors.length * n) / SORTED_PER_MS;
  return engine.use({ work, signal, jobs, expectedMs }, async (workspace) => {
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

/** The same in plain code, one vector after the other. */
async function plainRanks(
  vectors: readonly Float64Array[],
  { signal }: JobOptions,
): Promise<AverageRanks[]> {
  const all: AverageRanks[] = [];
  const pause = pauses(signal, work);
  for (const vector of vectors) {
    const isKnown = !vector.some(Number.isNaN);
    all.push(isKnown ? averageRanks(vector) : { ranks: vector.map(() => NaN), tieSum: NaN });
    if (pause.due()) await pause.turn();
  }
  return all;
}

/** Average ranks of one vector on the calling thread, now, by the kernels where it is long. `NaN` must not occur. */
export function averageRanksSync(values: Float64Array): AverageRanks {
  if (!worthSorting(values.length)) return averageRanks(values);
  return runSync((arena) => longRankSteps(arena, values));
}

function* longRankSteps(arena: Arena, vector: Float64Array): Steps<AverageRanks> {
  const ranked = vector.length < LARGE ? undefined : yield* largeRanks(arena, vector);
  return ranked ?? (yield* rankSteps(arena, [vector]))[0];
}

/** Each vector a block. */
function* rankSteps(arena: Arena, vectors: readonly Float64Array[]): Steps<AverageRanks[]> {
  const n = vectors[0]?.length ?? 0;
  const values = storeVectors(arena, vectors);
  const ranks = arena.allocate(vectors.length * n * 8);
  const ties = arena.allocate(vectors.length * 8);
  yield {
    kernel: "rankVectors",
    params: inOrder("ranks", { n, values, ranks, ties }),
    nBlocks: vectors.length,
    options: {
      scratchBytes: sortScratchBytes(n),
      expectedMs: (vectors.length * n) / SORTED_PER_MS,
    },
  };
  const tieSums = arena.float64(ties, vectors.length);
  return vectors.map((_, v) => ({
    ranks: arena.float64(ranks + v * n * 8, n).slice(),
    tieSum: tieSums[v],
  }));
}

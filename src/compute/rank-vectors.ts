import { pauses, type JobOptions } from "../core/job.ts";
import { averageRanks, type AverageRanks } from "./average-ranks.ts";
import { inOrder } from "./layouts.ts";
import { runSync } from "./run-sync.ts";
import { sortScratchBytes } from "./kernels.ts";
import { LARGE, largeRanks } from "./large-ranks.ts";
import type { Arena } from "./arena.ts";
import type { Steps } from "./step.ts";
import { computeEngine } from "./compute-engine.ts";
import { commonLength } from "./stored-vectors.ts";
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
    if (n < LARGE) return workspace.runSteps(groupSteps(workspace, vectors));
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
  return ranked ?? (yield* groupSteps(arena, [vector]))[0];
}

/** Values in the memory of the kernels at once, twice. */
const VALUES_AT_ONCE = 2 ** 20;
/** Vectors at least, so that threads have something to share. */
const LEAST_AT_ONCE = 8;

/** Groups of vectors, of which one is ranked while the ranks of the last are taken and the next is brought. */
function* groupSteps(arena: Arena, vectors: readonly Float64Array[]): Steps<AverageRanks[]> {
  const n = vectors[0]?.length ?? 0;
  const atOnce = Math.min(
    vectors.length,
    Math.max(LEAST_AT_ONCE, Math.floor(VALUES_AT_ONCE / Math.max(1, n))),
  );
  const rooms = [0, 1].map(() => ({
    values: arena.allocate(atOnce * n * 8),
    ranks: arena.allocate(atOnce * n * 8),
    ties: arena.allocate(atOnce * 8),
  }));
  const found: AverageRanks[] = [];
  const bring = (group: number): void => {
    const some = vectors.slice(group * atOnce, (group + 1) * atOnce);
    const values = arena.float64(rooms[group % 2].values, atOnce * n);
    some.forEach((vector, v) => values.set(vector, v * n));
  };
  const takeAway = (group: number): void => {
    if (group < 0) return;
    const { ranks, ties } = rooms[group % 2];
    const count = Math.min(atOnce, vectors.length - group * atOnce);
    const tieSums = arena.float64(ties, count);
    for (let v = 0; v < count; v++)
      found.push({ ranks: arena.float64(ranks + v * n * 8, n).slice(), tieSum: tieSums[v] });
  };
  const nGroups = atOnce === 0 ? 0 : Math.ceil(vectors.length / atOnce);
  if (nGroups > 0) bring(0);
  for (let group = 0; group < nGroups; group++) {
    const nBlocks = Math.min(atOnce, vectors.length - group * atOnce);
    yield {
      kernel: "rankVectors",
      params: inOrder("ranks", { n, ...rooms[group % 2] }),
      nBlocks,
      options: {
        scratchBytes: sortScratchBytes(n),
        expectedMs: (nBlocks * n) / SORTED_PER_MS,
        meanwhile: () => {
          takeAway(group - 1);
          if (group + 1 < nGroups) bring(group + 1);
        },
      },
    };
  }
  takeAway(nGroups - 1);
  return found;
}

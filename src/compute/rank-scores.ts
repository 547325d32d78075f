import { sortScratchBytes } from "./kernels.ts";
import { inOrder } from "./layouts.ts";
import { runSync } from "./run-sync.ts";
import type { Arena } from "./arena.ts";
import type { Steps } from "./step.ts";
import { commonLength, storeVectors } from "./stored-vectors.ts";

/** Values in the memory of the kernels at once. */
const VALUES_AT_ONCE = 2 ** 20;

/** Takes the square of the centred ranks of a vector, and their products with each model. */
export type TakeProducts = (vector: number, squares: number, products: Float64Array) => void;

/**
 * Rank vectors and multiply the ranks, minus their mean, with models, on the calling thread now: nothing is kept of the
 * ranks. Where no kernels run, ask `hasKernels` first. `NaN` must not occur.
 *
 * @throws ShapeMismatch when lengths differ; OutOfMemory.
 */
export function rankScoresSync(
  vectors: readonly Float64Array[],
  models: readonly Float64Array[],
  take: TakeProducts,
): void {
  const n = commonLength([...models, ...vectors]);
  const atOnce = Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, n)));
  for (let first = 0; first < vectors.length; first += atOnce)
    runSync((arena) =>
      scoreSteps(arena, vectors.slice(first, first + atOnce), models, n, (vector, ...found) =>
        take(first + vector, ...found),
      ),
    );
}

function* scoreSteps(
  arena: Arena,
  vectors: readonly Float64Array[],
  models: readonly Float64Array[],
  n: number,
  take: TakeProducts,
): Steps<void> {
  const values = storeVectors(arena, vectors);
  const stored = storeVectors(arena, models);
  const perVector = models.length + 1;
  const out = arena.allocate(vectors.length * perVector * 8);
  yield {
    kernel: "scoreVectors",
    params: inOrder("scores", {
      ...{ n, nModels: models.length, ranked: 1, values, models: stored, out },
      vectorBytes: n * 8,
    }),
    nBlocks: vectors.length,
    options: { scratchBytes: sortScratchBytes(n) + n * 8 },
  };
  const found = arena.float64(out, vectors.length * perVector);
  for (let v = 0, at = 0; v < vectors.length; v++, at += perVector)
    take(v, found[at], found.slice(at + 1, at + perVector));
}

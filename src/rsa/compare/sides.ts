import { pauses, type JobOptions } from "../../core/job.ts";
import type { Comparison, PairShape } from "../comparisons/comparison.ts";
import { scorePairs, WORK } from "./score-pairs.ts";

/** Condensed vectors made ready. Throws `Cancelled`. */
export async function prepareSides<Side>(
  comparison: Comparison<Side>,
  vectors: readonly Float64Array[],
  shape: PairShape,
  job: JobOptions,
): Promise<Side[]> {
  if (comparison.prepareAll !== undefined) return comparison.prepareAll(vectors, shape, job);
  const sides: Side[] = [];
  const pause = pauses(job.signal, WORK);
  for (const vector of vectors) {
    sides.push(comparison.prepare(vector, shape));
    if (pause.due()) await pause.turn();
  }
  return sides;
}

/** Each a with each b, nA × nB in C order. Throws `Cancelled`. */
export function scoreMatrix<Side>(
  comparison: Comparison<Side>,
  a: readonly Side[],
  b: readonly Side[],
  job: JobOptions,
): Promise<Float64Array> {
  if (comparison.scoreAll !== undefined) return comparison.scoreAll(a, b, job);
  return scorePairs((x, y) => comparison.score(x, y), a, b, job);
}

/** Vectors made ready at a time: sides are as large as the RDMs. */
const AT_ONCE = 64;

/** Each vector with each side, nVectors × nSides in C order; only some vectors are held ready at a time. */
export async function scoreVectorsWith(
  comparison: Comparison,
  vectors: readonly Float64Array[],
  sides: readonly unknown[],
  shape: PairShape,
  job: JobOptions,
  onDone: (done: number) => void = () => {},
): Promise<Float64Array> {
  const scores = new Float64Array(vectors.length * sides.length);
  const atOnce = comparison.scoreAll === undefined ? 1 : AT_ONCE;
  for (let first = 0; first < vectors.length; first += atOnce) {
    const some = vectors.slice(first, first + atOnce);
    const ready = await prepareSides(comparison, some, shape, job);
    scores.set(await scoreMatrix(comparison, ready, sides, job), first * sides.length);
    onDone(first + some.length);
  }
  return scores;
}

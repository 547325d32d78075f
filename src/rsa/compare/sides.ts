import { pauses, type JobOptions } from "../../core/job.ts";
import type { Comparison, PairShape } from "../comparisons/comparison.ts";

const WORK = "comparing RDMs";

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
export async function scoreMatrix<Side>(
  comparison: Comparison<Side>,
  a: readonly Side[],
  b: readonly Side[],
  job: JobOptions,
): Promise<Float64Array> {
  if (comparison.scoreAll !== undefined) return comparison.scoreAll(a, b, job);
  const scores = new Float64Array(a.length * b.length);
  const pause = pauses(job.signal, WORK);
  for (let k = 0; k < scores.length; k++) {
    scores[k] = comparison.score(a[Math.floor(k / b.length)], b[k % b.length]);
    if (pause.due()) await pause.turn();
  }
  return scores;
}

/**
 * Each vector with each side, nVectors × nSides in C order. Where nothing is gained by having all together, a vector is
 * made ready when its turn comes and then forgotten: ready sides are as large as the RDMs.
 */
export async function scoreVectorsWith(
  comparison: Comparison,
  vectors: readonly Float64Array[],
  sides: readonly unknown[],
  shape: PairShape,
  job: JobOptions,
  onDone: (done: number) => void = () => {},
): Promise<Float64Array> {
  if (comparison.scoreAll !== undefined) {
    const all = await prepareSides(comparison, vectors, shape, job);
    return comparison.scoreAll(all, sides, job);
  }
  const scores = new Float64Array(vectors.length * sides.length);
  for (const [k, vector] of vectors.entries()) {
    const side = await prepareSides(comparison, [vector], shape, job);
    scores.set(await scoreMatrix(comparison, side, sides, job), k * sides.length);
    onDone(k + 1);
  }
  return scores;
}

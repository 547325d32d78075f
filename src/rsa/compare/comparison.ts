import { nextTurn } from "#platform/threads";
import { throwIfCancelled, type JobOptions } from "../../core/job.ts";
import type { NoiseCovariance } from "./noise-covariance.ts";

/** What all RDMs of a comparison have in common. */
export interface PairShape {
  readonly nItems: number;
  /** 1 for each pair that is compared; undefined when all are. */
  readonly known: Uint8Array | undefined;
  /** Covariance of the noise of the patterns; undefined: independent and equal. */
  readonly sigma: NoiseCovariance | undefined;
}

/** One way to compare two RDMs. Each side is made ready once for any number of partners. */
export interface Comparison<Side = unknown> {
  /** Condensed vectors made ready; `NaN` may stand only where `known` is 0. */
  prepare(vectors: readonly Float64Array[], shape: PairShape, job: JobOptions): Promise<Side[]>;
  /** `NaN` where the comparison is not defined. */
  score(a: Side, b: Side): number;
  /** Each a with each b, nA × nB in C order, where that is faster together. */
  scoreAll?(a: readonly Side[], b: readonly Side[], job: JobOptions): Promise<Float64Array>;
}

/** Longest time in ms without a turn of the event loop. */
const TURN_MS = 8;

/** Each a with each b, nA × nB in C order. Throws `Cancelled`. */
export async function scoreMatrix<Side>(
  comparison: Comparison<Side>,
  a: readonly Side[],
  b: readonly Side[],
  job: JobOptions,
): Promise<Float64Array> {
  if (comparison.scoreAll !== undefined) return comparison.scoreAll(a, b, job);
  const scores = new Float64Array(a.length * b.length);
  let turn = performance.now();
  for (let k = 0; k < scores.length; k++) {
    scores[k] = comparison.score(a[Math.floor(k / b.length)], b[k % b.length]);
    if (performance.now() - turn < TURN_MS) continue;
    await nextTurn();
    throwIfCancelled(job.signal, "comparing RDMs");
    turn = performance.now();
  }
  return scores;
}

/** The pairs that are compared, one after the other. */
export function knownPairs(vector: Float64Array, { known }: PairShape): Float64Array {
  return known === undefined ? vector : vector.filter((_, pair) => known[pair] === 1);
}

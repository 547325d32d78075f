import { nextTurn } from "#platform/threads";
import { throwIfCancelled, type JobOptions } from "../../core/job.ts";
import type { SampleScale } from "../../compute/item-samples.ts";
import type { NoiseCovariance } from "./noise-covariance.ts";

/** What all RDMs of a comparison have in common. */
export interface PairShape {
  readonly nItems: number;
  /** 1 for each pair that is compared; undefined when all are. */
  readonly known: Uint8Array | undefined;
  /** Covariance of the noise of the patterns; undefined: independent and equal. */
  readonly sigma: NoiseCovariance | undefined;
}

/** A vector put on the scale on which the angle of two is their score. */
export type ScaleOf = (shape: PairShape) => (vector: Float64Array) => Float64Array;

/** How RDMs are scaled before they are averaged: see `poolable`. */
export type PoolBy = "length" | "z-score" | "rank" | "as is";

/** Scores of samples of items, which follow from products of vectors that a sample only weighs anew. */
export interface SampledScore {
  readonly scale: SampleScale;
  /** From the product of two vectors of so many pairs, and the square of each. */
  score(product: number, squaresA: number, squaresB: number, nPairs: number): number;
}

/**
 * One way to compare two RDMs, and all that fits, evaluations and tests have to know of it. Each side is made ready once
 * for any number of partners.
 */
export interface Comparison<Side = unknown> {
  /** Whether a larger score says that RDMs are more alike, or less. Nothing maximises a distance. */
  readonly direction: "similarity" | "distance";
  /** Whether 0 is a score of chance, to test against; where it is the score of equals, nothing is. */
  readonly zero: "chance" | "equals";
  /** Whether RDMs multiplied by a number score the same. */
  readonly scaleFree: boolean;
  /** Whether the score changes smoothly with the RDMs, which ranks do not. */
  readonly smooth: boolean;
  readonly poolBy: PoolBy;
  /** Undefined where the score is no angle: regression and products do not give it then. */
  readonly scale?: ScaleOf;
  /** Undefined where every sample of items has to be compared by itself. */
  readonly sampled?: SampledScore;
  /** A condensed vector made ready; `NaN` may stand only where `known` is 0. */
  prepare(vector: Float64Array, shape: PairShape): Side;
  /** The same of several, where that is faster together. */
  prepareAll?(vectors: readonly Float64Array[], shape: PairShape, job: JobOptions): Promise<Side[]>;
  /** `NaN` where the comparison is not defined. */
  score(a: Side, b: Side): number;
  /** Each a with each b, nA × nB in C order, where that is faster together. */
  scoreAll?(a: readonly Side[], b: readonly Side[], job: JobOptions): Promise<Float64Array>;
}

/** Condensed vectors made ready. Throws `Cancelled`. */
export async function prepareSides<Side>(
  comparison: Comparison<Side>,
  vectors: readonly Float64Array[],
  shape: PairShape,
  job: JobOptions,
): Promise<Side[]> {
  if (comparison.prepareAll !== undefined) return comparison.prepareAll(vectors, shape, job);
  const sides: Side[] = [];
  let turn = performance.now();
  for (const vector of vectors) {
    sides.push(comparison.prepare(vector, shape));
    if (performance.now() - turn < TURN_MS) continue;
    await nextTurn();
    throwIfCancelled(job.signal, "comparing RDMs");
    turn = performance.now();
  }
  return sides;
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

/** The pairs that are compared, one after the other. */
export function knownPairs(vector: Float64Array, { known }: PairShape): Float64Array {
  return known === undefined ? vector : vector.filter((_, pair) => known[pair] === 1);
}

/** A score as a loss: small for RDMs that are alike, whatever the direction of the score. */
export function lossOfScore({ direction }: Comparison, score: number): number {
  return direction === "distance" ? score : -score;
}

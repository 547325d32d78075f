import type { SampleScale } from "../../compute/item-samples.ts";
import type { JobOptions } from "../../core/job.ts";
import type { NoiseCovariance } from "../compare/noise-covariance.ts";

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

/** A score that follows from the product of two vectors, on a scale that the compute engine can bring them to. */
export interface ProductScore {
  readonly scale: SampleScale;
  /** From the product of two vectors of so many pairs, and the square of each; `NaN` where a square is 0. */
  readonly score: (product: number, squaresA: number, squaresB: number, nPairs: number) => number;
}

/**
 * One way to compare two RDMs, and all that RSA, searchlights, fits, evaluations and tests have to know of it: see
 * {@link ComparisonLike} for one of your own. Each side is made ready once for any number of partners.
 */
export interface Comparison<Side = unknown> {
  /** What results call it. */
  readonly name: string;
  /** What figures call the score of one of ours. Default: its name. */
  readonly words?: string;
  /** Other names it is known by, as in MNE-RSA or rsatoolbox. */
  readonly aliases?: readonly string[];
  /** Whether a larger score says that RDMs are more alike, or less. Nothing maximises a distance. */
  readonly direction: "similarity" | "distance";
  /** Whether 0 is a score of chance, to test against; where it is the score of equals, nothing is. */
  readonly zero: "chance" | "equals";
  /**
   * Whether 0 is chance for signed dissimilarities only (cross-validated ones): RDMs without values below 0 score more,
   * whatever they have to do with each other. Default: no.
   */
  readonly chanceIfSigned?: boolean;
  /**
   * Whether scores are never below 0, so that RDMs that have nothing to do with each other score above it, whatever their
   * signs. Default: no.
   */
  readonly neverBelowZero?: boolean;
  /** Whether RDMs multiplied by a number score the same. Default: no. */
  readonly scaleFree?: boolean;
  /** Whether the score changes smoothly with the RDMs, which ranks do not. Default: no. */
  readonly smooth?: boolean;
  /** Default: as is. */
  readonly poolBy?: PoolBy;
  /** Undefined where the score is no angle: regression and ceilings by products do not give it then. */
  readonly scale?: ScaleOf;
  /** Undefined where every RDM, and every sample of items, has to be compared by itself. */
  readonly product?: ProductScore;
  /** A condensed vector made ready; `NaN` may stand only where `known` is 0, see `knownPairs`. Empty for one item. */
  prepare(vector: Float64Array, shape: PairShape): Side;
  /** The same of several, where that is faster together. */
  prepareAll?(vectors: readonly Float64Array[], shape: PairShape, job: JobOptions): Promise<Side[]>;
  /** `NaN` where the comparison is not defined. */
  score(a: Side, b: Side): number;
  /** Each a with each b, nA × nB in C order, where that is faster together. */
  scoreAll?(a: readonly Side[], b: readonly Side[], job: JobOptions): Promise<Float64Array>;
  /**
   * The same of condensed vectors that are not ready yet, where that is faster than to make each ready; undefined where it is
   * not. Called with one list twice for a list with itself.
   */
  scoreLists?(
    a: readonly Float64Array[],
    b: readonly Float64Array[],
    shape: PairShape,
    job: JobOptions,
    onDone: (nVectors: number) => void,
  ): Promise<Float64Array | undefined>;
}

/** Scores of one data RDM, one for each model (or as many as `nScores` of the comparison says). */
export type Scorer = (data: Float64Array) => Float64Array;

/** Vectors whose products with the centred (and ranked) data RDM, together with its squared length, give the scores. */
export interface ProductScores {
  /** Whether the data are ranked. */
  readonly ranked: boolean;
  readonly vectors: readonly Float64Array[];
  /** One score for each model. */
  readonly scores: (products: Float64Array, squaredNorm: number) => Float64Array;
}

/** One way to compare an RDM with several models at once, so that the score of each depends on the others. */
export interface JointComparison {
  /** What results call it. */
  readonly name: string;
  /** What figures call the score of one of ours. Default: its name. */
  readonly words?: string;
  readonly aliases?: readonly string[];
  /** Fewer models are refused. Default: 1. */
  readonly leastModels?: number;
  /** How many scores of data with so many models there are, where it is not one for each. */
  readonly nScores?: (nModels: number) => number;
  /** Models made ready once for any number of data RDMs; neither they nor the data have `NaN`. */
  readonly jointly: (models: readonly Float64Array[]) => Scorer;
  /** Undefined where every RDM has to be compared by itself. Models may have `NaN`: then all scores are. */
  readonly products?: (models: readonly Float64Array[]) => ProductScores;
}

/**
 * The pairs that are compared, one after the other: what `prepare` of a comparison of your own begins with.
 *
 * @example
 * import { knownPairs } from "tsrsa";
 * const shape = { nItems: 3, known: Uint8Array.of(1, 0, 1), sigma: undefined };
 * knownPairs(Float64Array.of(1, NaN, 3), shape); // Float64Array(2) [ 1, 3 ]
 */
export function knownPairs(vector: Float64Array, { known }: PairShape): Float64Array {
  if (known === undefined) return vector;
  const taken = new Float64Array(vector.length);
  let n = 0;
  for (let pair = 0; pair < vector.length; pair++) if (known[pair] === 1) taken[n++] = vector[pair];
  return taken.slice(0, n);
}

/** How many scores of data with so many models there are. */
export function countScores(comparison: Comparison | JointComparison, nModels: number): number {
  return "nScores" in comparison ? (comparison.nScores?.(nModels) ?? nModels) : nModels;
}

/**
 * Whether an RDM made ready says nothing by this comparison, as a constant by a correlation: then it has no score even
 * with itself.
 */
export function tellsNothing(comparison: Comparison, side: unknown): boolean {
  return Number.isNaN(comparison.score(side, side));
}

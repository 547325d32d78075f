import { averageRanksHere, rankVectors } from "../../compute/rank-vectors.ts";
import type { AverageRanks } from "../../compute/average-ranks.ts";
import type { JobOptions } from "../../core/job.ts";
import { centred, clipped, rootOfProduct } from "../../stats/centred.ts";
import { knownPairs, type Comparison } from "./comparison.ts";
import { fastDot } from "./fast-dot.ts";

/** A vector whose products are scores, and its squared length. */
export interface VectorSide {
  readonly values: Float64Array;
  readonly squares: number;
}

/** The angle of two vectors; `NaN` when one has no length. */
export function cosineOf(a: VectorSide, b: VectorSide): number {
  if (a.squares === 0 || b.squares === 0) return NaN;
  return clipped(fastDot(a.values, b.values) / rootOfProduct(a.squares, b.squares));
}

/** The same, of the product of two vectors and their squares. */
function angleOfProduct(product: number, a: number, b: number): number {
  return clipped(product / rootOfProduct(a, b));
}

export function sideOf(values: Float64Array): VectorSide {
  return { values, squares: fastDot(values, values) };
}

export const cosine: Comparison<VectorSide> = {
  direction: "similarity",
  zero: "chance",
  scaleFree: true,
  smooth: true,
  poolBy: "length",
  scale: (shape) => (vector) => knownPairs(vector, shape),
  sampled: { scale: "values", score: angleOfProduct },
  prepare: (vector, shape) => sideOf(knownPairs(vector, shape)),
  score: cosineOf,
};

export const pearson: Comparison<VectorSide> = {
  direction: "similarity",
  zero: "chance",
  scaleFree: true,
  smooth: true,
  poolBy: "z-score",
  scale: (shape) => (vector) => centred(knownPairs(vector, shape)),
  sampled: { scale: "centred", score: angleOfProduct },
  prepare: (vector, shape) => sideOf(centred(knownPairs(vector, shape))),
  score: cosineOf,
};

export const spearman: Comparison<VectorSide> = {
  direction: "similarity",
  zero: "chance",
  scaleFree: true,
  smooth: false,
  poolBy: "rank",
  sampled: { scale: "ranks", score: angleOfProduct },
  prepare: (vector, shape) => rankSide(averageRanksHere(knownPairs(vector, shape))),
  prepareAll: async (vectors, shape, job) => {
    const known = vectors.map((vector) => knownPairs(vector, shape));
    return (await ranksOf(known, job)).map(rankSide);
  },
  score: cosineOf,
};

/** Ranks without correction for ties (Schütt et al. 2023): the expected value of Spearman's when ties are broken by lot. */
export const rhoA: Comparison<VectorSide> = {
  ...spearman,
  sampled: { scale: "ranks", score: (product, _a, _b, n) => (12 * product) / (n ** 3 - n) },
  score: (a, b) => {
    if (a.squares === 0 || b.squares === 0) return NaN;
    const n = a.values.length;
    return (12 * fastDot(a.values, b.values)) / (n ** 3 - n);
  },
};

/** Shorter vectors are ranked faster than a job is begun. */
const SHORT = 2 ** 15;

/** Average ranks of vectors of one length; `NaN` must not occur. */
export async function ranksOf(
  vectors: readonly Float64Array[],
  job: JobOptions,
): Promise<AverageRanks[]> {
  if ((vectors[0]?.length ?? 0) < SHORT) return vectors.map(averageRanksHere);
  return rankVectors(vectors, job);
}

/** Ranks minus their mean; their squares follow from the ties. */
export function rankSide({ ranks, tieSum }: AverageRanks): VectorSide {
  const n = ranks.length;
  const mean = (n + 1) / 2;
  const values = ranks;
  for (let k = 0; k < n; k++) values[k] -= mean;
  return { values, squares: (n * n * n - n - tieSum) / 12 };
}

import { averageRanksSync, rankVectors } from "../../compute/rank-vectors.ts";
import type { AverageRanks } from "../../compute/average-ranks.ts";
import type { JobOptions } from "../../core/job.ts";
import { dot } from "../../linalg/dot.ts";
import { clipped, rootOfProduct, type Centred } from "../../stats/centred.ts";

/** The cosine of two vectors from their product and their squares; `NaN` when one has no length. */
export function angleOfProduct(product: number, a: number, b: number): number {
  return clipped(product / rootOfProduct(a, b));
}

/** A vector whose products are scores, as it is. */
export function sideOf(values: Float64Array): Centred {
  return { values, squares: dot(values, values) };
}

/** Fewer values are ranked faster than a job is begun. */
const SHORT = 2 ** 15;

/** Average ranks of vectors of one length; `NaN` must not occur. */
export async function ranksOf(
  vectors: readonly Float64Array[],
  job: JobOptions,
): Promise<AverageRanks[]> {
  if (vectors.length * (vectors[0]?.length ?? 0) < SHORT) return vectors.map(averageRanksSync);
  return rankVectors(vectors, job);
}

/** Ranks minus their mean; their squares follow from the ties. */
export function rankSide({ ranks, tieSum }: AverageRanks): Centred {
  const n = ranks.length;
  const mean = (n + 1) / 2;
  const values = ranks;
  for (let k = 0; k < n; k++) values[k] -= mean;
  return { values, squares: (n * n * n - n - tieSum) / 12 };
}

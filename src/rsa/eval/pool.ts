import { dot } from "../../linalg/dot.ts";
import { centred } from "../../stats/centred.ts";
import { ranksOf } from "../compare/vectors.ts";
import {
  knownPairs,
  tellsNothing,
  type Comparison,
  type PairShape,
} from "../comparisons/comparison.ts";

/**
 * Data RDMs on the scale on which their mean is the prediction that all of them like best: z-scored for correlations,
 * of unit length for cosines, ranked for rank correlations (for tau only nearly so). Undefined for one that has no
 * such scale, and for one that says nothing: a constant. Full condensed vectors; what is not known is `NaN`.
 */
export async function poolable(
  vectors: readonly Float64Array[],
  comparison: Comparison,
  shape: PairShape,
  sides?: readonly unknown[],
): Promise<(Float64Array | undefined)[]> {
  switch (comparison.poolBy) {
    case "length":
      return vectors.map((vector) => toLength(vector, knownPairs(vector, shape)));
    case "z-score":
      return vectors.map((vector) => standardised(vector, shape));
    case "rank":
      return (
        await ranksOf(
          vectors.map((vector) => knownPairs(vector, shape)),
          {},
        )
      ).map(({ ranks, tieSum }) => {
        const n = ranks.length;
        return tieSum === n * n * n - n ? undefined : spread(ranks, shape);
      });
    default:
      return vectors.map((vector, k) => {
        const side = sides === undefined ? comparison.prepare(vector, shape) : sides[k];
        return tellsNothing(comparison, side) ? undefined : vector;
      });
  }
}

/** The mean of some vectors, each so many times. Ranks are summed before they are divided: ties stay ties. */
export function pooled(
  vectors: readonly Float64Array[],
  times: ArrayLike<number> = new Float64Array(vectors.length).fill(1),
): Float64Array {
  const total = Array.from(times).reduce((sum, count) => sum + count, 0);
  const sum = new Float64Array(vectors[0].length);
  vectors.forEach((vector, k) => {
    const count = times[k];
    if (count > 0) for (let pair = 0; pair < sum.length; pair++) sum[pair] += count * vector[pair];
  });
  return sum.map((value) => value / total);
}

function toLength(vector: Float64Array, values: Float64Array): Float64Array | undefined {
  const length = Math.sqrt(dot(values, values) / values.length);
  return length > 0 ? vector.map((value) => value / length) : undefined;
}

function standardised(vector: Float64Array, shape: PairShape): Float64Array | undefined {
  const values = centred(knownPairs(vector, shape));
  const scaled = toLength(values, values);
  return scaled && spread(scaled, shape);
}

/** Values of the known pairs back at their places. */
function spread(values: Float64Array, { known }: PairShape): Float64Array {
  if (known === undefined) return values;
  let at = 0;
  return Float64Array.from(known, (one) => (one === 1 ? values[at++] : NaN));
}

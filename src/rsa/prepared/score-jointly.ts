import { hasNaN } from "../../stats/has-nan.ts";
import type { JointComparison, Scorer } from "../comparisons/comparison.ts";
import { undefinedScores } from "./undefined-scores.ts";

/**
 * Compare data with all models at once. A pair that is `NaN` anywhere is left out everywhere, for this data RDM alone:
 * MNE-RSA keeps leaving it out for all data RDMs that follow.
 */
export function scoreJointly(
  { jointly }: JointComparison,
  models: readonly Float64Array[],
  ignoreNan: boolean,
): Scorer {
  const complete = models.some(hasNaN) ? undefined : jointly(models);
  return (data) => {
    if (data.length === 0) return undefinedScores(models);
    if (complete !== undefined && !hasNaN(data)) return complete(data);
    if (!ignoreNan) return undefinedScores(models);
    const [known, ...others] = withoutNaN([data, ...models]);
    return known.length === 0 ? undefinedScores(models) : jointly(others)(known);
  };
}

/** The columns restricted to the pairs where none is `NaN`. */
function withoutNaN(columns: readonly Float64Array[]): Float64Array[] {
  const known = columns[0].map((_, pair) => (columns.some((c) => Number.isNaN(c[pair])) ? 0 : 1));
  return columns.map((column) => column.filter((_, pair) => known[pair] === 1));
}

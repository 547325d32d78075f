import { hasNaN } from "../../stats/has-nan.ts";
import { countScores, type JointComparison, type Scorer } from "../comparisons/comparison.ts";
import { undefinedScores } from "./undefined-scores.ts";

/**
 * Compare data with all models at once. A pair that is `NaN` anywhere is left out everywhere, for this data RDM alone:
 * MNE-RSA keeps leaving it out for all data RDMs that follow.
 */
export function scoreJointly(
  comparison: JointComparison,
  models: readonly Float64Array[],
  ignoreNan: boolean,
): Scorer {
  const { jointly } = comparison;
  const nScores = countScores(comparison, models.length);
  const gaps = models.some(hasNaN);
  if (gaps && !ignoreNan) return () => undefinedScores(nScores);
  // Pairs that a model lacks are left out of all data RDMs: the models are made ready without them once.
  const pairs = gaps ? knownPairsOf(models) : undefined;
  const ready =
    pairs?.length === 0 ? undefined : jointly(models.map((model) => take(model, pairs)));
  return (data) => {
    const compared = take(data, pairs);
    if (compared.length === 0 || ready === undefined) return undefinedScores(nScores);
    if (!hasNaN(compared)) return ready(compared);
    if (!ignoreNan) return undefinedScores(nScores);
    const [known, ...others] = withoutNaN([data, ...models]);
    return known.length === 0 ? undefinedScores(nScores) : jointly(others)(known);
  };
}

/** The pairs that every model has. */
function knownPairsOf(models: readonly Float64Array[]): Int32Array {
  const isKnown = (pair: number): boolean => models.every((model) => !Number.isNaN(model[pair]));
  return Int32Array.from(models[0].keys()).filter(isKnown);
}

/** Some of the values; undefined: all. */
function take(values: Float64Array, pairs: Int32Array | undefined): Float64Array {
  return pairs === undefined ? values : Float64Array.from(pairs, (pair) => values[pair]);
}

/** The columns restricted to the pairs where none is `NaN`. */
function withoutNaN(columns: readonly Float64Array[]): Float64Array[] {
  const known = columns[0].map((_, pair) => (columns.some((c) => Number.isNaN(c[pair])) ? 0 : 1));
  return columns.map((column) => column.filter((_, pair) => known[pair] === 1));
}

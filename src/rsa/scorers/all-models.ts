import { hasNaN } from "../../stats/has-nan.ts";
import type { Scorer, ScorerOf } from "./scorer.ts";
import { undefinedScores, withoutNaN } from "./without-nan.ts";

/**
 * A metric that looks at all models at once. A pair that is `NaN` anywhere is left out everywhere, for this data RDM
 * alone: MNE-RSA keeps leaving it out for all data RDMs that follow.
 */
export function allModels(prepare: (models: readonly Float64Array[]) => Scorer): ScorerOf {
  return (models, ignoreNan) => {
    const complete = models.some(hasNaN) ? undefined : prepare(models);
    return (data) => {
      if (data.length === 0) return undefinedScores(models);
      if (complete !== undefined && !hasNaN(data)) return complete(data);
      if (!ignoreNan) return undefinedScores(models);
      const [known, ...others] = withoutNaN([data, ...models]);
      return known.length === 0 ? undefinedScores(models) : prepare(others)(known);
    };
  };
}

import { hasNaN } from "../../stats/has-nan.ts";
import type { ScorerOf } from "./scorer.ts";
import { undefinedScores, withoutNaN } from "./without-nan.ts";

/** How to compare one RDM with one other, each side prepared by itself (ranked, sorted …). */
export interface PairScore<Side> {
  /** Never called with `NaN`. */
  readonly prepare: (values: Float64Array) => Side;
  readonly score: (data: Side, model: Side) => number;
}

/**
 * A metric that looks at one model at a time. Each side is prepared once, the data for all models; only a side with
 * `NaN` has to be prepared anew for each partner, because what is left out depends on both.
 */
export function eachModel<Side>({ prepare, score }: PairScore<Side>): ScorerOf {
  const anew = (data: Float64Array, model: Float64Array): number => {
    const [d, m] = withoutNaN([data, model]);
    return score(prepare(d), prepare(m));
  };
  return (models, ignoreNan) => {
    const prepared = models.map((model) => (hasNaN(model) ? undefined : prepare(model)));
    return (data) => {
      const gaps = hasNaN(data);
      if (gaps && !ignoreNan) return undefinedScores(models);
      const side = gaps ? undefined : prepare(data);
      return Float64Array.from(models, (model, at) => {
        const other = prepared[at];
        if (side !== undefined && other !== undefined) return score(side, other);
        return ignoreNan ? anew(data, model) : NaN;
      });
    };
  };
}

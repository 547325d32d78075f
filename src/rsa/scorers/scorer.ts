/** Compares condensed data RDMs with models that were prepared once: one score for each model. */
export type Scorer = (data: Float64Array) => Float64Array;

/** Prepare models for one metric. With `ignoreNan`, pairs that are `NaN` on a side are left out; else they give `NaN`. */
export type ScorerOf = (models: readonly Float64Array[], ignoreNan: boolean) => Scorer;

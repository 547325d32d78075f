import type { PValueCorrection } from "../../stats/adjust-p-values.ts";

/**
 * How models are tested. `t`: Student's t from the variances of the evaluation. `bootstrap`: shares of the bootstrap
 * samples. `ranksum`: Wilcoxon's signed ranks over the data RDMs of a fixed evaluation.
 */
export type EvalTestType = "t" | "bootstrap" | "ranksum";

/** What to test, and how to correct for the number of tests. */
export interface EvalTestOptions {
  /** Default: `t`. */
  readonly type?: EvalTestType;
  /**
   * Each family by itself: all models against zero, all against the ceiling, all pairs of models. Default: `fdr-bh`
   * (the false discovery rate); `bonferroni` and `holm` bound the family-wise error rate.
   */
  readonly correction?: PValueCorrection;
}

/** P values as they are, and corrected for the number of tests in their family. `NaN` where no test was possible. */
export interface PValues {
  readonly p: Float64Array;
  readonly adjusted: Float64Array;
}

/** All tests of an evaluation. */
export interface EvalTests {
  readonly type: EvalTestType;
  readonly correction: PValueCorrection;
  /** Each model against zero; one-sided (better than chance) but for `ranksum`, which is two-sided. */
  readonly zero: PValues;
  /** Each model against the lower noise ceiling; two-sided, for `bootstrap` one-sided (below it). */
  readonly ceiling: PValues | undefined;
  /** Each pair of models, nModels × nModels in C order, two-sided; 1 on the diagonal. */
  readonly pairwise: PValues;
  /** Test and correction in the words of a figure legend. */
  readonly words: string;
}

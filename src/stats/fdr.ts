import { oneOf, proper } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { adjustPValues } from "./adjust-p-values.ts";

/** How the false discovery rate is bounded. */
export interface FdrOptions {
  /**
   * `bh`: Benjamini and Hochberg 1995, for tests that are independent or positively dependent. `by`: Benjamini and
   * Yekutieli 2001, for any dependence. Default: `bh`.
   */
  readonly method?: "bh" | "by";
  /** The share of false positives accepted among the significant. Default: 0.05. */
  readonly alpha?: number;
}

/** Which tests are significant at a false discovery rate. */
export interface FdrResult {
  /** Adjusted p values (q values), in the order given; `NaN` where no test was. */
  readonly pValues: Float64Array;
  readonly significant: readonly boolean[];
  readonly nSignificant: number;
  readonly alpha: number;
  /** The words for a figure legend. */
  readonly method: string;
}

const fdrNames: OptionNames<FdrOptions> = { method: oneOf(["bh", "by"]), alpha: proper };

/**
 * Which of many tests are significant when the expected share of false positives among them shall be at most `alpha`.
 * `NaN` p values are no tests and do not count. Agrees with `mne.stats.fdr_correction`. Throws `InvalidArgument` for
 * what is no probability, `UnknownOption`.
 *
 * @example
 * import { fdr } from "tsrsa";
 * fdr([0.001, 0.02, 0.04, 0.9]).significant; // [ true, true, false, false ]
 */
export function fdr(pValues: ArrayLike<number>, options: FdrOptions = {}): FdrResult {
  checkOptions(options, fdrNames);
  const { method = "bh", alpha = 0.05 } = options;
  const adjusted = adjustPValues(pValues, method === "bh" ? "fdr-bh" : "fdr-by");
  const significant = Array.from(adjusted, (p) => p <= alpha);
  const nSignificant = significant.filter(Boolean).length;
  const name = method === "bh" ? "Benjamini–Hochberg" : "Benjamini–Yekutieli";
  return {
    pValues: adjusted,
    significant,
    nSignificant,
    alpha,
    method: `false discovery rate ${alpha} (${name}, ${adjusted.filter((p) => !Number.isNaN(p)).length} tests)`,
  };
}

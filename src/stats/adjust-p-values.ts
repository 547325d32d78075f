import { InvalidArgument } from "../core/errors.ts";
import { oneOf } from "../core/gate/kinds.ts";
import { toVector } from "../core/gate/vector.ts";

/** Corrections of p values for the number of tests. */
export const pValueCorrections = ["none", "bonferroni", "holm", "fdr-bh", "fdr-by"] as const;

/** The name of a correction of p values for the number of tests. */
export type PValueCorrection = (typeof pValueCorrections)[number];

/** What a correction is called under a figure. */
const names: Readonly<Record<PValueCorrection, string>> = {
  none: "uncorrected",
  bonferroni: "Bonferroni-corrected",
  holm: "Holm-corrected",
  "fdr-bh": "FDR-corrected (Benjamini–Hochberg)",
  "fdr-by": "FDR-corrected (Benjamini–Yekutieli)",
};

/** A correction in the words of a figure legend. Throws `UnknownOption`. */
export function correctionWords(correction: PValueCorrection): string {
  oneOf(pValueCorrections)(correction, "correction");
  return names[correction];
}

/**
 * Adjusted p values: a test is significant at α after correction when its adjusted p value is at most α. `bonferroni`
 * and `holm` bound the chance of any false positive, `fdr-bh` and `fdr-by` the expected share of false ones among the
 * significant. A `NaN` is no test: it stays `NaN` and does not count. Agrees with `mne.stats.fdr_correction` and
 * `statsmodels.stats.multitest.multipletests`. Throws `InvalidArgument` for what is no probability, `UnknownOption`.
 *
 * @example
 * import { adjustPValues } from "tsrsa";
 * adjustPValues([0.01, 0.04, 0.03], "holm"); // Float64Array(3) [ 0.03, 0.06, 0.06 ]
 */
export function adjustPValues(
  pValues: ArrayLike<number>,
  correction: PValueCorrection,
): Float64Array {
  correctionWords(correction);
  const adjusted = toVector(pValues, "pValues");
  const bad = adjusted.find((p) => p < 0 || p > 1);
  if (bad !== undefined)
    throw new InvalidArgument("p value", bad, "give probabilities between 0 and 1");
  const order = Array.from(adjusted.keys()).filter((i) => !Number.isNaN(adjusted[i]));
  order.sort((a, b) => adjusted[a] - adjusted[b]);
  correctOrdered(adjusted, order, correction);
  return adjusted;
}

/** Each rule multiplies the i-th smallest p value, and then keeps their order. */
function correctOrdered(p: Float64Array, order: readonly number[], rule: PValueCorrection): void {
  const m = order.length;
  if (rule === "fdr-bh" || rule === "fdr-by") {
    let least = 1;
    const harmonic = rule === "fdr-by" ? order.reduce((sum, _, i) => sum + 1 / (i + 1), 0) : 1;
    for (let i = m - 1; i >= 0; i--)
      p[order[i]] = least = Math.min(least, (p[order[i]] * m * harmonic) / (i + 1));
  } else if (rule !== "none") {
    let most = 0;
    order.forEach((at, i) => {
      const times = rule === "holm" ? m - i : m;
      p[at] = most = Math.max(most, Math.min(1, p[at] * times));
    });
  }
}

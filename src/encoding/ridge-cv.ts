import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import type { Matrix, MatrixLike } from "../core/matrix.ts";
import { alphaList } from "./alphas.ts";
import { bestAlpha, bestAlphas, alphaScoreKind, type AlphaScore } from "./best-alphas.ts";
import { scoreUnits } from "./cross-validate-ridge.ts";
import { regressionInput, type Responses } from "./regression-input.ts";
import { fitRidge } from "./fit-ridge.ts";
import type { RidgeModel } from "./ridge.ts";
import { segmentsOf, type FoldsOption } from "./segments.ts";

/** How the penalty is chosen. */
export interface RidgeCvOptions extends JobOptions {
  /** Penalties to choose from. Default: 10⁻² … 10⁵, eleven in equal ratios. */
  readonly alphas?: readonly number[];
  /** As in `crossValidateRidge`. Default: 5. */
  readonly folds?: FoldsOption;
  /** Choose for each target by itself; else one for all, by their mean score. Default: true. */
  readonly perTarget?: boolean;
  /** What the penalty is chosen by. Default: `r2`. */
  readonly score?: AlphaScore;
  /** Fit an intercept. Default: true. */
  readonly intercept?: boolean;
}

const ridgeCvNames: OptionNames<RidgeCvOptions> = {
  alphas: true,
  folds: true,
  perTarget: true,
  score: alphaScoreKind,
  intercept: true,
  ...jobNames,
};

/** A ridge regression whose penalty was chosen by cross-validation. */
export interface RidgeCvModel extends RidgeModel {
  readonly alphas: readonly number[];
  /**
   * Mean score over the folds in which the target varies: nAlphas × nTargets; `NaN` where it is constant in all, or the
   * penalty predicts a constant and has no correlation. The best of them is too good a guess for new data: it was chosen.
   * `crossValidateRidge` with several penalties gives an honest one.
   */
  readonly cvScores: Matrix<Float64Array>;
}

const defaultAlphas = Array.from({ length: 11 }, (_, k) => 10 ** (-2 + 0.7 * k));

/**
 * Ridge regression with the penalty that predicts left-out rows best, for each target by itself; fitted to all rows.
 * Does what himalaya's `RidgeCV` does: of equally good penalties the larger is taken.
 *
 * A fold must test two rows or more: one row has neither R² nor a correlation.
 *
 * @param stimuli - nRows × nFeatures.
 * @param responses - nRows × nTargets, or one target as a list.
 * @throws as `crossValidateRidge`; UnknownOption.
 * @example
 * import { ridgeCv } from "tsrsa";
 * const stimuli = [[0, 1], [1, 0], [2, 2], [3, 1], [4, 0], [5, 2]];
 * const { alpha } = await ridgeCv(stimuli, [1, 3, 5, 7, 9, 11], { alphas: [0.1, 10], folds: 3 });
 * alpha[0]; // 0.1
 */
export async function ridgeCv(
  stimuli: MatrixLike,
  responses: Responses,
  options: RidgeCvOptions = {},
): Promise<RidgeCvModel> {
  checkOptions(options, ridgeCvNames);
  const { folds = 5, perTarget = true, score = "r2" } = options;
  const alphas = alphaList(options.alphas ?? defaultAlphas, "alphas");
  const input = regressionInput(stimuli, responses);
  const segments = segmentsOf(folds, input.nRows);
  const units = Array.from({ length: segments.nFolds }, (_, fold) => fold).flatMap((fold) =>
    alphas.map((alpha) => ({ without: [fold, -1] as const, tested: fold, alpha })),
  );
  const found = await scoreUnits(input, segments, units, options);
  const { index, means } = bestAlphas(found[score], alphas, input.nTargets);
  const best = perTarget ? index : index.fill(bestForAll(means, alphas));
  const alpha = Float64Array.from(best, (a) => alphas[a]);
  const model = await fitRidge(input, alpha, options);
  const shape = [alphas.length, input.nTargets];
  return { ...model, alpha, alphas: [...alphas], cvScores: { data: means, shape } };
}

/** By the mean over the targets in which any penalty has a score: one fold of all means. */
function bestForAll(means: Float64Array, alphas: readonly number[]): number {
  const nTargets = means.length / alphas.length;
  const totals = new Float64Array(alphas.length);
  let counted = 0;
  for (let target = 0; target < nTargets; target++) {
    const scores = alphas.map((_, a) => means[a * nTargets + target]);
    if (scores.every(Number.isNaN)) continue;
    counted++;
    scores.forEach((score, a) => (totals[a] += score));
  }
  return bestAlpha(
    Array.from(totals, (total) => (counted > 0 ? total / counted : NaN)),
    alphas,
  );
}

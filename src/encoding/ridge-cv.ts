import type { JobOptions } from "../core/job.ts";
import type { Matrix, MatrixLike } from "../core/matrix.ts";
import { checkAlphas } from "./alphas.ts";
import { bestAlphas, checkAlphaScore, type AlphaScore } from "./best-alphas.ts";
import { scoreUnits } from "./cross-validate-ridge.ts";
import { regressionInput, type Responses } from "./regression-input.ts";
import { fitRidge, type RidgeModel } from "./ridge.ts";
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

/** A ridge regression whose penalty was chosen by cross-validation. */
export interface RidgeCvModel extends RidgeModel {
  readonly alphas: readonly number[];
  /**
   * Mean score over the folds: nAlphas × nTargets. The best of them is too good a guess for new data: it was chosen.
   * `crossValidateRidge` with several penalties gives an honest one.
   */
  readonly cvScores: Matrix<Float64Array>;
}

const defaultAlphas = Array.from({ length: 11 }, (_, k) => 10 ** (-2 + 0.7 * k));

/**
 * Ridge regression with the penalty that predicts left-out rows best, for each target by itself; fitted to all rows.
 * Does what himalaya's `RidgeCV` does: of equally good penalties the larger is taken.
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
  const { alphas = defaultAlphas, folds = 5, perTarget = true, score = "r2" } = options;
  checkAlphas(alphas, "alphas");
  checkAlphaScore(score);
  const input = regressionInput(stimuli, responses);
  const segments = segmentsOf(folds, input.nRows);
  const units = Array.from({ length: segments.nFolds }, (_, fold) => fold).flatMap((fold) =>
    alphas.map((alpha) => ({ without: [fold, -1] as const, tested: fold, alpha })),
  );
  const found = await scoreUnits(input, segments, units, options);
  const { index, means } = bestAlphas(found[score], alphas, input.nTargets);
  const best = perTarget ? index : index.fill(bestForAll(means, alphas.length));
  const alpha = Float64Array.from(best, (a) => alphas[a]);
  const model = await fitRidge(input, alpha, options);
  const shape = [alphas.length, input.nTargets];
  return { ...model, alpha, alphas: [...alphas], cvScores: { data: means, shape } };
}

function bestForAll(means: Float64Array, nAlphas: number): number {
  const nTargets = means.length / nAlphas;
  const totals = Array.from({ length: nAlphas }, (_, a) =>
    means.subarray(a * nTargets, (a + 1) * nTargets).reduce((sum, value) => sum + value, 0),
  );
  return totals.lastIndexOf(Math.max(...totals));
}

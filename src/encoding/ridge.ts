import { ShapeMismatch } from "../core/errors.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import type { MatrixLike } from "../core/matrix.ts";
import { alphaList } from "./alphas.ts";
import { fitRidge } from "./fit-ridge.ts";
import type { LinearModel } from "./linear-model.ts";
import { regressionInput, type Responses } from "./regression-input.ts";

/** How ridge regression goes. */
export interface RidgeFitOptions extends JobOptions {
  /** The penalty on the sum of squared coefficients, one for all or one a target; 0 is least squares. Default: 1. */
  readonly alpha?: number | ArrayLike<number>;
  /** Fit an intercept, which is not penalised. Default: true. */
  readonly intercept?: boolean;
}

export const ridgeFitNames: OptionNames<RidgeFitOptions> = {
  alpha: true,
  intercept: true,
  ...jobNames,
};

/** A fitted ridge regression. */
export interface RidgeModel extends LinearModel {
  /** The penalty of each target. */
  readonly alpha: Float64Array;
}

/**
 * Ridge regression of many targets on the same features: minimises ‖y − Xw − b‖² + alpha ‖w‖². Agrees with
 * scikit-learn's `Ridge`. Any number of features; with more than rows it is solved in as many dimensions as rows. For
 * alpha 0 and collinear features the shortest solution is given.
 *
 * @param stimuli - nRows × nFeatures.
 * @param responses - nRows × nTargets, or one target as a list.
 * @throws ShapeMismatch for other numbers of rows; InvalidArgument for NaN, alpha below 0; Cancelled.
 * @example
 * import { ridge } from "tsrsa";
 * const { coef, intercept } = await ridge([[1], [2], [3]], [2, 4, 6], { alpha: 2 });
 * [coef.data[0], intercept[0]]; // [ 1, 2 ]
 */
export async function ridge(
  stimuli: MatrixLike,
  responses: Responses,
  options: RidgeFitOptions = {},
): Promise<RidgeModel> {
  checkOptions(options, ridgeFitNames);
  const input = regressionInput(stimuli, responses);
  const alpha = alphaOfTargets(options.alpha ?? 1, input.nTargets);
  return { ...(await fitRidge(input, alpha, options)), alpha };
}

/** A penalty for each target. Throws `InvalidArgument`, `ShapeMismatch`. */
function alphaOfTargets(alpha: number | ArrayLike<number>, nTargets: number): Float64Array {
  const given = alphaList(alpha);
  const list = typeof alpha === "number" ? new Float64Array(nTargets).fill(alpha) : given;
  if (list.length !== nTargets)
    throw new ShapeMismatch(`one alpha, or ${nTargets}: one a target`, `${list.length}`);
  return Float64Array.from(list);
}

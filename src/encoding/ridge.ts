import type { Regression } from "../compute/regression.ts";
import { ridgeUnits } from "../compute/ridge-units.ts";
import { ShapeMismatch } from "../core/errors.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import type { MatrixLike } from "../core/matrix.ts";
import { alphaList, targetsByAlpha } from "./alphas.ts";
import { rawFeatures, type LinearModel } from "./linear-model.ts";
import { reduceFeatures } from "./reduce-features.ts";
import { regressionInput, type RegressionInput, type Responses } from "./regression-input.ts";
import { shortestLeastSquares } from "./shortest-least-squares.ts";

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

/** Fit each target with its penalty. */
export async function fitRidge(
  input: RegressionInput,
  alpha: Float64Array,
  options: Pick<RidgeFitOptions, "intercept" | "signal" | "jobs">,
): Promise<LinearModel> {
  const { nTargets, nFeatures: p, flat } = input;
  const { intercept = true, signal, jobs } = options;
  const reduced = reduceFeatures(input, intercept);
  const coef = new Float64Array(nTargets * p);
  const offsets = new Float64Array(nTargets);
  for (const [penalty, targets] of targetsByAlpha(alpha)) {
    const regression = regressionOf(input, reduced, targets, intercept);
    const units = [{ without: [-1, -1], tested: -1, alpha: penalty }] as const;
    const found = await ridgeUnits(regression, units, { weights: true }, { signal, jobs });
    const fitted = found.solvable[0]
      ? reduced.restore(found.coef, found.intercept)
      : shortestLeastSquares(input, targets, { alpha: penalty, intercept });
    targets.forEach((target, t) => {
      coef.set(fitted.coef.subarray(t * p, (t + 1) * p), target * p);
      offsets[target] = fitted.intercept[t];
    });
  }
  return {
    coef: { data: coef, shape: [nTargets, p] },
    intercept: offsets,
    features: rawFeatures(p),
    flat,
  };
}

/** Some targets on all rows, for the compute floor. */
function regressionOf(
  input: RegressionInput,
  reduced: { readonly features: Float64Array; readonly nFeatures: number },
  targets: readonly number[],
  intercept: boolean,
): Regression {
  return {
    features: reduced.features,
    nFeatures: reduced.nFeatures,
    targets: columnsOf(input.targets, input.nRows, input.nTargets, targets),
    nRows: input.nRows,
    nTargets: targets.length,
    segmentOf: new Int32Array(input.nRows),
    nSegments: 1,
    intercept,
  };
}

/** Some columns; the same array when they are all there are. */
export function columnsOf(
  data: Float64Array | Float32Array,
  nRows: number,
  width: number,
  columns: readonly number[],
): Float64Array | Float32Array {
  if (columns.length === width) return data;
  const out = new Float64Array(nRows * columns.length);
  for (let row = 0; row < nRows; row++)
    columns.forEach((column, c) => (out[row * columns.length + c] = data[row * width + column]));
  return out;
}

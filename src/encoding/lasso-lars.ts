import { lassoTargets, type LassoOptions } from "../compute/lasso-targets.ts";
import { InvalidArgument } from "../core/errors.ts";
import { oneOf, whole } from "../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import type { MatrixLike } from "../core/matrix.ts";
import { reporter } from "../core/progress.ts";
import { currentWord } from "../core/superseded.ts";
import { standardScale } from "../stats/standard-scale.ts";
import { alphaList } from "./alphas.ts";
import { rawFeatures, type LinearModel } from "./linear-model.ts";
import { regressionInput, type RegressionInput, type Responses } from "./regression-input.ts";
import { segmentsOf, type FoldsOption, type Segments } from "./segments.ts";

const eras = ["seed", "0.13", "none"] as const;

/** What `normalize` was called before. `0.13`: features were standardised over all rows first; see {@link LassoNormalize}. */
export type LassoEra = (typeof eras)[number];

const normalizations = ["per-fold", "none"] as const;

/**
 * How features are scaled. `per-fold`: each is divided by its length over the training rows, and coefficients are given
 * in its own units (scikit-learn before 1.2, `normalize=True`). `none`: only centred. For what nilearn's example has done
 * since 0.9 (`StandardScaler`, then `LassoLarsCV`), give `standardScale(stimuli)` and `none`: coefficients are then in
 * units of standard deviations.
 */
export type LassoNormalize = (typeof normalizations)[number];

/** What is done to features, from either word. */
function scalingOf({ normalize, era }: LassoLarsOptions): LassoNormalize | "0.13" {
  if (era === undefined) return normalize ?? "per-fold";
  if (normalize !== undefined)
    throw new InvalidArgument("era", era, "normalize is given; pass that alone");
  if (era === "0.13") return era;
  return currentWord("era", era, { seed: "per-fold" });
}

/** What all lasso regressions take. */
export interface LassoLarsOptions extends JobOptions {
  /** Default: `per-fold`. */
  readonly normalize?: LassoNormalize;
  /** Instead of `normalize`, the words of before: `seed` is `per-fold`, `0.13` standardises over all rows first. */
  readonly era?: LassoEra;
  /** The most steps of a path. Default: 500. */
  readonly maxIterations?: number;
  /** Fit an intercept. Default: true. */
  readonly intercept?: boolean;
}

/** Memory is laid out for every step. */
const mostIterations = 100_000;

const lassoLarsNames: OptionNames<LassoLarsOptions> = {
  normalize: oneOf(normalizations),
  era: oneOf(eras),
  maxIterations: whole(1, mostIterations),
  intercept: true,
  ...jobNames,
};

/** A fitted lasso; most coefficients are exactly 0. */
export interface LassoModel extends LinearModel {
  /** The penalty of each target. */
  readonly alpha: Float64Array;
  /** Steps that the path took. */
  readonly nIterations: Int32Array;
  /** Mean squared error at that penalty over the folds; NaN when it was not chosen by cross-validation. */
  readonly cvError: Float64Array;
}

/**
 * Lasso by least angles (Efron et al. 2004) down to a penalty: minimises ‖y − Xw − b‖² / (2 n) + alpha ‖w‖₁. Agrees
 * with scikit-learn's `LassoLars`, for many targets at once.
 *
 * @param stimuli - nRows × nFeatures.
 * @param responses - nRows × nTargets, or one target as a list.
 * @param alpha - the penalty, above 0 (0: the path to its end).
 * @throws ShapeMismatch; InvalidArgument for NaN, alpha below 0; UnknownOption; Cancelled.
 * @example
 * import { lassoLars } from "tsrsa";
 * const stimuli = [[0, 1], [1, 0], [2, 1], [3, 0]];
 * const { coef } = await lassoLars(stimuli, [0, 2, 4, 6], 0.1, { normalize: "none" });
 * Array.from(coef.data, (w) => w.toFixed(2)); // [ '1.92', '0.00' ]
 */
export async function lassoLars(
  stimuli: MatrixLike,
  responses: Responses,
  alpha: number,
  options: LassoLarsOptions = {},
): Promise<LassoModel> {
  if (typeof alpha !== "number")
    throw new InvalidArgument(
      "alpha",
      alpha,
      "the third argument is the penalty, a number; options come after it: lassoLars(stimuli, responses, 0.1, { normalize })",
    );
  alphaList(alpha);
  checkOptions(options, lassoLarsNames);
  const input = regressionInput(stimuli, responses);
  const segments = { segmentOf: new Int32Array(input.nRows), nSegments: 1, nFolds: 1 };
  return fitLasso(input, segments, alpha, options);
}

/** What the cross-validated lasso takes. */
export interface LassoLarsCvOptions extends LassoLarsOptions {
  /** Folds that together test every row. Default: 5 consecutive ones. */
  readonly folds?: FoldsOption;
}

export const lassoLarsCvNames: OptionNames<LassoLarsCvOptions> = {
  ...lassoLarsNames,
  folds: true,
};

/**
 * Lasso by least angles with the penalty that predicts left-out rows best, chosen for each target by itself. Agrees
 * with scikit-learn's `LassoLarsCV`, ties and tolerances included; all targets share the products of the features.
 *
 * Its quirks are kept: a step ends when the correlation is within 1.2e-7 of the penalty, so give responses of ordinary
 * size; with `per-fold` the penalty that was best for the shorter training sets is used unchanged for all rows; exactly
 * repeated features give a result that depends on their order. A constant target, which scikit-learn cannot fit, has
 * coefficients of 0 and is listed in `flat`.
 *
 * @param stimuli - nRows × nFeatures.
 * @param responses - nRows × nTargets, or one target as a list.
 * @throws ShapeMismatch; InvalidArgument for NaN or folds that do not test every row; UnknownOption; Cancelled.
 * @example
 * import { lassoLarsCv } from "tsrsa";
 * const stimuli = Array.from({ length: 20 }, (_, t) => [t % 2, (t % 3) - 1, (t % 5) - 2]);
 * const { coef } = await lassoLarsCv(stimuli, stimuli.map(([first]) => 2 * first));
 * Array.from(coef.data, (w) => w.toFixed(1)); // [ '2.0', '0.0', '0.0' ]
 */
export async function lassoLarsCv(
  stimuli: MatrixLike,
  responses: Responses,
  options: LassoLarsCvOptions = {},
): Promise<LassoModel> {
  checkOptions(options, lassoLarsCvNames);
  const input = regressionInput(stimuli, responses);
  const segments = segmentsOf(options.folds ?? 5, input.nRows);
  if (segments.nSegments !== segments.nFolds)
    throw new InvalidArgument("folds", "rows that no fold tests", "test each row in one fold");
  return fitLasso(input, segments, undefined, options);
}

async function fitLasso(
  input: RegressionInput,
  { segmentOf, nSegments }: Segments,
  alpha: number | undefined,
  options: LassoLarsOptions,
): Promise<LassoModel> {
  const { maxIterations = 500, intercept = true, signal, jobs } = options;
  const { nRows, nFeatures, nTargets, targets, flat } = input;
  const scaling = scalingOf(options);
  const scaled = scaledFeatures(input, scaling);
  const regression = {
    features: scaled.data,
    targets,
    nRows,
    nFeatures,
    nTargets,
    segmentOf,
    nSegments,
    intercept,
  };
  const line = reporter(options, "lasso, targets", nTargets);
  const onDone = (share: number): void => line.update(Math.floor(share * nTargets));
  const how: LassoOptions = {
    normalize: scaling === "per-fold",
    maxIterations: maxIterations,
    alpha,
  };
  const found = await lassoTargets(regression, how, { signal, jobs, onDone });
  line.finish();
  return {
    coef: { data: found.coef, shape: [nTargets, nFeatures] },
    intercept: found.intercept,
    features: { mean: scaled.mean, scale: scaled.scale },
    alpha: found.alpha,
    nIterations: found.nIterations,
    cvError: found.error,
    flat,
  };
}

function scaledFeatures(
  { features, nRows, nFeatures }: RegressionInput,
  scaling: LassoNormalize | "0.13",
): LinearModel["features"] & { data: Float64Array } {
  if (scaling !== "0.13") return { data: features, ...rawFeatures(nFeatures) };
  const { data, mean, scale } = standardScale({ data: features, shape: [nRows, nFeatures] });
  return { data, mean, scale };
}

import { dualScores, type DualRegression, type SharedJob } from "../compute/dual-ridge.ts";
import { ridgeUnits, type RidgeUnit, type RidgeUnitResults } from "../compute/ridge-units.ts";
import { InvalidArgument } from "../core/errors.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import type { MatrixLike } from "../core/matrix.ts";
import { reporter } from "../core/progress.ts";
import { alphaList, collinear } from "./alphas.ts";
import { bestAlphas, alphaScoreKind, type AlphaScore } from "./best-alphas.ts";
import { encodingScores, type EncodingScores } from "./encoding-scores.ts";
import { reduceFeatures } from "./reduce-features.ts";
import { regressionInput, type RegressionInput, type Responses } from "./regression-input.ts";
import { segmentsOf, type FoldsOption, type Segments } from "./segments.ts";
import { isWide, wideFeatures, type WideFeatures } from "./wide-features.ts";

/** How ridge regression is cross-validated. */
export interface CrossValidateRidgeOptions extends JobOptions {
  /** The penalty; or several, of which each target gets the best within the training rows of each fold. Default: 1. */
  readonly alpha?: number | readonly number[];
  /**
   * How many consecutive folds as `kFold` makes them, or folds that test each row at most once and train on all others,
   * such as `leaveOneRunOut`. Default: 10.
   */
  readonly folds?: FoldsOption;
  /** Fit an intercept. Default: true. */
  readonly intercept?: boolean;
  /** What the best penalty is best at, with several. Default: `r2`. */
  readonly score?: AlphaScore;
}

export const crossValidateRidgeNames: OptionNames<CrossValidateRidgeOptions> = {
  alpha: true,
  folds: true,
  intercept: true,
  score: alphaScoreKind,
  ...jobNames,
};

/**
 * How well ridge regression predicts responses in rows it was not trained on. Agrees with scikit-learn's `Ridge`,
 * `KFold` and `r2_score` (raw values). With several penalties the choice is made within the training rows, by leaving
 * one more fold out in turn, so that the scores stay honest.
 *
 * A target that is constant in the rows of a fold has no R² there (`NaN`), and its means are those of its other folds;
 * one that is constant throughout has none at all and is in `flat`. (`r2Score` gives it scikit-learn's 1 or 0.) A fold
 * must test two rows or more.
 *
 * @param stimuli - nRows × nFeatures.
 * @param responses - nRows × nTargets, or one target as a list.
 * @throws ShapeMismatch; InvalidArgument for NaN, alpha below 0, more folds than rows, or collinear features with a
 *   penalty too small to cure it; Cancelled.
 * @example
 * import { crossValidateRidge } from "tsrsa";
 * const stimuli = [[0], [1], [0], [1], [0], [1]];
 * const { meanR2 } = await crossValidateRidge(stimuli, [0, 2, 0, 2, 0, 2], { alpha: 0.001, folds: 3 });
 * meanR2[0] > 0.99; // true
 */
export async function crossValidateRidge(
  stimuli: MatrixLike,
  responses: Responses,
  options: CrossValidateRidgeOptions = {},
): Promise<EncodingScores> {
  checkOptions(options, crossValidateRidgeNames);
  const { alpha = 1, folds = 10 } = options;
  const alphas = alphaList(alpha);
  const score = options.score ?? "r2";
  const input = regressionInput(stimuli, responses);
  const segments = segmentsOf(folds, input.nRows);
  const { nFolds } = segments;
  if (alphas.length > 1 && nFolds < 3)
    throw new InvalidArgument(
      "folds",
      nFolds,
      "to choose among penalties within folds, give three or more",
    );
  const outer = unitsOf(nFolds, alphas, (fold) => [fold, -1]);
  const inner = alphas.length === 1 ? [] : innerUnits(nFolds, alphas);
  const results = await scoreUnits(input, segments, [...outer, ...inner], options);
  if (inner.length === 0) {
    const alpha = new Float64Array(nFolds * input.nTargets).fill(alphas[0]);
    return encodingScores({ ...results, alpha }, nFolds, input.flat);
  }
  return chosen(results, alphas, nFolds, input, score);
}

/** Every fold with every penalty. */
function unitsOf(
  nFolds: number,
  alphas: readonly number[],
  without: (fold: number) => readonly [number, number],
): RidgeUnit[] {
  return Array.from({ length: nFolds }, (_, fold) => fold).flatMap((fold) =>
    alphas.map((alpha) => ({ without: without(fold), tested: fold, alpha })),
  );
}

function innerUnits(nFolds: number, alphas: readonly number[]): RidgeUnit[] {
  return Array.from({ length: nFolds }, (_, outer) => outer).flatMap((outer) =>
    unitsOf(nFolds, alphas, (fold) => [fold, outer]).filter(({ tested }) => tested !== outer),
  );
}

/** Scores of many ridge regressions. Throws `InvalidArgument` where features are collinear, `Cancelled`. */
export async function scoreUnits(
  input: RegressionInput,
  { segmentOf, nSegments }: Segments,
  units: readonly RidgeUnit[],
  options: JobOptions & { readonly intercept?: boolean },
): Promise<RidgeUnitResults> {
  const { intercept = true, signal, jobs } = options;
  refuseLoneRows(segmentOf, units);
  const { targets, nRows, nTargets } = input;
  const common = { targets, nRows, nTargets, segmentOf, nSegments, intercept };
  const line = reporter(options, "ridge regression, targets", nTargets);
  const onDone = (share: number): void => line.update(Math.floor(share * nTargets));
  const job = { signal, jobs, onDone };
  const results = isWide(input)
    ? await scoreWide(await wideFeatures(input, intercept, job), common, units, job)
    : await ridgeUnits({ ...common, ...input }, units, {}, job);
  line.finish();
  const unsolvable = results.solvable.indexOf(false);
  if (unsolvable >= 0) throw collinear(units[unsolvable].alpha);
  forgetFlatFolds(results, input, segmentOf, units);
  return results;
}

/** By products of rows; where a penalty is too small for those, by a triangular factor of them. */
async function scoreWide(
  wide: WideFeatures,
  common: Omit<DualRegression, "products">,
  units: readonly RidgeUnit[],
  job: SharedJob,
): Promise<RidgeUnitResults> {
  const results = await dualScores({ ...common, products: wide.products }, units, job);
  const left = [...units.keys()].filter((u) => !results.solvable[u]);
  if (left.length === 0) return results;
  const { features, nFeatures } = await reduceFeatures(wide, common.nRows, job);
  const regression = { ...common, features, nFeatures };
  const others = await ridgeUnits(regression, left.map((u) => units[u]), {}, job); // prettier-ignore
  const solvable = [...results.solvable];
  left.forEach((u, k) => {
    const [to, from] = [u * common.nTargets, k * common.nTargets];
    results.r2.set(others.r2.subarray(from, from + common.nTargets), to);
    results.correlation.set(others.correlation.subarray(from, from + common.nTargets), to);
    solvable[u] = others.solvable[k];
  });
  return { ...results, solvable };
}

/** Throws `InvalidArgument`: without spread there is neither R² nor a correlation, and every penalty would score alike. */
function refuseLoneRows(segmentOf: Int32Array, units: readonly RidgeUnit[]): void {
  const counts = new Map<number, number>();
  for (const segment of segmentOf) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  const lone = units.find(({ tested }) => counts.get(tested) === 1);
  if (lone === undefined) return;
  throw new InvalidArgument(
    "folds",
    `fold ${lone.tested} of one row`,
    "a test fold of one row has no R² (nor correlation); use fewer folds, or score the predictions of crossValidatedPredictions over all rows",
  );
}

/** Scores of a target that is one number in all rows of a fold are `NaN`: nothing varies that could be predicted. */
function forgetFlatFolds(
  { r2, correlation }: RidgeUnitResults,
  { targets, nTargets }: RegressionInput,
  segmentOf: Int32Array,
  units: readonly RidgeUnit[],
): void {
  const first = new Map<number, number>();
  const varies = new Map<number, Uint8Array>();
  segmentOf.forEach((segment, row) => {
    const from = (first.get(segment) ?? first.set(segment, row).get(segment) ?? row) * nTargets;
    const known = varies.get(segment) ?? new Uint8Array(nTargets);
    varies.set(segment, known);
    for (let t = 0; t < nTargets; t++)
      if (targets[row * nTargets + t] !== targets[from + t]) known[t] = 1;
  });
  units.forEach(({ tested }, u) =>
    varies.get(tested)?.forEach((yes, t) => {
      if (yes === 0) r2[u * nTargets + t] = correlation[u * nTargets + t] = NaN;
    }),
  );
}

/** Of each outer fold the scores with the penalty that was best in the inner ones. */
function chosen(
  results: RidgeUnitResults,
  alphas: readonly number[],
  nFolds: number,
  { nTargets, flat }: RegressionInput,
  score: AlphaScore,
): EncodingScores {
  const size = nFolds * nTargets;
  const parts = {
    r2: new Float64Array(size),
    correlation: new Float64Array(size),
    alpha: new Float64Array(size),
  };
  const nInner = (nFolds - 1) * alphas.length;
  const scores = score === "r2" ? results.r2 : results.correlation;
  for (let fold = 0; fold < nFolds; fold++) {
    const first = (nFolds * alphas.length + fold * nInner) * nTargets;
    const best = bestAlphas(scores.subarray(first, first + nInner * nTargets), alphas, nTargets);
    best.index.forEach((a, target) => {
      const from = (fold * alphas.length + a) * nTargets + target;
      const to = fold * nTargets + target;
      parts.r2[to] = results.r2[from];
      parts.correlation[to] = results.correlation[from];
      parts.alpha[to] = alphas[a];
    });
  }
  return encodingScores(parts, nFolds, flat);
}

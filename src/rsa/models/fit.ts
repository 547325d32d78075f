import { object } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { smallestOf } from "../../core/extremes.ts";
import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { alignRdms, type ItemChoice } from "../../rdm/align-rdms.ts";
import { Rdm } from "../../rdm/rdm.ts";
import { comparedPairs } from "../compare/gaps.ts";
import { isConstant } from "../../stats/centred.ts";
import {
  knownPairs,
  tellsNothing,
  type Comparison,
  type PairShape,
} from "../comparisons/comparison.ts";
import { pairComparisonOf, type PairComparisonLike } from "../comparisons/resolve.ts";
import { noiseCovariance } from "../compare/noise-covariance.ts";
import { judgeOf, lossOf, type Judged } from "./loss.ts";
import { groupWeights } from "../../stats/known-scores.ts";
import { optimize } from "./optimize.ts";
import { regress } from "./regress.ts";
import { leastBetween } from "../minimise/bounded.ts";
import {
  asModel,
  weightedModel,
  withModelRdms,
  type RsaModel,
  isModel,
  type ModelLike,
} from "./rsa-model.ts";

/** Ways to find the weights of a weighted model. */
export const weightFitters = [
  "optimize",
  "optimize-positive",
  "regress",
  "regress-nonnegative",
] as const;

/** The name of a way to find weights. */
export type WeightFitter = (typeof weightFitters)[number];

/** How to fit a model. */
export interface FitOptions {
  /** What the parameters shall make best: the mean score with the data RDMs (a distance as small as may be). Default: `corr`. */
  readonly method?: PairComparisonLike;
  /** Items are matched by label, as for `rsa`. */
  readonly items?: ItemChoice;
  /** Leave out the pairs that are `NaN` in any RDM; else only those that are in all. Default: false. */
  readonly ignoreNan?: boolean;
  /** Covariance of the noise of the patterns, as for `compareRdms`. */
  readonly sigma?: ArrayLike<number> | MatrixLike;
}

/** How to fit the weights of a weighted model. */
export interface FitWeightedOptions extends FitOptions {
  /**
   * `optimize` (default): search for the weights of the best mean score; `optimize-positive`: weights that are not
   * negative. `regress`: least squares on the pooled data, which has the same optimum for `cosine`, `corr`,
   * `cosine_cov` and `corr_cov`, and is for these alone; `regress-nonnegative`: with weights that are not negative.
   */
  readonly by?: WeightFitter;
  /** Penalty on the squared weights; in units of the sums of squares for `regress`, of the score for `optimize`. Default: 0. */
  readonly ridgeWeight?: number;
  /**
   * Scale the weights to length 1. Default: true for a method whose score does not depend on their length, which is all
   * but `bures_metric` and `neg_riem_dist`.
   */
  readonly normalize?: boolean;
}

/** Parameters that were fitted. */
export interface ModelFit {
  readonly theta: Float64Array;
  /** Mean score of the prediction with the data it was fitted to; on other data it will be worse. */
  readonly score: number;
  /** Data RDMs that have no score (a constant), and parameters that nothing tells (`NaN`); sentences. */
  readonly notes: readonly string[];
  /** The prediction, to be evaluated on other data. */
  readonly rdm: Rdm;
}

const fitNames: OptionNames<FitWeightedOptions> = {
  method: true,
  items: true,
  ignoreNan: true,
  sigma: object,
  by: true,
  ridgeWeight: true,
  normalize: true,
};

/**
 * Fit the weights of a weighted model (or of RDMs to be weighted) to data RDMs. Agrees with `fit_optimize`,
 * `fit_optimize_positive`, `fit_regress` and `fit_regress_nn` of rsatoolbox, to the digits that its searches reach. The
 * search begins at fixed places, not at random ones: the same data give the same weights.
 *
 * @throws ItemMismatch; InvalidArgument for `NaN` in different places, models that are collinear (`regress` without
 *   ridge), or `regress` with another method; UnknownOption.
 * @example
 * import { fitWeighted, Rdm } from "tsrsa";
 * const parts = [new Rdm([1, 0, 0]), new Rdm([0, 1, 0])];
 * fitWeighted(parts, [new Rdm([3, 4, 0])], { method: "cosine", by: "regress" }).theta; // Float64Array(2) [ 0.6, 0.8 ]
 */
export function fitWeighted(
  model: RsaModel | RdmInput,
  data: RdmInput,
  options: FitWeightedOptions = {},
): ModelFit {
  checkOptions(options, fitNames);
  const problem = fitProblem(
    isModel(model) ? model : weightedModel(model, { items: options.items }),
    data,
    options,
  );
  return fitOf(problem, fitTheta(problem, options));
}

/**
 * Fit any model by the way of its kind: weighted as {@link fitWeighted}, select by the best of its RDMs, interpolated by
 * the best point on the way; a fixed one has nothing to fit. Agrees with `fit_select` and `fit_interpolate` of rsatoolbox.
 *
 * @throws As {@link fitWeighted}.
 * @example
 * import { fitModel, Rdm, selectModel } from "tsrsa";
 * const model = selectModel([new Rdm([3, 2, 1]), new Rdm([1, 2, 3])]);
 * fitModel(model, [new Rdm([1, 2, 4])]).theta; // Float64Array(1) [ 1 ]
 */
export function fitModel(
  model: ModelLike,
  data: RdmInput,
  options: FitWeightedOptions = {},
): ModelFit {
  checkOptions(options, fitNames);
  const problem = fitProblem(asModel(model), data, options);
  return fitOf(problem, fitTheta(problem, options));
}

/** A model and data whose pairs belong together. */
export interface FitProblem {
  readonly model: RsaModel;
  readonly parts: readonly Float64Array[];
  readonly data: readonly Float64Array[];
  readonly comparison: Comparison;
  readonly shape: PairShape;
  /** Whether a part is a constant that says nothing by this comparison: it is never chosen and weighs nothing. */
  readonly isMute: (part: number) => boolean;
  /** Weight of each data RDM. */
  readonly weights: Float64Array;
  readonly judge: (prediction: Float64Array) => Judged;
  /** The mean score of a prediction, made such that small is good; Infinity where it is not defined. */
  readonly loss: (prediction: Float64Array) => number;
}

function fitProblem(
  model: RsaModel,
  data: RdmInput,
  { method = "corr", items, ignoreNan = false, sigma }: FitOptions,
): FitProblem {
  const aligned = alignRdms([...model.rdms, ...toRdms(data, "data")], items);
  const { nItems } = aligned[0];
  const nParts = model.rdms.length;
  return problemOf(
    withModelRdms(model, aligned.slice(0, nParts)),
    aligned.slice(nParts).map(({ condensed }) => condensed),
    pairComparisonOf(method),
    {
      nItems,
      known: comparedPairs(aligned, ignoreNan),
      sigma: sigma === undefined ? undefined : noiseCovariance(sigma, nItems),
    },
  );
}

/** Which data RDMs count as one together, and how often each was drawn. */
export interface DataGroups {
  readonly of: ArrayLike<number>;
  readonly times: ArrayLike<number>;
}

/** A problem whose pairs are in one order already. Without groups, each data RDM counts once. */
export function problemOf(
  model: RsaModel,
  data: readonly Float64Array[],
  comparison: Comparison,
  shape: PairShape,
  groups: DataGroups = { of: Int32Array.from(data.keys()), times: data.map(() => 1) },
): FitProblem {
  const judge = judgeOf(data, groups, comparison, shape);
  const parts = model.rdms.map(({ condensed }) => condensed);
  return {
    model,
    parts,
    isMute: (part) =>
      isConstant(knownPairs(parts[part], shape)) &&
      tellsNothing(comparison, comparison.prepare(parts[part], shape)),
    data,
    comparison,
    shape,
    weights: groupWeights(groups.of, groups.times),
    judge,
    loss: lossOf(judge, comparison),
  };
}

/** Parameters by the way of the kind of model; `NaN` where the data tell nothing of them. Throws `InvalidArgument`, `UnknownOption`. */
export function fitTheta(
  problem: FitProblem,
  {
    by = "optimize",
    ridgeWeight = 0,
    normalize = problem.comparison.scaleFree ?? false,
  }: FitWeightedOptions,
): Float64Array {
  switch (problem.model.kind) {
    case "fixed":
      return new Float64Array();
    case "select":
      return bestOne(problem);
    case "interpolated":
      return bestBetween(problem);
    case "weighted": {
      checkFitter({ by, ridgeWeight });
      const theta = weightsOf(problem, by, ridgeWeight);
      return normalize ? toLengthOne(theta) : theta;
    }
  }
}

/** Weights of the RDMs that tell something. Others would get any, and take length from the rest: they weigh 0. */
function weightsOf(problem: FitProblem, by: WeightFitter, ridgeWeight: number): Float64Array {
  const telling = [...problem.parts.keys()].filter((k) => !problem.isMute(k));
  const parts = telling.map((k) => problem.parts[k]);
  const all = new Float64Array(problem.parts.length);
  if (parts.length === 0) return all.fill(NaN);
  const of = { ...problem, parts };
  const theta = by.startsWith("regress")
    ? regress(of, ridgeWeight, by === "regress-nonnegative")
    : optimize(of, ridgeWeight, by === "optimize-positive");
  telling.forEach((k, at) => (all[k] = theta[at]));
  return all;
}

/** Throws `UnknownOption`, `InvalidArgument`. */
export function checkFitter({
  by = "optimize",
  ridgeWeight = 0,
}: Pick<FitWeightedOptions, "by" | "ridgeWeight">): void {
  if (!weightFitters.includes(by)) throw new UnknownOption("fitter", by, weightFitters);
  if (!(ridgeWeight >= 0))
    throw new InvalidArgument("ridgeWeight", ridgeWeight, "give a number from 0");
}

function fitOf(problem: FitProblem, theta: Float64Array): ModelFit {
  const { model, data, judge } = problem;
  if (theta.some(Number.isNaN)) return noFit(model, theta, data.length);
  const rdm = model.predict(theta);
  const { score, nUndefined } = judge(rdm.condensed);
  return {
    theta,
    score,
    rdm: new Rdm(rdm.condensed, { items: rdm.items, itemTable: rdm.itemTable, name: model.name }),
    notes: [...muteNotes(problem), ...undefinedNotes(nUndefined, data.length)],
  };
}

function undefinedNotes(nUndefined: number, nData: number): string[] {
  return nUndefined === 0
    ? []
    : [
        `${nUndefined} of ${nData} data RDMs have no score (a constant agrees with nothing and disagrees with nothing) and were left out.`,
      ];
}

/** What became of RDMs of the model that say nothing. */
function muteNotes({ model: { kind }, parts, comparison, isMute }: FitProblem): string[] {
  const count = [...parts.keys()].filter(isMute).length;
  if (count === 0 || (kind !== "select" && kind !== "weighted")) return [];
  const left = kind === "select" ? "cannot be chosen" : "weigh 0";
  return [
    `${count} of ${parts.length} RDMs of the model are constant, say nothing by ${comparison.name} and ${left}.`,
  ];
}

function noFit(model: RsaModel, theta: Float64Array, nData: number): ModelFit {
  const [{ condensed, items, itemTable }] = model.rdms;
  return {
    theta,
    score: NaN,
    rdm: new Rdm(new Float64Array(condensed.length).fill(NaN), {
      items,
      itemTable,
      name: model.name,
    }),
    notes: [
      `No parameters were found: none gives a score with any of the ${nData} data RDMs (a constant, on either side, has none).`,
    ],
  };
}

function toLengthOne(theta: Float64Array): Float64Array {
  const length = Math.sqrt(theta.reduce((sum, weight) => sum + weight * weight, 0));
  return length > 0 ? theta.map((weight) => weight / length) : theta;
}

function bestOne({ parts, loss }: FitProblem): Float64Array {
  const losses = parts.map(loss);
  const least = smallestOf(losses);
  return Float64Array.of(least < Infinity ? losses.indexOf(least) : NaN);
}

function bestBetween({ model, parts, loss }: FitProblem): Float64Array {
  const thetaOf = (pair: number, share: number): Float64Array =>
    Float64Array.from(parts, (_, k) => (k === pair ? share : k === pair + 1 ? 1 - share : 0));
  const lossAt = (pair: number, share: number): number =>
    loss(model.predict(thetaOf(pair, share)).condensed);
  let best: { theta: Float64Array; value: number } = {
    theta: new Float64Array(parts.length).fill(NaN),
    value: Infinity,
  };
  for (let pair = 0; pair + 1 < parts.length; pair++) {
    const share = leastBetween((x) => lossAt(pair, x), 0, 1);
    const value = lossAt(pair, share);
    if (value < best.value) best = { theta: thetaOf(pair, share), value };
  }
  return best.theta;
}

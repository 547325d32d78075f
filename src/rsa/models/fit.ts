import { object, oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { MatrixLike } from "../../core/matrix.ts";
import { alignRdms, type ItemChoice } from "../../rdm/align-rdms.ts";
import { Rdm } from "../../rdm/rdm.ts";
import { comparedPairs } from "../compare/gaps.ts";
import { noiseCovariance } from "../compare/noise-covariance.ts";
import { sigmaOfItems } from "../compare/sigma-of-items.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { pairComparisonOf, type PairComparisonLike } from "../comparisons/resolve.ts";
import { atOnce } from "../../core/work.ts";
import { problemOf, type FitProblem } from "./fit-problem.ts";
import { fitTheta, weightFitters, type ThetaOptions } from "./fit-theta.ts";
import {
  asModel,
  isModel,
  weightedModel,
  withModelRdms,
  type ModelLike,
  type RsaModel,
} from "./rsa-model.ts";

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
export interface FitWeightedOptions extends FitOptions, ThetaOptions {}

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
  by: oneOf(weightFitters, "fitter"),
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
  return fitOf(problem, atOnce(fitTheta(problem, options)));
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
  return fitOf(problem, atOnce(fitTheta(problem, options)));
}

function fitProblem(
  model: RsaModel,
  data: RdmInput,
  { method = "corr", items, ignoreNan = false, sigma }: FitOptions,
): FitProblem {
  const aligned = alignRdms([...model.rdms, ...toRdms(data, "data")], items);
  const { nItems, items: inOrder } = aligned[0];
  const nParts = model.rdms.length;
  return problemOf(
    withModelRdms(model, aligned.slice(0, nParts)),
    aligned.slice(nParts).map(({ condensed }) => condensed),
    pairComparisonOf(method),
    {
      nItems,
      known: comparedPairs(aligned, ignoreNan),
      sigma:
        sigma === undefined ? undefined : noiseCovariance(sigmaOfItems(sigma, inOrder), nItems),
    },
  );
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

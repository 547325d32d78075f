import { noteDraw } from "../core/run-record.ts";
import { largestOf } from "../core/extremes.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import { InvalidArgument } from "../core/errors.ts";
import type { MatrixLike } from "../core/matrix.ts";
import { reporter } from "../core/progress.ts";
import { random } from "../core/random.ts";
import { alphaList } from "./alphas.ts";
import { bestAlphas, alphaScoreKind, type AlphaScore } from "./best-alphas.ts";
import { scoreUnits } from "./cross-validate-ridge.ts";
import { checkGroups, type FeatureGroups } from "./feature-groups.ts";
import type { LinearModel } from "./linear-model.ts";
import { regressionInput, type RegressionInput, type Responses } from "./regression-input.ts";
import { columnsOf, fitRidge } from "./fit-ridge.ts";
import { segmentsOf, type FoldsOption } from "./segments.ts";

/** How penalties of groups are searched for. */
export interface BandedRidgeCvOptions extends JobOptions {
  /** Overall penalties to choose from. Default: 10⁻² … 10⁵, eight in ratios of 10. */
  readonly alphas?: readonly number[];
  /** Weightings of the groups to try, beside equal ones and each group alone. Default: 20. */
  readonly nWeightings?: number;
  /** Default: 5. */
  readonly folds?: FoldsOption;
  /** What the penalties are chosen by. */
  readonly score?: AlphaScore;
  /** Whether a constant is fitted too. */
  readonly intercept?: boolean;
  /** Of the weightings. Default: 0. */
  readonly seed?: number;
}

const bandedRidgeCvNames: OptionNames<BandedRidgeCvOptions> = {
  alphas: true,
  nWeightings: true,
  folds: true,
  score: alphaScoreKind,
  intercept: true,
  seed: true,
  ...jobNames,
};

/** A ridge regression with a penalty for each group of features and target. */
export interface BandedRidgeModel extends LinearModel {
  /**
   * Penalty of each group, by its name, one a target; infinite where the group is left out, and from the largest of
   * `alphas` where no score is defined.
   */
  readonly alphas: Readonly<Record<string, Float64Array>>;
  /** Best mean score over the folds, one a target (`NaN` where none is defined); too good a guess for new data, for it was chosen. */
  readonly cvScore: Float64Array;
}

/**
 * Banded ridge regression: every group of features has a penalty of its own, so that a large group does not drown a
 * small one (Nunez-Elizalde et al. 2019). Weightings of the groups are drawn at random (Dirichlet, half of them with
 * concentration 0.1 and half with 1) as himalaya's `GroupRidgeCV` does, and each target keeps what predicts left-out
 * rows best.
 *
 * @param stimuli - nRows × nFeatures.
 * @param responses - nRows × nTargets, or one target as a list.
 * @param groups - columns by name; every column belongs to one.
 * @throws InvalidArgument for groups that overlap or lack a column; else as `ridgeCv`.
 * @example
 * import { bandedRidgeCv } from "tsrsa";
 * const stimuli = Array.from({ length: 40 }, (_, t) => [Math.sin(t), Math.cos(3 * t)]);
 * const groups = { sine: [0], cosine: [1] };
 * const model = await bandedRidgeCv(stimuli, stimuli.map(([sine]) => sine), groups);
 * model.alphas["sine"][0] < model.alphas["cosine"][0]; // true
 */
export async function bandedRidgeCv(
  stimuli: MatrixLike,
  responses: Responses,
  groups: FeatureGroups,
  options: BandedRidgeCvOptions = {},
): Promise<BandedRidgeModel> {
  checkOptions(options, bandedRidgeCvNames);
  const { folds = 5, score = "r2" } = options;
  const alphas = alphaList(options.alphas ?? [0.01, 0.1, 1, 10, 100, 1e3, 1e4, 1e5], "alphas");
  const input = regressionInput(stimuli, responses);
  checkGroups(groups, input.nFeatures);
  const groupOf = groupOfColumns(groups, input.nFeatures);
  const weightings = weightingsOf(Object.keys(groups).length, options);
  const segments = segmentsOf(folds, input.nRows);
  const units = Array.from({ length: segments.nFolds }, (_, fold) => fold).flatMap((fold) =>
    alphas.map((alpha) => ({ without: [fold, -1] as const, tested: fold, alpha })),
  );
  const best = new Float64Array(input.nTargets).fill(-Infinity);
  // Nothing speaks for a small penalty where no score is defined.
  const chosen = Array.from(best, () => ({ weighting: 0, alpha: largestOf(alphas) }));
  const line = reporter(options, "weightings", weightings.length);
  for (const [w, weighting] of weightings.entries()) {
    const scaled = scale(input, weighting, groupOf);
    const found = await scoreUnits(scaled, segments, units, { ...options, onProgress: false });
    const { index, means } = bestAlphas(found[score], alphas, input.nTargets);
    index.forEach((a, target) => {
      const value = means[a * input.nTargets + target];
      if (!(value > best[target])) return;
      best[target] = value;
      chosen[target] = { weighting: w, alpha: alphas[a] };
    });
    line.update(w + 1);
  }
  line.finish();
  const model = await refit(input, weightings, chosen, groupOf, options);
  const names = Object.keys(groups);
  const perGroup = names.map((_, g) =>
    Float64Array.from(chosen, ({ weighting, alpha }) => alpha / weightings[weighting][g]),
  );
  return {
    ...model,
    alphas: Object.fromEntries(names.map((name, g) => [name, perGroup[g]])),
    cvScore: best.map((score) => (score === -Infinity ? NaN : score)),
  };
}

function groupOfColumns(groups: FeatureGroups, nFeatures: number): Int32Array {
  const groupOf = new Int32Array(nFeatures).fill(-1);
  Object.values(groups).forEach((columns, g) =>
    Array.from(columns).forEach((c) => (groupOf[c] = g)),
  );
  const lost = groupOf.indexOf(-1);
  if (lost >= 0)
    throw new InvalidArgument(
      "groups",
      `column ${lost} in no group`,
      "name a group for every feature",
    );
  return groupOf;
}

/** Equal weights, each group alone, and random ones; each adds up to 1. */
function weightingsOf(nGroups: number, options: BandedRidgeCvOptions): number[][] {
  const { nWeightings = 20, seed = 0 } = options;
  noteDraw("bandedRidgeCv", { ...options, nWeightings, seed });
  if (!Number.isInteger(nWeightings) || nWeightings < 0)
    throw new InvalidArgument("nWeightings", nWeightings, "give a whole number from 0");
  const { next, normal } = random(seed);
  const share = (weights: number[]): number[] => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  };
  const drawn = Array.from({ length: nWeightings }, (_, k) =>
    share(Array.from({ length: nGroups }, () => gammaDeviate(k % 2 === 0 ? 0.1 : 1, next, normal))),
  );
  const alone = Array.from({ length: nGroups }, (_, g) =>
    Array.from({ length: nGroups }, (_unused, h) => (g === h ? 1 : 0)),
  );
  return [share(new Array<number>(nGroups).fill(1)), ...alone, ...drawn];
}

/** A gamma-distributed number (Marsaglia & Tsang 2000). */
function gammaDeviate(shape: number, next: () => number, normal: () => number): number {
  if (shape < 1)
    return Math.max(1e-12, gammaDeviate(shape + 1, next, normal) * (1 - next()) ** (1 / shape));
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Features times the root of their group's weight: an equal penalty is then a larger one for a small weight. */
function scale(
  input: RegressionInput,
  weighting: readonly number[],
  groupOf: Int32Array,
): RegressionInput {
  const factor = Array.from(groupOf, (g) => Math.sqrt(weighting[g]));
  const p = input.nFeatures;
  return { ...input, features: input.features.map((value, at) => value * factor[at % p]) };
}

async function refit(
  input: RegressionInput,
  weightings: readonly (readonly number[])[],
  chosen: readonly { readonly weighting: number; readonly alpha: number }[],
  groupOf: Int32Array,
  options: BandedRidgeCvOptions,
): Promise<LinearModel> {
  const { nTargets, nFeatures: p, nRows } = input;
  const coef = new Float64Array(nTargets * p);
  const intercept = new Float64Array(nTargets);
  let features: LinearModel["features"] | undefined;
  for (const [w, weighting] of weightings.entries()) {
    const targets = [...chosen.keys()].filter((target) => chosen[target].weighting === w);
    if (targets.length === 0) continue;
    const data = columnsOf(input.targets, nRows, nTargets, targets);
    const part = { ...scale(input, weighting, groupOf), targets: data, nTargets: targets.length };
    const alpha = Float64Array.from(targets, (target) => chosen[target].alpha);
    const model = await fitRidge(part, alpha, { ...options, onProgress: false });
    features = model.features;
    targets.forEach((target, t) => {
      intercept[target] = model.intercept[t];
      for (let j = 0; j < p; j++)
        coef[target * p + j] = model.coef.data[t * p + j] * Math.sqrt(weighting[groupOf[j]]);
    });
  }
  const none = { mean: new Float64Array(p), scale: new Float64Array(p).fill(1) };
  return {
    coef: { data: coef, shape: [nTargets, p] },
    intercept,
    features: features ?? none,
    flat: input.flat,
  };
}

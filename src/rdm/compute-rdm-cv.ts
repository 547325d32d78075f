import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { sizeOf, toFloat64, type Matrix } from "../core/matrix.ts";
import { refuseSingleFeature } from "./compute-rdm.ts";
import {
  crossValidatedCosine,
  type CosineRegularisation,
  cosineRegularisationNames,
} from "./cross-validated-cosine.ts";
import type { Folds } from "./create-folds.ts";
import { meanOf } from "./mean-pattern.ts";
import { centreRows } from "./metrics/angle.ts";
import { metricKind, dissimilarities, metricLabel, type Metric } from "./metrics/index.ts";
import { type MetricParams, type Patterns, metricParamNames } from "./metrics/metric.ts";
import { refuseUnusedParams } from "./metrics/used-params.ts";
import { sqmahalanobis } from "./metrics/scaled.ts";
import { Rdm, type RdmOptions, rdmNames } from "./rdm.ts";

/** How to compute a cross-validated RDM. */
export interface ComputeRdmCvOptions
  extends Omit<RdmOptions, "metric">, MetricParams, CosineRegularisation {
  /** Any metric of `computeRdm`, or `crossnobis` (needs `VI`); default `correlation`. */
  readonly metric?: Metric | "crossnobis";
  /**
   * For all but `correlation` and `cosine`: the signed root sign(d)·√|d| instead of the signed square. Default false.
   */
  readonly squareRoot?: boolean;
}

const computeRdmCvNames: OptionNames<ComputeRdmCvOptions> = {
  ...rdmNames,
  metric: metricKind,
  squareRoot: true,
  ...metricParamNames,
  ...cosineRegularisationNames,
};

/**
 * A cross-validated RDM: without the noise that repeats do not share, so that two items with the same true pattern are
 * 0 apart on average, and half the time below 0.
 *
 * `correlation` and `cosine` compare each fold with the mean of the others, regularised. All other metrics are
 * estimated squared, `F/(F−1)·d²(mean) − Σ d²(fold)/(F(F−1))`, which is crossnobis for `mahalanobis`. The estimate has
 * a sign and is kept squared: MNE-RSA takes the root, which turns a good part of unbiased estimates into `NaN`.
 * Agrees with `compute_rdm_cv` of MNE-RSA 1.1 up to that root, and up to `NaN` items, which here cost their own pairs
 * only. Without regularisation (`regVar` and `regDenom` 0) an item that is constant (for `cosine` zero) in a fold has
 * no angle there: its pairs are `NaN`.
 *
 * @param folds - nFolds × nItems × features, as {@link createFolds} makes them.
 * @throws InvalidArgument for fewer than two folds or a missing `VI`; ShapeMismatch; UnknownOption for an unknown metric.
 * @example
 * import { computeRdmCv, createFolds } from "tsrsa";
 * const folds = createFolds([[0, 0], [3, 4], [0, 0], [3, 4]], { labels: ["a", "b", "a", "b"] });
 * computeRdmCv(folds, { metric: "euclidean" }).between("a", "b"); // 25
 */
export function computeRdmCv(
  folds: Folds | Matrix<Float64Array>,
  options: ComputeRdmCvOptions = {},
): Rdm {
  checkOptions(options, computeRdmCvNames);
  const { metric = "correlation", squareRoot = false, name, meta, itemTable, ...params } = options;
  refuseUnusedParams(metric, params);
  const parts = foldsOf(folds);
  const items = options.items ?? ("items" in folds ? folds.items : undefined);
  const angle = metric === "correlation" || metric === "cosine";
  if (typeof metric === "string") refuseSingleFeature(metric, parts[0].nFeatures);
  const condensed = angle
    ? crossValidatedCosine(metric === "cosine" ? parts : parts.map(centreRows), params)
    : signedSquares(parts, metric, params);
  if (!angle && squareRoot) condensed.forEach((d, at) => (condensed[at] = signedRoot(d)));
  return new Rdm(condensed, {
    items,
    name,
    meta,
    itemTable,
    metric: label(metric, angle, squareRoot),
  });
}

function foldsOf(folds: Matrix): Patterns[] {
  const { data: numbers, shape } = checkedMatrix(folds, "folds");
  const data = toFloat64(numbers);
  const [nFolds, nItems] = shape;
  const nFeatures = sizeOf(shape.slice(2));
  if (shape.length < 2 || nItems * nFeatures === 0)
    throw new ShapeMismatch("folds of shape folds × items × features", `(${shape.join(", ")})`);
  if (nFolds < 2) {
    throw new InvalidArgument(
      "folds",
      `${nFolds} fold`,
      "cross-validation needs at least two; use computeRdm for one",
    );
  }
  const size = nItems * nFeatures;
  return Array.from({ length: nFolds }, (_, fold) => ({
    data: data.subarray(fold * size, (fold + 1) * size),
    nItems,
    nFeatures,
  }));
}

function signedSquares(
  folds: readonly Patterns[],
  metric: Metric | "crossnobis",
  params: MetricParams,
): Float64Array {
  const nFolds = folds.length;
  const ofMean = squares(meanOf(folds), metric, params);
  const within = folds.map((fold) => squares(fold, metric, params));
  return ofMean.map((square, at) => {
    const sum = within.reduce((total, fold) => total + fold[at], 0);
    return (nFolds / (nFolds - 1)) * square - sum / (nFolds * (nFolds - 1));
  });
}

function squares(
  patterns: Patterns,
  metric: Metric | "crossnobis",
  params: MetricParams,
): Float64Array {
  if (metric === "crossnobis" || metric === "mahalanobis") return sqmahalanobis(patterns, params);
  if (metric === "euclidean" || metric === "sqeuclidean")
    return dissimilarities(patterns, "sqeuclidean", params);
  return dissimilarities(patterns, metric, params).map((d) => d * d);
}

function signedRoot(d: number): number {
  return Math.sign(d) * Math.sqrt(Math.abs(d));
}

function label(metric: Metric | "crossnobis", angle: boolean, squareRoot: boolean): string {
  const name = metric === "crossnobis" ? metric : metricLabel(metric);
  return `${name} (cross-validated${angle || squareRoot ? "" : ", squared"})`;
}

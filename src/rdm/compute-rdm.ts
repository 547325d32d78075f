import { toLabels } from "../core/gate/label.ts";
import { metricParamNames } from "./metrics/metric.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { toVector } from "../core/gate/vector.ts";
import type { Cell } from "../table/columns.ts";
import { toRows, type Matrix, type MatrixLike } from "../core/matrix.ts";
import { metricKind, dissimilarities, metricLabel, type Metric } from "./metrics/index.ts";
import type { MetricParams, Patterns } from "./metrics/metric.ts";
import { refuseUnusedParams } from "./metrics/used-params.ts";
import { Rdm, type RdmOptions, rdmNames } from "./rdm.ts";

/** How to compute an RDM, and what to say of it. */
export interface ComputeRdmOptions extends Omit<RdmOptions, "metric">, MetricParams {
  /** A name scipy's `pdist` knows, or a function of two patterns; default `correlation`. */
  readonly metric?: Metric;
}

const computeRdmNames: OptionNames<ComputeRdmOptions> = {
  ...rdmNames,
  metric: metricKind,
  ...metricParamNames,
};

/**
 * The RDM of patterns: one dissimilarity for every pair of items.
 *
 * Agrees with `compute_rdm` of MNE-RSA, and with scipy's `pdist` where that is more exact (euclidean far from zero).
 * A constant item has no correlation and a zero item no cosine: their pairs are `NaN`. With a named metric a `NaN` in
 * an item makes its pairs `NaN` (all pairs for `seuclidean`, unless `V` is given). A `correlation` or `cosine` within
 * 9e-16 of 0 or 2 is exactly that, as all are of two features, so that ranks see ties where they are. Other distances
 * that are equal in theory may differ in the last bit, so rank statistics on them are not reproducible across libraries.
 *
 * @param features - nItems × nFeatures; further axes are flattened in C order. A column of numbers is one feature of each
 *   item. Of a file: `asMatrix(await readNpy(path))`.
 * @throws UnknownOption for an unknown metric; InvalidArgument for no items, a single feature with `correlation` or
 *   `cosine`, or a parameter that the metric does not use; ShapeMismatch when labels or parameters do not fit; DuplicateItem.
 * @example
 * import { computeRdm } from "tsrsa";
 * const rdm = computeRdm([[1, 2, 3], [1, 3, 2], [3, 2, 1]], { items: ["a", "b", "c"] });
 * rdm.between("a", "c"); // 2
 */
export function computeRdm(
  features: MatrixLike | ArrayLike<Cell>,
  options: ComputeRdmOptions = {},
): Rdm {
  checkOptions(options, computeRdmNames);
  const { metric = "correlation", items: given, name, meta, itemTable, ...params } = options;
  refuseUnusedParams(metric, params);
  const patterns = toPatterns(isColumn(features) ? columnOf(features) : features);
  const items = given === undefined ? undefined : toLabels(given);
  if (items !== undefined && items.length !== patterns.nItems) {
    throw new ShapeMismatch(`${patterns.nItems} labels, one per item`, `${items.length}`);
  }
  refuseSingleFeature(metric, patterns.nFeatures);
  const condensed = dissimilarities(patterns, metric, params);
  return new Rdm(condensed, { items, name, meta, itemTable, metric: metricLabel(metric) });
}

/** A column of a table, or numbers in a row: no matrix, and no list of rows. */
function isColumn(features: MatrixLike | ArrayLike<Cell>): features is ArrayLike<Cell> {
  if (ArrayBuffer.isView(features)) return true;
  const isSimple = (cell: unknown): boolean => typeof cell !== "object" || cell === null;
  return (
    Array.isArray(features) &&
    features.every(isSimple) &&
    features.some((cell) => typeof cell === "number")
  );
}

function columnOf(column: ArrayLike<Cell>): Matrix<Float64Array> {
  const data = toVector(column, "features");
  return { data, shape: [data.length, 1] };
}

/** Items × features, at least one of each. Throws `InvalidArgument`. */
export function toPatterns(features: MatrixLike): Patterns {
  const { data, shape } = toRows(features);
  const [nItems, nFeatures] = shape;
  if (nItems === 0 || nFeatures === 0) {
    throw new InvalidArgument(
      "features",
      `${nItems} items × ${nFeatures} features`,
      "give at least one of each",
    );
  }
  return { data, nItems, nFeatures };
}

/** Throws `InvalidArgument`: with one feature every angle is 0 or 180 degrees and nothing is compared. */
export function refuseSingleFeature(metric: Metric | "crossnobis", nFeatures: number): void {
  if (nFeatures > 1 || (metric !== "correlation" && metric !== "cosine")) return;
  throw new InvalidArgument(
    "metric",
    metric,
    "there is a single feature, which has no pattern; use euclidean or sqeuclidean",
  );
}

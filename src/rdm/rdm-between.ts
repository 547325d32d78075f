import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { texts, text, kind } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { Matrix, MatrixLike } from "../core/matrix.ts";
import { refuseSingleFeature, toPatterns } from "./compute-rdm.ts";
import { dissimilarities, metricLabel, metricNames, type Metric } from "./metrics/index.ts";
import { metricParamNames, type MetricParams, type Patterns } from "./metrics/metric.ts";
import { refuseUnusedParams } from "./metrics/used-params.ts";
import { placeOfPair } from "./rdm.ts";

/** How patterns of two sets are compared. */
export interface RdmBetweenOptions extends MetricParams {
  /** As for `computeRdm`; default `correlation`. */
  readonly metric?: Metric;
  /** What the rows of the first set are. */
  readonly rowItems?: readonly string[];
  /** What the rows of the second set are. */
  readonly columnItems?: readonly string[];
  readonly name?: string;
}

const metricOnly = kind(
  `one of ${metricNames.join(", ")}, or a function of two patterns`,
  (metric) => typeof metric === "function" || metricNames.includes(metric as never),
);

const rdmBetweenNames: OptionNames<RdmBetweenOptions> = {
  ...metricParamNames,
  metric: metricOnly,
  rowItems: texts,
  columnItems: texts,
  name: text,
};

/** Dissimilarities of every item of one set with every item of another: it has a diagonal, and need not be square. */
export interface RectangularRdm extends Matrix<Float64Array> {
  readonly rowItems: readonly string[] | undefined;
  readonly columnItems: readonly string[] | undefined;
  readonly metric: string;
  readonly name: string | undefined;
}

/**
 * The dissimilarities between the patterns of two sets, as those of two runs, sessions or people in one space: nRows ×
 * nColumns. An item and itself in another run are a pair of their own, so that the diagonal tells how well patterns
 * repeat. Agrees with scipy's `cdist` (which estimates the variances of `seuclidean` over both sets, as here).
 *
 * @param rows - nRows × nFeatures.
 * @param columns - nColumns × nFeatures.
 * @throws ShapeMismatch for different features or numbers of labels; otherwise as `computeRdm`.
 * @example
 * import { rdmBetween } from "tsrsa";
 * rdmBetween([[0, 0], [1, 1]], [[3, 4]], { metric: "euclidean" }).data; // Float64Array(2) [ 5, 3.605551275463989 ]
 */
export function rdmBetween(
  rows: MatrixLike,
  columns: MatrixLike,
  options: RdmBetweenOptions = {},
): RectangularRdm {
  checkOptions(options, rdmBetweenNames);
  const { metric = "correlation", rowItems, columnItems, name, ...params } = options;
  refuseUnusedParams(metric, params);
  const [a, b] = [toPatterns(rows), toPatterns(columns)];
  if (a.nFeatures !== b.nFeatures)
    throw new ShapeMismatch(`${a.nFeatures} features in columns, as in rows`, `${b.nFeatures}`);
  refuseSingleFeature(metric, a.nFeatures);
  checkLabels("rowItems", rowItems, a.nItems);
  checkLabels("columnItems", columnItems, b.nItems);
  const data = blockOf(dissimilarities(behind(a, b), metric, params), a.nItems, b.nItems);
  return {
    ...{ data, shape: [a.nItems, b.nItems] },
    ...{ rowItems, columnItems, metric: metricLabel(metric), name },
  };
}

function checkLabels(argument: string, labels: readonly string[] | undefined, n: number): void {
  if (labels === undefined) return;
  if (labels.length !== n)
    throw new ShapeMismatch(`${n} labels in ${argument}, one per item`, `${labels.length}`);
  const twice = labels.find((label, at) => labels.indexOf(label) !== at);
  if (twice !== undefined)
    throw new InvalidArgument(argument, twice, "it is there twice; give each item its own label");
}

/** Both sets as one. */
function behind(a: Patterns, b: Patterns): Patterns {
  const data = new Float64Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return { data, nItems: a.nItems + b.nItems, nFeatures: a.nFeatures };
}

/** Of all pairs those of an item of the first set with one of the second. */
function blockOf(condensed: Float64Array, nRows: number, nColumns: number): Float64Array {
  const n = nRows + nColumns;
  return Float64Array.from(
    { length: nRows * nColumns },
    (_, at) => condensed[placeOfPair(Math.floor(at / nColumns), nRows + (at % nColumns), n)],
  );
}

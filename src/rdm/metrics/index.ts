import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import type { Kind } from "../../core/gate/kinds.ts";
import {
  dice,
  hamming,
  jaccard,
  kulczynski1,
  rogerstanimoto,
  russellrao,
  sokalmichener,
  sokalsneath,
  yule,
} from "./agreement.ts";
import { correlation, cosine } from "./angle.ts";
import { chebyshev, cityblock, euclidean, minkowski, sqeuclidean } from "./difference.ts";
import type { CondensedMetric, MetricParams, PairMetric, Patterns } from "./metric.ts";
import { eachPairOf } from "./pairwise.ts";
import { braycurtis, canberra, jensenshannon } from "./proportion.ts";
import { mahalanobis, seuclidean } from "./scaled.ts";

/** Every metric by name; a new one is a new entry. */
const metrics = {
  braycurtis,
  canberra,
  chebyshev,
  cityblock,
  correlation,
  cosine,
  dice,
  euclidean,
  hamming,
  jaccard,
  jensenshannon,
  kulczynski1,
  mahalanobis,
  minkowski,
  rogerstanimoto,
  russellrao,
  seuclidean,
  sokalmichener,
  sokalsneath,
  sqeuclidean,
  yule,
} satisfies Record<string, CondensedMetric>;

/** Name of a dissimilarity metric, as scipy's `pdist` has it. */
export type MetricName = keyof typeof metrics;

/** Names of all metrics, sorted. */
export const metricNames = Object.keys(metrics) as readonly MetricName[];

/** What may be given as a metric: a name, or a function of two patterns. */
export type Metric = MetricName | PairMetric;

/** A metric where folds make `crossnobis` one, too. */
export const metricKind: Kind = (metric) => {
  if (typeof metric !== "function" && metric !== "crossnobis") metricOf(metric);
};

/** What to call a metric in a result. */
export function metricLabel(metric: Metric): string {
  return typeof metric === "string" ? metric : metric.name || "custom";
}

/** Condensed dissimilarities. With a named metric a `NaN` in an item makes all its pairs `NaN`. */
export function dissimilarities(
  patterns: Patterns,
  metric: Metric,
  params: MetricParams,
): Float64Array {
  if (typeof metric === "function") return eachPairOf(metric, patterns);
  return withNaNItems(metricOf(metric)(patterns, params), patterns);
}

function metricOf(name: unknown): CondensedMetric {
  if (typeof name === "string" && Object.hasOwn(metrics, name)) return metrics[name as MetricName];
  if (name === "crossnobis") {
    throw new InvalidArgument(
      "metric",
      name,
      "it is cross-validated: make folds with createFolds and pass them to computeRdmCv",
    );
  }
  throw new UnknownOption("metric", name, metricNames);
}

/** Counting and comparing metrics would take `NaN` for a difference or skip it (scipy's chebyshev does). */
function withNaNItems(condensed: Float64Array, patterns: Patterns): Float64Array {
  const { nItems } = patterns;
  const bad = Array.from({ length: nItems }, (_, i) => hasNaNRow(patterns, i));
  if (!bad.includes(true)) return condensed;
  for (let i = 0, at = 0; i < nItems; i++) {
    for (let j = i + 1; j < nItems; j++, at++) if (bad[i] || bad[j]) condensed[at] = NaN;
  }
  return condensed;
}

function hasNaNRow({ data, nFeatures }: Patterns, i: number): boolean {
  for (let at = i * nFeatures; at < (i + 1) * nFeatures; at++) {
    if (Number.isNaN(data[at])) return true;
  }
  return false;
}

import { Unsupported } from "../core/errors.ts";
import type { OptionNames } from "../core/gate/options.ts";
import {
  cosineRegularisationNames,
  type CosineRegularisation,
} from "../rdm/cross-validated-cosine.ts";
import { metricLabel, type Metric } from "../rdm/metrics/index.ts";
import { refuseUnusedParams } from "../rdm/metrics/used-params.ts";
import { metricParamNames, type MetricParams } from "../rdm/metrics/metric.ts";

/** What the metric of a patch's RDM takes. */
export interface SearchlightMetricOptions extends MetricParams, CosineRegularisation {
  /** With folds, for all but `correlation` and `cosine`: the signed root instead of the signed square. Default false. */
  readonly squareRoot?: boolean;
}

/** The names of these options. */
export const metricOptionNames: OptionNames<SearchlightMetricOptions> = {
  ...metricParamNames,
  ...cosineRegularisationNames,
  squareRoot: true,
};

/** How the items of a patch are compared. */
export interface PatchMetricOptions extends SearchlightMetricOptions {
  /** Default `correlation`; with folds also `crossnobis`. */
  readonly metric?: Metric | "crossnobis";
}

/** The options of the metric that are given, out of all. What is not given must be absent, so that defaults hold. */
export function metricOptionsOf(options: SearchlightMetricOptions): SearchlightMetricOptions {
  return Object.fromEntries(
    Object.entries(options).filter(
      ([name, value]) => Object.hasOwn(metricOptionNames, name) && value !== undefined,
    ),
  );
}

/** What results call the metric. */
export function patchMetricLabel(metric: Metric | "crossnobis" = "correlation"): string {
  return metric === "crossnobis" ? metric : metricLabel(metric);
}

/**
 * Throws `Unsupported` for a metric that needs folds where there are none, `InvalidArgument` for a parameter that the
 * metric does not use.
 */
export function checkMetricFor(options: PatchMetricOptions, nFolds: number): void {
  const { metric = "correlation" } = options;
  refuseUnusedParams(metric, options);
  if (metric === "crossnobis" && nFolds < 2)
    throw new Unsupported("crossnobis needs folds", 'pass nFolds: 2 or more, or "max", or folds');
}

/** Whether a patch of so few features is no pattern that the metric could compare: it is NaN wherever it comes. */
export function isLone(nFeatures: number, metric: Metric | "crossnobis" = "correlation"): boolean {
  return nFeatures < (metric === "correlation" || metric === "cosine" ? 2 : 1);
}

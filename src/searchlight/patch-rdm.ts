import { gramRdm } from "../compute/gram-rdm.ts";
import { worthThreads } from "../compute/which-path.ts";
import { Unsupported } from "../core/errors.ts";
import type { OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import { sizeOf } from "../core/matrix.ts";
import { computeRdmCv } from "../rdm/compute-rdm-cv.ts";
import {
  cosineRegularisationNames,
  type CosineRegularisation,
} from "../rdm/cross-validated-cosine.ts";
import { dissimilarities, metricLabel, type Metric } from "../rdm/metrics/index.ts";
import { metricParamNames, type MetricParams } from "../rdm/metrics/metric.ts";
import type { PatchedPatterns } from "./patched-patterns.ts";
import { featuresOf, takeFeatures } from "./take-patch.ts";

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

/** Throws `Unsupported` for a metric that needs folds where there are none. */
export function checkFoldsFor(metric: Metric | "crossnobis" | undefined, nFolds: number): void {
  if (metric === "crossnobis" && nFolds < 2)
    throw new Unsupported("crossnobis needs folds", 'pass nFolds: 2 or more, or "max", or folds');
}

/** Whether a patch of so few features is no pattern that the metric could compare: it is NaN wherever it comes. */
export function isLone(nFeatures: number, metric: Metric | "crossnobis" = "correlation"): boolean {
  return nFeatures < (metric === "correlation" || metric === "cosine" ? 2 : 1);
}

/** The condensed dissimilarities of one patch with any metric; all `NaN` where there is no pattern to compare. */
export function patchRdm(
  patched: PatchedPatterns,
  position: number,
  options: PatchMetricOptions,
): Float64Array {
  const { metric = "correlation" } = options;
  const { nFolds, shape } = patched;
  checkFoldsFor(metric, nFolds);
  const [taken, nFeatures] = featuresAt(patched, position);
  const nItems = shape[0];
  if (isLone(nFeatures, metric)) return undefinedRdm(nItems);
  const params = metricOptionsOf(options);
  if (nFolds > 1) {
    const folds = { data: taken, shape: [nFolds, nItems, nFeatures] };
    return computeRdmCv(folds, { metric, ...params }).condensed;
  }
  return dissimilarities({ data: taken, nItems, nFeatures }, metric as Metric, params);
}

/** The same, computed on all threads where a large patch allows it. Throws `Cancelled`. */
export async function patchRdmOnThreads(
  patched: PatchedPatterns,
  position: number,
  options: PatchMetricOptions,
  job: JobOptions,
): Promise<Float64Array> {
  const { metric = "correlation" } = options;
  const { shape, nFolds } = patched;
  const isAngle = metric === "correlation" || metric === "cosine";
  // No patch has more features than all have.
  const most = (shape[0] * sizeOf(shape)) / 2;
  if (!isAngle || nFolds > 1 || !worthThreads(most)) return patchRdm(patched, position, options);
  const [taken, nFeatures] = featuresAt(patched, position);
  if (isLone(nFeatures, metric) || !worthThreads((shape[0] ** 2 * nFeatures) / 2))
    return patchRdm(patched, position, options);
  const quiet = { ...job, onProgress: false } as const;
  return (
    (await gramRdm(taken, shape[0], nFeatures, metric, quiet)) ??
    patchRdm(patched, position, options)
  );
}

/** Folds × items × features of one patch. */
function featuresAt(
  { data, shape, nFolds, patches }: PatchedPatterns,
  position: number,
): [data: Float64Array, nFeatures: number] {
  const features = featuresOf(patches.at(position), shape, patches.plan);
  const perItem = sizeOf(shape.slice(1));
  return [takeFeatures(data, nFolds * shape[0], perItem, features), features.length];
}

/** The RDM where nothing is defined. */
export function undefinedRdm(nItems: number): Float64Array {
  return new Float64Array((nItems * (nItems - 1)) / 2).fill(NaN);
}

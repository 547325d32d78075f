import { gramRdm } from "../compute/gram-rdm.ts";
import { worthThreads } from "../compute/which-path.ts";
import type { JobOptions } from "../core/job.ts";
import { sizeOf } from "../core/matrix.ts";
import { computeRdmCv } from "../rdm/compute-rdm-cv.ts";
import { dissimilarities, type Metric } from "../rdm/metrics/index.ts";
import { noisyRdm } from "./noise/noisy-rdm.ts";
import {
  checkMetricFor,
  isLone,
  metricOptionsOf,
  type PatchMetricOptions,
} from "./patch-metric.ts";
import type { PatchedPatterns } from "./patched-patterns.ts";
import { featuresOf, takeFeatures } from "./take-patch.ts";

/** The condensed dissimilarities of one patch with any metric; all `NaN` where there is no pattern to compare. */
export function patchRdm(
  patched: PatchedPatterns,
  position: number,
  options: PatchMetricOptions,
): Float64Array {
  const { metric = "correlation" } = options;
  const { nFolds, shape } = patched;
  checkMetricFor(options, nFolds);
  if (patched.noise !== undefined) return noisyRdm(patched, patched.noise, position, options);
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

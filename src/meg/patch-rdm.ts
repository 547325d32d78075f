import { gramRdm } from "../compute/gram-rdm.ts";
import { Unsupported } from "../core/errors.ts";
import type { JobOptions } from "../core/job.ts";
import { sizeOf, type Matrix } from "../core/matrix.ts";
import { computeRdmCv } from "../rdm/compute-rdm-cv.ts";
import { computeRdm } from "../rdm/compute-rdm.ts";
import { isLone } from "./lone-patches.ts";
import type { SensorPatterns } from "./sensor-patterns.ts";
import type { BoundedPatch, PatchedPatterns } from "./sensor-searchlight.ts";

/** The condensed dissimilarities of one patch, with any metric, cross-validated when there are folds. */
export function patchRdm(
  { patterns, options }: PatchedPatterns,
  patch: BoundedPatch,
): Float64Array {
  const { nItems } = patterns;
  if (isLone(patch, patterns.nChannels, options.metric))
    return new Float64Array((nItems * (nItems - 1)) / 2).fill(NaN);
  const features = featuresOf(patterns, patch);
  const { metric, p, w, V, VI, base, regVar, regDenom, bounded } = options;
  if (patterns.nFolds > 1) {
    return computeRdmCv(features, { metric, p, w, V, VI, base, regVar, regDenom, bounded })
      .condensed;
  }
  if (metric === "crossnobis")
    throw new Unsupported("crossnobis needs folds", 'pass nFolds: 2 or more, or "max"');
  const rows = { data: features.data, shape: [patterns.nItems, sizeOf(features.shape.slice(2))] };
  return computeRdm(rows, { metric, p, w, V, VI, base }).condensed;
}

/** Multiply-adds from which on other threads are worth waking. */
const MANY_PRODUCTS = 2e7;

/** The same numbers, computed on all threads where a large patch allows it. Throws `Cancelled`. */
export async function patchRdmOnThreads(
  patched: PatchedPatterns,
  patch: BoundedPatch,
  job: Omit<JobOptions, "onProgress">,
): Promise<Float64Array> {
  const { patterns, options } = patched;
  const { metric = "correlation" } = options;
  const [from, to] = patch.samples;
  const nFeatures = (patch.series?.length ?? patterns.nChannels) * (to - from);
  const isAngle = metric === "correlation" || metric === "cosine";
  const isLarge = (patterns.nItems ** 2 * nFeatures) / 2 > MANY_PRODUCTS;
  if (!isAngle || !isLarge || patterns.nFolds > 1) return patchRdm(patched, patch);
  const { data } = featuresOf(patterns, patch);
  return gramRdm(data, patterns.nItems, nFeatures, metric, job);
}

/** Folds × items × channels × samples of one patch. */
function featuresOf(
  patterns: SensorPatterns,
  { series, samples: [from, to] }: BoundedPatch,
): Matrix<Float64Array> {
  const { nFolds, nItems, nChannels, nSamples } = patterns;
  const channels = series ?? Int32Array.from({ length: nChannels }, (_, at) => at);
  const width = to - from;
  const data = new Float64Array(nFolds * nItems * channels.length * width);
  let at = 0;
  for (let row = 0; row < nFolds * nItems; row++) {
    for (const channel of channels) {
      const start = (row * nChannels + channel) * nSamples;
      data.set(patterns.data.subarray(start + from, start + to), at);
      at += width;
    }
  }
  return { data, shape: [nFolds, nItems, channels.length, width] };
}

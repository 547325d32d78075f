import type { PatchSeries } from "../compute/patch-scores.ts";
import { crossValidation, isGramMetric } from "../searchlight/score-on-engine.ts";
import { isOrdinary } from "../compute/pack-voxels.ts";
import type { PatchedPatterns } from "./sensor-searchlight.ts";

/**
 * Cross-validated patches as the compute engine takes them, a sample of a channel being what a voxel is in an image;
 * undefined when there are no folds, or it cannot do the metric.
 */
export function foldedPatches({
  patterns,
  patches,
  options,
}: PatchedPatterns): PatchSeries | undefined {
  const { data, nFolds, nItems, nChannels, nSamples } = patterns;
  const { metric = "correlation" } = options;
  if (nFolds < 2 || nItems < 2 || !isGramMetric(metric) || !isOrdinary(data)) return undefined;
  const folds = crossValidation(nFolds, data.length, options);
  if (folds === undefined) return undefined;
  return {
    nItems,
    nVoxels: nChannels * nSamples,
    nPatches: patches.length,
    metric,
    folds,
    voxelsOf: (at) => featuresOf(patches[at], nChannels, nSamples),
  };
}

type Patches = PatchedPatterns["patches"];

function sizeOf({ series, samples: [from, to] }: Patches[number], nChannels: number): number {
  return (series?.length ?? nChannels) * (to - from);
}

/** Numbers of the features of a patch among channels × samples. */
function featuresOf(patch: Patches[number], nChannels: number, nSamples: number): Int32Array {
  const { series, samples } = patch;
  const [from, to] = samples;
  const channels = series ?? Int32Array.from({ length: nChannels }, (_, at) => at);
  const features = new Int32Array(sizeOf(patch, nChannels));
  let at = 0;
  for (const channel of channels) {
    for (let t = from; t < to; t++) features[at++] = channel * nSamples + t;
  }
  return features;
}

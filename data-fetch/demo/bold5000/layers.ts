import type { Random } from "../../../src/core/random.ts";
import { categories, type DemoImage } from "./images.ts";
import { correlationDistances } from "./vectors.ts";

/** How much of a layer's features is low-level, mid-level and category, from the first layer to the last. */
const mixtures = [
  [1, 0.25, 0],
  [0.9, 0.5, 0.1],
  [0.65, 0.9, 0.3],
  [0.35, 1, 0.7],
  [0.15, 0.55, 1.2],
];
const nLatent = 12;
const nFeatures = 64;

/** The RDM of each layer, condensed: features that neighbouring layers share in part. */
export function layerRdms(images: readonly DemoImage[], stream: Random): Float64Array[] {
  const low = drawn(images.length * nLatent, stream);
  const mid = drawn(images.length * nLatent, stream);
  const prototypes = drawn(categories.length * nLatent, stream);
  const category = Float64Array.from(low, (_, at) => {
    const image = images[Math.floor(at / nLatent)];
    return prototypes[image.category * nLatent + (at % nLatent)] + 0.4 * stream.normal();
  });
  return mixtures.map((weights) => {
    const mix = drawn(3 * nLatent * nFeatures, stream);
    const features = project([low, mid, category], weights, mix, images.length);
    return correlationDistances(features, images.length);
  });
}

function drawn(n: number, stream: Random): Float64Array {
  return Float64Array.from({ length: n }, () => stream.normal());
}

function project(
  parts: readonly Float64Array[],
  weights: readonly number[],
  mix: Float64Array,
  nItems: number,
): Float64Array {
  const features = new Float64Array(nItems * nFeatures);
  for (let i = 0; i < nItems; i++) {
    parts.forEach((part, p) => {
      for (let l = 0; l < nLatent; l++) {
        const value = weights[p] * part[i * nLatent + l];
        const row = (p * nLatent + l) * nFeatures;
        for (let f = 0; f < nFeatures; f++) features[i * nFeatures + f] += value * mix[row + f];
      }
    });
  }
  return features;
}

import type { Random } from "../../../src/core/random.ts";
import { kinds } from "./scenes.ts";
import type { SceneCode } from "./responses.ts";

/** Lengths of CLIP ViT-B/32's two layers. */
export const projectedLength = 512;
export const visualLength = 768;

/**
 * A stand-in for a layer of CLIP: the scene's kind and low-level traits, mixed into many numbers, and a part that only
 * this image has (as in a real network, no two images get the same embedding).
 */
export function embedScenes(
  codes: readonly SceneCode[],
  nFeatures: number,
  weights: { readonly kind: number; readonly low: number; readonly own: number },
  random: Random,
): Float32Array {
  const mix = (n: number, weight: number) =>
    Array.from({ length: n }, () =>
      Float64Array.from({ length: nFeatures }, () => weight * random.normal()),
    );
  const fromKind = mix(kinds.length, weights.kind);
  const fromLow = mix(6, weights.low);
  const data = new Float32Array(codes.length * nFeatures);
  codes.forEach(({ kind, low }, image) => {
    for (let f = 0; f < nFeatures; f++) {
      let value = weights.own * random.normal();
      kind.forEach((amount, at) => (value += amount * fromKind[at][f]));
      low.forEach((amount, at) => (value += amount * fromLow[at][f]));
      data[image * nFeatures + f] = value;
    }
  });
  return data;
}

import { parcelNames, parcelsOf } from "../cortex/parcels.ts";
import type { FifSourceSpace } from "../../../src/io/fif/index.ts";
import type { Sphere } from "../cortex/icosphere.ts";
import type { Gain } from "./gain.ts";
import { largestFirst, products } from "./inverse.ts";

/** Where on the cortex the planted codes are: the early one at the back, the later one below. */
export const plantedParcels = {
  pixels: ["pericalcarine", "lateraloccipital", "cuneus"],
  network: ["fusiform", "inferiortemporal"],
} as const;

/** So many patterns of the field that currents in a place can make are used, each as strong as the others. */
export const nPatterns = 10;

/**
 * Patterns of the field over the sensors that currents away from the cortex in these parcels make, in units of the noise:
 * patterns × channels, orthogonal, with a mean square of 1 when summed.
 */
export function fieldPatterns(
  { nChannels: n, nSources }: Gain,
  whitened: Float64Array,
  rows: readonly number[],
): Float64Array {
  const inside = new Float64Array(n * rows.length);
  for (let c = 0; c < n; c++)
    rows.forEach((source, at) => {
      inside[c * rows.length + at] = whitened[c * 3 * nSources + 3 * source + 2];
    });
  const { vectors } = largestFirst(products(inside, n, rows.length), n);
  return vectors.subarray(0, nPatterns * n).map((value) => value * Math.sqrt(n / nPatterns));
}

/** The sources in parcels of both halves, by their rows. */
export function sourcesIn(
  spaces: readonly FifSourceSpace[],
  sphere: Sphere,
  names: readonly string[],
): number[] {
  let row = 0;
  return spaces.flatMap(({ vertices, hemisphere = "left" }) => {
    const parcels = parcelsOf(sphere, hemisphere);
    return Array.from(vertices).flatMap((vertex) => {
      const at = row++;
      return names.includes(parcelNames[parcels[vertex]]) ? [at] : [];
    });
  });
}

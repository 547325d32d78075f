import type { Random } from "../../../src/core/random.ts";
import { published } from "./published.ts";
import { add, correlationDistances, meanProduct, solve, standardise } from "./vectors.ts";

/** Effects are this many times the published ones: 300 images instead of 4,916 leave more noise. */
const enlarged = 2;
/** Share of the variance of a region's RDM that subjects have in common beyond what the layers say. */
const shared = 0.12;
/** Voxels of the noise patterns. */
const nVoxels = 40;
/** Mean and SD of the correlation distances, as in measured regions. */
const [centre, spread] = [0.92, 0.12];

/** RDMs of every region for one subject, condensed. */
export type SubjectRdms = ReadonlyMap<string, Float64Array>;

/**
 * Each subject's RDM of every region. It correlates with each layer's RDM as published (enlarged), up to a factor of
 * the subject; the rest is structure that the subjects share, and noise of each one's own.
 */
export function regionRdms(
  layerRdms: readonly Float64Array[],
  nItems: number,
  strengths: readonly number[],
  stream: Random,
): SubjectRdms[] {
  const layers = layerRdms.map((rdm) => standardise(rdm.slice()));
  const overlap = layers.map((a) => layers.map((b) => meanProduct(a, b)));
  const subjects = strengths.map(() => new Map<string, Float64Array>());
  for (const [roi, targets] of Object.entries(published)) {
    const common = residual(noise(nItems, stream), layers, overlap);
    strengths.forEach((strength, at) => {
      const own = residual(noise(nItems, stream), layers, overlap, [common]);
      const jitter = 1 + 0.05 * stream.normal();
      const wanted = targets.map((target) => enlarged * strength * jitter * target);
      subjects[at].set(roi, combined(wanted, { layers, overlap, common, own }));
    });
  }
  return subjects;
}

/** Layers weighted so that each one's correlation is the one wanted, whatever the layers share. */
function combined(
  wanted: readonly number[],
  {
    layers,
    overlap,
    common,
    own,
  }: {
    layers: readonly Float64Array[];
    overlap: readonly (readonly number[])[];
    common: Float64Array;
    own: Float64Array;
  },
): Float64Array {
  const weights = solve(overlap, wanted);
  const explained = weights.reduce((sum, weight, at) => sum + weight * wanted[at], 0);
  const rdm = new Float64Array(common.length);
  layers.forEach((layer, at) => add(rdm, layer, weights[at]));
  add(rdm, common, Math.sqrt(shared));
  add(rdm, own, Math.sqrt(1 - explained - shared));
  return rdm.map((value) => Math.min(2, Math.max(0, centre + spread * value)));
}

/** Noise of patterns, not of pairs: distances among three images are not independent. */
function noise(nItems: number, stream: Random): Float64Array {
  const patterns = Float64Array.from({ length: nItems * nVoxels }, () => stream.normal());
  return correlationDistances(patterns, nItems);
}

/** What is left of a vector beside the layers and `others`, standardised. */
function residual(
  values: Float64Array,
  layers: readonly Float64Array[],
  overlap: readonly (readonly number[])[],
  others: readonly Float64Array[] = [],
): Float64Array {
  standardise(values);
  const weights = solve(
    overlap,
    layers.map((layer) => meanProduct(layer, values)),
  );
  layers.forEach((layer, at) => add(values, layer, -weights[at]));
  for (const other of others) add(values, other, -meanProduct(other, values));
  return standardise(values);
}

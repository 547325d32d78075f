import type { Rdm } from "../../rdm/rdm.ts";

/** One region and its scores. */
export interface AtlasRegionScores {
  readonly label: number;
  readonly name: string;
  /** Numbers of the voxels that count, in C order of the image. */
  readonly voxels: Int32Array;
  readonly nVoxelsInAtlas: number;
  /** Undefined for a region that is too small. */
  readonly rdm: Rdm | undefined;
  /** One a model; NaN for a region that is too small. */
  readonly scores: Float64Array;
}

/** Scores of all regions, C order of scores × regions: what any place's numbers are. */
export function scoresTogether(regions: readonly AtlasRegionScores[]): Float64Array {
  const n = regions.length;
  const all = new Float64Array((regions[0]?.scores.length ?? 0) * n);
  regions.forEach(({ scores }, region) =>
    scores.forEach((score, at) => (all[at * n + region] = score)),
  );
  return all;
}

/** The same regions with other scores, C order of scores × regions. */
export function withScores(
  regions: readonly AtlasRegionScores[],
  scores: Float64Array,
): AtlasRegionScores[] {
  const n = regions.length;
  const nScores = scores.length / n;
  return regions.map((region, at) => ({
    ...region,
    scores: Float64Array.from({ length: nScores }, (_, score) => scores[score * n + at]),
  }));
}

/** The regions with scores of those that have an RDM, C order of scores × these; `NaN` in the others. */
export function withScoresOfLarge(
  regions: readonly AtlasRegionScores[],
  scores: Float64Array,
  nScores: number,
): AtlasRegionScores[] {
  const all = new Float64Array(nScores * regions.length).fill(NaN);
  const nLarge = scores.length / nScores;
  let patch = 0;
  regions.forEach(({ rdm }, region) => {
    if (rdm === undefined) return;
    for (let at = 0; at < nScores; at++)
      all[at * regions.length + region] = scores[at * nLarge + patch];
    patch++;
  });
  return withScores(regions, all);
}

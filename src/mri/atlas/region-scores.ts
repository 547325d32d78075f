import type { AtlasRegionScores } from "./atlas-scores.ts";

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

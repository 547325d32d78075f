import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Rdm } from "../../rdm/rdm.ts";
import { matchVolumes, type MatchedVolumes } from "../../searchlight/match-volumes.ts";
import { checkMetricFor } from "../../searchlight/patch-metric.ts";
import type { PatchedPatterns } from "../../searchlight/patched-patterns.ts";
import type { DataSource } from "../functional-data.ts";
import { checkSameGrid, gridOf } from "../grid.ts";
import { averageVolumes, type VoxelPatterns } from "../read-patterns.ts";
import { voxelNoise } from "../voxel-noise.ts";
import { voxelSearchlight } from "../voxel-searchlight.ts";
import type { RsaAtlasOptions } from "./atlas-options.ts";
import type { Atlas, AtlasRegion } from "./atlas.ts";
import { nearestLabels } from "./nearest-labels.ts";
import type { AtlasRegionScores } from "./region-scores.ts";

/** An image with its items matched to models, and which of its voxels lie in which region. */
export interface LaidAtlas extends MatchedVolumes {
  readonly source: DataSource;
  readonly patterns: VoxelPatterns;
  /** Numbers of the voxels of a region that count, in C order of the image. */
  readonly voxelsOf: (region: AtlasRegion) => Int32Array;
}

/** Lay an atlas over an image. Throws `ShapeMismatch` for one on another grid. */
export async function layAtlas(
  source: DataSource,
  atlas: Atlas,
  models: readonly Rdm[] | undefined,
  options: RsaAtlasOptions,
): Promise<LaidAtlas> {
  const labels = labelsFor(atlas, source.header, options);
  const matched = matchVolumes(source.nVolumes, models, options);
  checkMetricFor(options, matched.alignment.nFolds);
  const { voxels } = voxelSearchlight(source, options);
  const patterns = await averageVolumes(source, matched.alignment, voxels, options);
  const members = regionMembers(labels, patterns);
  const voxelsOf = ({ label }: AtlasRegion): Int32Array =>
    Int32Array.from(members.get(label) ?? [], (at) => voxels[at]);
  return { ...matched, source, patterns, voxelsOf };
}

/** The regions that are large enough in every image. Throws `InvalidArgument` where none is. */
export function largeRegions(
  atlas: Atlas,
  laid: readonly LaidAtlas[],
  { leastVoxels = 10 }: RsaAtlasOptions,
): readonly AtlasRegion[] {
  const sizes = atlas.regions.map((region) =>
    laid.reduce((least, { voxelsOf }) => Math.min(least, voxelsOf(region).length), Infinity),
  );
  const large = atlas.regions.filter((_, at) => sizes[at] >= leastVoxels);
  if (large.length > 0) return large;
  throw new InvalidArgument(
    "leastVoxels",
    leastVoxels,
    `the largest of ${atlas.regions.length} regions has ${Math.max(0, ...sizes)} voxels that count; is the atlas in the space of the image? Give a lower number`,
  );
}

/** Where a region lies in an image. */
export function regionIn(
  region: AtlasRegion,
  { voxelsOf }: LaidAtlas,
): Omit<AtlasRegionScores, "rdm" | "scores"> {
  const { label, name, nVoxels: nVoxelsInAtlas } = region;
  return { label, name, voxels: voxelsOf(region), nVoxelsInAtlas };
}

/** Regions as patches like any other. */
export function patchRegions(
  { source, patterns, alignment, voxelsOf }: LaidAtlas,
  regions: readonly AtlasRegion[],
  options: RsaAtlasOptions,
): PatchedPatterns {
  const patches = regions.map((region) => Array.from(voxelsOf(region)));
  const searchlight = voxelSearchlight(source, { ...options, patches });
  const noise = voxelNoise(options, searchlight, alignment);
  const shape = patterns.shape.slice(-2);
  return { ...patterns, shape, patches: searchlight.patches, noise };
}

function labelsFor(
  atlas: Atlas,
  header: Parameters<typeof gridOf>[0],
  { resample = "refuse" }: RsaAtlasOptions,
): Int32Array {
  if (resample === "nearest") return nearestLabels(atlas, header);
  try {
    checkSameGrid(gridOf(header), gridOf(atlas, "atlas"), "atlas");
  } catch (error) {
    if (!(error instanceof ShapeMismatch)) throw error;
    throw new ShapeMismatch(
      error.expected,
      error.found,
      'take the atlas in the space of the image, or take the nearest label of each voxel with resample: "nearest"',
    );
  }
  return atlas.labels;
}

/** Positions among the voxels used of those of each region that count. */
function regionMembers(labels: Int32Array, { data, voxels }: VoxelPatterns): Map<number, number[]> {
  const members = new Map<number, number[]>();
  const n = voxels.length;
  voxels.forEach((voxel, at) => {
    const label = labels[voxel];
    if (label === 0 || !counts(data, at, n)) return;
    const own = members.get(label);
    if (own === undefined) members.set(label, [at]);
    else own.push(at);
  });
  return members;
}

/** A voxel that is finite wherever there is a pattern, and not the same in all. */
function counts(data: Float64Array, voxel: number, n: number): boolean {
  let [first, varies] = [NaN, false];
  for (let at = voxel; at < data.length; at += n) {
    const value = data[at];
    if (Number.isNaN(value) && isEmptyRow(data, at - voxel, n)) continue;
    if (!Number.isFinite(value)) return false;
    if (Number.isNaN(first)) first = value;
    else if (value !== first) varies = true;
  }
  return varies;
}

/** An item that a fold lacks: NaN everywhere. */
function isEmptyRow(data: Float64Array, from: number, n: number): boolean {
  for (let at = from; at < from + n; at++) if (!Number.isNaN(data[at])) return false;
  return true;
}

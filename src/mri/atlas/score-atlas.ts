import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { pauses } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { Rdm } from "../../rdm/rdm.ts";
import { countScores } from "../../rsa/comparisons/comparison.ts";
import { comparisonOf } from "../../rsa/comparisons/resolve.ts";
import { prepareModels } from "../../rsa/prepared/prepare-models.ts";
import { checkMetricFor, patchMetricLabel } from "../../searchlight/patch-metric.ts";
import { patchRdm } from "../../searchlight/patch-rdm.ts";
import { openData, type DataSource, type FunctionalData } from "../functional-data.ts";
import { checkSameGrid, gridOf } from "../grid.ts";
import { matchVolumes } from "../../searchlight/match-volumes.ts";
import { averageVolumes, type VoxelPatterns } from "../read-patterns.ts";
import { voxelNoise } from "../voxel-noise.ts";
import { voxelSearchlight } from "../voxel-searchlight.ts";
import type { PatchedPatterns } from "../../searchlight/patched-patterns.ts";
import type { Atlas, AtlasRegion } from "./atlas.ts";
import type { RsaAtlasOptions } from "./atlas-options.ts";
import type { AtlasRegionScores, AtlasScoresParts } from "./atlas-scores.ts";
import { nearestLabels } from "./nearest-labels.ts";

/** What was found in every region, before it is known what the numbers mean. */
export interface AtlasNumbers extends Omit<AtlasScoresParts, "modelNames" | "rsaMetric"> {
  /** The models with their items in one order. */
  readonly models: readonly Rdm[];
}

/** Makes the models ready once they are matched. */
export type AskAtlas = (models: readonly Rdm[]) => Pick<RsaAtlasOptions, "rsaMetric">;

/**
 * Compare the RDM of every region of an atlas with models: what all questions to regions have in common.
 *
 * @param question - default: as `options` say.
 */
export async function scoreAtlas(
  image: FunctionalData,
  atlas: Atlas,
  models: RdmInput,
  options: RsaAtlasOptions,
  question?: AskAtlas,
): Promise<AtlasNumbers> {
  const source = await openData(image, options.signal);
  try {
    return await scoresOf(source, atlas, toRdms(models, "models"), options, question);
  } finally {
    await source.close();
  }
}

async function scoresOf(
  source: DataSource,
  atlas: Atlas,
  models: readonly Rdm[],
  options: RsaAtlasOptions,
  question: AskAtlas | undefined,
): Promise<AtlasNumbers> {
  const labels = labelsFor(atlas, source.header, options);
  const matched = matchVolumes(source.nVolumes, models, options);
  const { alignment } = matched;
  const asked = { ...options, ...question?.(matched.models) };
  checkMetricFor(options, alignment.nFolds);
  const { voxels } = voxelSearchlight(source, options);
  const patterns = await averageVolumes(source, alignment, voxels, options);
  const members = regionMembers(labels, patterns);
  const { leastVoxels = 10 } = options;
  refuseSmall(atlas, members, leastVoxels);
  const large = atlas.regions.filter(
    ({ label }) => membersOf(members, label).length >= leastVoxels,
  );
  const patches = large.map(({ label }) => membersOf(members, label).map((at) => voxels[at]));
  const searchlight = voxelSearchlight(source, { ...options, patches });
  const noise = voxelNoise(options, searchlight, alignment);
  const shape = patterns.shape.slice(-2);
  const patched = { ...patterns, shape, patches: searchlight.patches, noise };
  const condensed = matched.models.map((model) => model.condensed);
  const found = await scoresOfRegions(patched, large, condensed, patterns.items, asked);
  const nScores = countScores(comparisonOf(asked.rsaMetric ?? "spearman"), models.length);
  return {
    regions: atlas.regions.map(({ label, name, nVoxels: nVoxelsInAtlas }) => ({
      label,
      name,
      voxels: Int32Array.from(membersOf(members, label), (at) => voxels[at]),
      nVoxelsInAtlas,
      rdm: found.get(label)?.rdm,
      scores: found.get(label)?.scores ?? new Float64Array(nScores).fill(NaN),
    })),
    absent: atlas.absent,
    models: matched.models,
    header: source.header,
    leastVoxels,
  };
}

type Found = Pick<AtlasRegionScores, "scores"> & { readonly rdm: Rdm };

/** The RDM of each region and its scores: regions are patches like any other. */
async function scoresOfRegions(
  patched: PatchedPatterns,
  regions: readonly AtlasRegion[],
  models: readonly Float64Array[],
  items: readonly string[] | undefined,
  options: RsaAtlasOptions,
): Promise<Map<number, Found>> {
  const { rsaMetric = "spearman", ignoreNan = false } = options;
  const prepared = prepareModels(models, { metric: rsaMetric, ignoreNan });
  const metric = patchMetricLabel(options.metric);
  const line = reporter(options, "regions", regions.length);
  const pause = pauses(options.signal, "RSA of regions");
  const found = new Map<number, Found>();
  for (const [at, { label, name }] of regions.entries()) {
    const condensed = patchRdm(patched, at, options);
    const rdm = new Rdm(condensed, { items, metric, name });
    found.set(label, { rdm, scores: Float64Array.from(prepared.score(condensed)) });
    line.update(at + 1);
    if (pause.due()) await pause.turn();
  }
  line.finish();
  return found;
}

function membersOf(
  members: ReadonlyMap<number, readonly number[]>,
  label: number,
): readonly number[] {
  return members.get(label) ?? [];
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

function refuseSmall(
  atlas: Atlas,
  members: ReadonlyMap<number, readonly number[]>,
  least: number,
): void {
  const most = [...members.values()].reduce((size, { length }) => Math.max(size, length), 0);
  if (most >= least) return;
  throw new InvalidArgument(
    "leastVoxels",
    least,
    `the largest of ${atlas.regions.length} regions has ${most} voxels that count; is the atlas in the space of the image? Give a lower number`,
  );
}

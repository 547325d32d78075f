import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { nameOf } from "../rsa/comparisons/resolve.ts";
import { checkMetricFor, patchMetricLabel } from "../searchlight/patch-metric.ts";
import { scorePatches, type ScorePatchesOptions } from "../searchlight/score-patches.ts";
import { countUndefined } from "../searchlight/undefined-scores.ts";
import { openData, type DataSource, type FunctionalData } from "./functional-data.ts";
import { matchVolumes, type VolumeModelOptions } from "../searchlight/match-volumes.ts";
import { averageVolumes, type VoxelPatterns } from "./read-patterns.ts";
import type { RsaMapsParts } from "./rsa-maps.ts";
import { voxelNoise } from "./voxel-noise.ts";
import {
  refuseLoneVoxels,
  voxelSearchlight,
  type VoxelSearchlightOptions,
} from "./voxel-searchlight.ts";

/** What is asked of the patches of volumes, and how. */
export type ScoreVolumesOptions = VoxelSearchlightOptions &
  VolumeModelOptions &
  ScorePatchesOptions;

/** What was found in every patch, before it is known what the numbers mean. */
export interface VolumeNumbers extends Omit<RsaMapsParts, "modelNames"> {
  /** The models with their items in one order. */
  readonly models: readonly Rdm[];
}

/** What is asked of models, once they are matched. */
type Question = (models: readonly Rdm[]) => Pick<ScorePatchesOptions, "rsaMetric">;

/**
 * Compare the data RDM of every patch of an image with models: what all questions to volumes have in common.
 *
 * @param question - makes the models ready once they are matched; default: as `options` say.
 */
export async function scoreVolumes(
  image: FunctionalData,
  models: RdmInput,
  options: ScoreVolumesOptions,
  question?: Question,
): Promise<VolumeNumbers> {
  const source = await openData(image, options.signal);
  try {
    return await numbersOf(source, toRdms(models, "models"), options, question);
  } finally {
    await source.close();
  }
}

async function numbersOf(
  source: DataSource,
  models: readonly Rdm[],
  options: ScoreVolumesOptions,
  question: Question | undefined,
): Promise<VolumeNumbers> {
  const matched = matchVolumes(source.nVolumes, models, options);
  const { nItems, nFolds } = matched.alignment;
  checkMetricFor(options, nFolds);
  const asked = { ...options, ...question?.(matched.models) };
  const searchlight = voxelSearchlight(source, options);
  const sizes = searchlight.sizes();
  refuseLoneVoxels(searchlight, sizes, options);
  const started = performance.now();
  const patterns = await averageVolumes(source, matched.alignment, searchlight.voxels, options);
  const read = performance.now();
  const { patches } = searchlight;
  const noise = voxelNoise(options, searchlight, matched.alignment);
  const patched = { ...patterns, shape: patterns.shape.slice(-2), patches, noise };
  const condensed = matched.models.map((model) => model.condensed);
  const scores = await scorePatches(patched, condensed, asked);
  const scored = performance.now();
  return {
    scores,
    models: matched.models,
    header: source.header,
    centres: searchlight.centres,
    pooled: searchlight.pooled,
    patchSizes: sizes,
    record: {
      metric: patchMetricLabel(options.metric),
      rsaMetric: nameOf(asked.rsaMetric ?? "spearman"),
      ignoreNan: options.ignoreNan ?? false,
      radiusMm: options.radiusMm,
      nFolds,
      nItems,
      items: matched.models[0].items,
      nVolumes: source.nVolumes,
      nVolumesUsed: patterns.nVolumesUsed,
      nVoxels: searchlight.voxels.length,
      nConstant: countConstant(patterns),
      nPatches: searchlight.patches.length,
      nUndefined: countUndefined(scores, searchlight.patches.length),
      nLonePatches: sizes.filter((size) => size < 2).length,
      nEmpty: matched.alignment.nEmpty,
      readS: (read - started) / 1000,
      scoreS: (scored - read) / 1000,
    },
  };
}

/** Voxels with one value in all rows. */
function countConstant({ data, voxels }: VoxelPatterns): number {
  const varies = new Uint8Array(voxels.length);
  for (let at = voxels.length; at < data.length;)
    for (let v = 0; v < voxels.length; v++, at++) if (data[at] !== data[v]) varies[v] = 1;
  return varies.reduce((count, one) => count - one, voxels.length);
}

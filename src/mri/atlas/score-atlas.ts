import { pauses } from "../../core/job.ts";
import { reporter } from "../../core/progress.ts";
import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { Rdm } from "../../rdm/rdm.ts";
import { countScores } from "../../rsa/comparisons/comparison.ts";
import { comparisonOf } from "../../rsa/comparisons/resolve.ts";
import { prepareModels } from "../../rsa/prepared/prepare-models.ts";
import { patchMetricLabel } from "../../searchlight/patch-metric.ts";
import { patchRdm } from "../../searchlight/patch-rdm.ts";
import type { PatchedPatterns } from "../../searchlight/patched-patterns.ts";
import { openData, type DataSource, type FunctionalData } from "../functional-data.ts";
import type { RsaAtlasOptions } from "./atlas-options.ts";
import type { AtlasScoresParts } from "./atlas-scores.ts";
import type { Atlas, AtlasRegion } from "./atlas.ts";
import { largeRegions, layAtlas, patchRegions, regionIn } from "./lay-atlas.ts";
import type { AtlasRegionScores } from "./region-scores.ts";

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
  const laid = await layAtlas(source, atlas, models, options);
  const asked = { ...options, ...question?.(laid.models) };
  const large = largeRegions(atlas, [laid], options);
  const patched = patchRegions(laid, large, options);
  const condensed = laid.models.map((model) => model.condensed);
  const found = await scoresOfRegions(patched, large, condensed, laid.patterns.items, asked);
  const nScores = countScores(comparisonOf(asked.rsaMetric ?? "spearman"), models.length);
  return {
    regions: atlas.regions.map((region) => ({
      ...regionIn(region, laid),
      rdm: found.get(region.label)?.rdm,
      scores: found.get(region.label)?.scores ?? new Float64Array(nScores).fill(NaN),
    })),
    absent: atlas.absent,
    models: laid.models,
    header: source.header,
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

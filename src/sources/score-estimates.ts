import { InvalidArgument } from "../core/errors.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { matchModels, type ModelItemOptions } from "../rsa/match-models.ts";
import { scorePatches, type ScorePatchesOptions } from "../searchlight/score-patches.ts";
import { undefinedNotes } from "../searchlight/undefined-scores.ts";
import type { Alignment } from "../table/align.ts";
import { alignEstimates, itemsOfEstimates, type EstimateLabelOptions } from "./align-estimates.ts";
import { rowsInLabel } from "./selected-sources.ts";
import type { SourceEstimates } from "./source-estimates.ts";
import type { SourceLabel } from "./source-label.ts";
import type { SourceScoresParts } from "./source-scores.ts";
import {
  givenSearchlight,
  sourcePatterns,
  sourceSearchlight,
  type SourceSearchlight,
  type SourceSearchlightOptions,
} from "./source-searchlight.ts";

/** What is asked of the patches of estimates, and how. */
export type ScoreEstimatesOptions = SourceSearchlightOptions &
  EstimateLabelOptions &
  ModelItemOptions &
  ScorePatchesOptions;

/** What was found in every patch, before it is known what the numbers mean. */
export interface EstimateNumbers extends Omit<SourceScoresParts, "modelNames" | "rsaMetric"> {
  /** The models with their items in one order. */
  readonly models: readonly Rdm[];
}

/** What is asked of models, once they are matched. */
type Question = (models: readonly Rdm[]) => Pick<ScorePatchesOptions, "rsaMetric">;

/**
 * Compare the data RDM around every source (or of all at once) with models: what all questions to estimates have in
 * common.
 *
 * @param question - makes the models ready once they are matched; default: as `options` say.
 */
export async function scoreAround(
  estimates: SourceEstimates,
  models: RdmInput,
  options: ScoreEstimatesOptions,
  question?: Question,
): Promise<EstimateNumbers> {
  const matched = matchEstimates(estimates, toRdms(models, "models"), options);
  const asked = { ...options, ...question?.(matched.models) };
  const searchlight = await sourceSearchlight(estimates, options);
  return numbersOf(estimates, matched, searchlight, asked, whereOf(estimates, searchlight));
}

/** The same in regions, each of which is one patch. Throws `InvalidArgument` for one without sources. */
export async function scoreRegions(
  estimates: SourceEstimates,
  models: RdmInput,
  rois: readonly SourceLabel[],
  options: ScoreEstimatesOptions,
  question?: Question,
): Promise<EstimateNumbers> {
  const { searchlight, where } = layRegions(estimates, rois, options);
  const matched = matchEstimates(estimates, toRdms(models, "models"), options);
  const asked = { ...options, ...question?.(matched.models) };
  return numbersOf(estimates, matched, searchlight, asked, where);
}

/** Patches of estimates, and where in a result they lie. */
export interface LaidEstimates {
  readonly searchlight: SourceSearchlight;
  readonly where: Where;
}

/** Regions as patches, and where they lie. Throws `InvalidArgument` for one without sources. */
export function layRegions(
  estimates: SourceEstimates,
  rois: readonly SourceLabel[],
  options: SourceSearchlightOptions,
): LaidEstimates {
  if (rois.length === 0) throw new InvalidArgument("rois", "none", "give one label or more");
  const rows = rois.map((roi) => rowsInLabel(estimates, roi));
  const searchlight = givenSearchlight(estimates, rows, options);
  const where = {
    ...whenOf(estimates, searchlight),
    places: rois.map(({ name }, at) => name ?? `region ${at + 1}`),
    rows,
    vertices: estimates.vertices,
  };
  return { searchlight, where };
}

/** Models and estimates with their items in one order. */
export interface Matched {
  readonly models: readonly Rdm[];
  readonly alignment: Alignment;
}

/**
 * Join models and estimates by label, or by order where nothing has one.
 *
 * @param models - undefined: estimates are matched with their items alone.
 */
export function matchEstimates(
  estimates: SourceEstimates,
  models: readonly Rdm[] | undefined,
  options: ScoreEstimatesOptions,
): Matched {
  if (models === undefined) {
    const list = typeof options.items === "object" ? options.items : undefined;
    const unknown = list === undefined ? "error" : "drop";
    return { models: [], alignment: alignEstimates(estimates, options, list, unknown) };
  }
  const by = options.labels === undefined ? "order" : "label";
  const observed = {
    by,
    items: itemsOfEstimates(estimates, options),
    called: "estimates",
  } as const;
  const { models: aligned, items, unknown } = matchModels(models, observed, options);
  return { models: aligned, alignment: alignEstimates(estimates, options, items, unknown) };
}

/** The part of a result that says where and when its scores are. */
type Where = Pick<
  SourceScoresParts,
  "places" | "rows" | "vertices" | "kind" | "subject" | "times" | "tstepS"
>;

/** Where patches around sources, or of all at once, lie. */
export function whereOf(estimates: SourceEstimates, searchlight: SourceSearchlight): Where {
  const { centres } = searchlight;
  const names = estimates.sourceNames;
  return {
    ...whenOf(estimates, searchlight),
    places: centres === undefined ? ["rsa"] : Array.from(centres, (row) => names[row]),
    ...mapOfCentres(estimates, centres),
  };
}

function whenOf(
  { kind, subject }: SourceEstimates,
  { times, tstepS }: SourceSearchlight,
): Pick<Where, "kind" | "subject" | "times" | "tstepS"> {
  return { kind, subject, times, tstepS };
}

/** A map has the sources that were centres, each with its own score. */
function mapOfCentres(
  { vertices }: SourceEstimates,
  centres: Int32Array | undefined,
): Pick<Where, "rows" | "vertices"> {
  if (centres === undefined) return { rows: [], vertices };
  const kept = new Set(centres);
  let row = 0;
  const chosen = vertices.map((list) => list.filter(() => kept.has(row++)));
  return { rows: Array.from(centres, (_, at) => Int32Array.of(at)), vertices: chosen };
}

async function numbersOf(
  estimates: SourceEstimates,
  { models, alignment }: Matched,
  searchlight: SourceSearchlight,
  options: ScoreEstimatesOptions,
  where: Where,
): Promise<EstimateNumbers> {
  const patterns = await sourcePatterns(estimates, alignment, searchlight, options);
  const condensed = models.map((model) => model.condensed);
  const scores = await scorePatches(patterns, condensed, options);
  const nPatches = patterns.patches.length;
  return {
    ...where,
    scores,
    models,
    nItems: alignment.items.length,
    notes: undefinedNotes(scores, nPatches),
  };
}

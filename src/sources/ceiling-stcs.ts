import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { ceilingWords } from "../rsa/weights/ceiling-comparison.ts";
import { boundNames, ceilingsInPlaces } from "../rsa/weights/ceilings-in-places.ts";
import { weightScores, type WeightScore } from "../rsa/weights/weight-scores.ts";
import { undefinedNotes } from "../searchlight/undefined-scores.ts";
import {
  matchPeopleEstimates,
  peopleNames,
  type LayEstimates,
  type PeopleEstimates,
  type PeopleEstimatesOptions,
} from "./people-estimates.ts";
import { rsaStcsNames, someLabels } from "./rsa-stcs.ts";
import { layRegions } from "./score-estimates.ts";
import type { SourceLabel } from "./source-label.ts";
import { SourceScores } from "./source-scores.ts";

/** What {@link ceilingStcs} takes. */
export interface CeilingStcsOptions extends Omit<PeopleEstimatesOptions, "modelItems"> {
  /** How RDMs are compared: as the models are. Default `spearman`. */
  readonly rsaMetric?: WeightScore;
}

const ceilingStcsNames: OptionNames<CeilingStcsOptions> = {
  ...without(["rsaMetric", "ignoreNan", "engine", "modelItems"], rsaStcsNames),
  ...peopleNames,
  rsaMetric: oneOf(weightScores),
};

/** What {@link ceilingStcsRois} takes. */
export type CeilingStcsRoisOptions = Omit<
  CeilingStcsOptions,
  "spatialRadiusM" | "sourceSpaces" | "sources"
>;

const ceilingStcsRoisNames: OptionNames<CeilingStcsRoisOptions> = without(
  ["spatialRadiusM", "sourceSpaces", "sources"],
  ceilingStcsNames,
);

/**
 * The noise ceiling around every source and time: how well the RDMs of the other people (`lower`), and of all (`upper`),
 * predict that of each person (all on one brain: `morphTo`); scores of each, for `percentOfCeilingInPlaces`. See
 * `ceilingEpochs`.
 *
 * @throws InvalidArgument for one person alone, and for people on different brains or whose items differ; ItemMismatch and
 *   ShapeMismatch for other sources and times; Cancelled.
 * @example
 * import { ceilingStcs, random, SourceEstimates } from "tsrsa";
 * const rng = random(1);
 * const one = () =>
 *   new SourceEstimates({
 *     data: { data: Float64Array.from({ length: 4 * 3 }, () => rng.normal()), shape: [4, 3, 1] },
 *     vertices: [Int32Array.of(7, 9), Int32Array.of(3)],
 *     kind: "surface",
 *     tminS: 0,
 *     tstepS: 0.01,
 *   });
 * const how = { labels: ["a", "b", "c", "d"], metric: "euclidean", onProgress: false } as const;
 * const ceiling = await ceilingStcs({ anna: one(), ben: one(), carl: one() }, how);
 * ceiling.anna.modelNames; // [ "lower", "upper" ]
 */
export async function ceilingStcs(
  people: PeopleEstimates,
  options: CeilingStcsOptions = {},
): Promise<Readonly<Record<string, SourceScores>>> {
  checkOptions(options, ceilingStcsNames);
  return ceilings(people, options);
}

/**
 * The same in regions of the brain: all sources of a label are one patch, as in {@link rsaStcsRois}.
 *
 * @throws as {@link rsaStcsRois} and {@link ceilingStcs}.
 * @example
 * import { ceilingStcsRois, random, SourceEstimates } from "tsrsa";
 * const rng = random(1);
 * const one = () =>
 *   new SourceEstimates({
 *     data: { data: Float64Array.from({ length: 4 * 3 }, () => rng.normal()), shape: [4, 3, 1] },
 *     vertices: [Int32Array.of(7, 9), Int32Array.of(3)],
 *     kind: "surface",
 *     tminS: 0,
 *     tstepS: 0.01,
 *   });
 * const how = { labels: ["a", "b", "c", "d"], metric: "euclidean", onProgress: false } as const;
 * const rois = [{ name: "V1", hemisphere: "left", vertices: [7, 9] }] as const;
 * const ceiling = await ceilingStcsRois({ anna: one(), ben: one(), carl: one() }, rois, how);
 * ceiling.anna.places; // [ "V1" ]
 */
export async function ceilingStcsRois(
  people: PeopleEstimates,
  rois: readonly SourceLabel[],
  options: CeilingStcsRoisOptions = {},
): Promise<Readonly<Record<string, SourceScores>>> {
  someLabels(rois, "rois");
  checkOptions(options, ceilingStcsRoisNames);
  return ceilings(people, options, (one, own) => layRegions(one, rois, own));
}

async function ceilings(
  people: PeopleEstimates,
  { rsaMetric = "spearman", ...how }: CeilingStcsOptions,
  lay?: LayEstimates,
): Promise<Readonly<Record<string, SourceScores>>> {
  const matched = await matchPeopleEstimates(people, undefined, how, lay);
  const bounds = await ceilingsInPlaces(matched.people, rsaMetric, (use) =>
    matched.each(how, "noise ceilings", use),
  );
  const { where } = matched;
  const own = matched.people.map((name, person) => {
    const scores = bounds[person];
    const nPatches = where.places.length * where.times.length;
    const notes = [...where.notes, ...undefinedNotes(scores, nPatches)];
    const numbers = { scores, modelNames: boundNames, rsaMetric: ceilingWords(rsaMetric), notes };
    return [name, new SourceScores({ ...where, ...numbers })] as const;
  });
  return Object.fromEntries(own);
}

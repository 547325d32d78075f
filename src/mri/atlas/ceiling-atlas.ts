import { oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../../core/gate/options.ts";
import { ceilingWords } from "../../rsa/weights/ceiling-comparison.ts";
import { boundNames, ceilingsInPlaces } from "../../rsa/weights/ceilings-in-places.ts";
import { weightScores, type WeightScore } from "../../rsa/weights/weight-scores.ts";
import { peopleVolumesNames, type PeopleVolumes } from "../people-volumes.ts";
import { rsaAtlasNames } from "./atlas-options.ts";
import { AtlasScores } from "./atlas-scores.ts";
import type { Atlas } from "./atlas.ts";
import { withPeopleInAtlas, type PeopleAtlasOptions } from "./people-atlas.ts";
import { withScoresOfLarge } from "./region-scores.ts";

/** What {@link ceilingAtlas} takes. */
export interface CeilingAtlasOptions extends Omit<PeopleAtlasOptions, "modelItems" | "ignoreNan"> {
  /** How RDMs are compared: as the models are. Default `spearman`. */
  readonly rsaMetric?: WeightScore;
}

const ceilingAtlasNames: OptionNames<CeilingAtlasOptions> = {
  ...without(["rsaMetric", "noise", "modelItems", "ignoreNan"], rsaAtlasNames),
  perPerson: peopleVolumesNames.perPerson,
  rsaMetric: oneOf(weightScores),
};

/**
 * The noise ceiling in every region of an atlas: how well the RDMs of the other people (`lower`), and of all (`upper`),
 * predict that of each person (`{ people: { anna: image, … } }`, all in the space of the atlas); scores of each, for
 * `percentOfCeilingInPlaces`. A region that is too small in anybody has none. See `ceilingEpochs`.
 *
 * @throws InvalidArgument for one person alone, and for people whose items differ; ShapeMismatch for an atlas on another
 *   grid; Cancelled.
 * @example
 * import { ceilingAtlas, random, readAtlas } from "tsrsa";
 * const rng = random(1);
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const one = () => ({ data: Float64Array.from({ length: 16 }, () => rng.normal()), shape: [2, 2, 1, 4], affine });
 * const atlas = await readAtlas({ data: Int16Array.of(1, 1, 2, 2), shape: [2, 2, 1], affine });
 * const how = { labels: ["a", "b", "c", "d"], metric: "euclidean", leastVoxels: 2, onProgress: false } as const;
 * const ceiling = await ceilingAtlas({ people: { anna: one(), ben: one(), carl: one() } }, atlas, how);
 * ceiling.anna.modelNames; // [ "lower", "upper" ]
 */
export async function ceilingAtlas(
  images: PeopleVolumes,
  atlas: Atlas,
  options: CeilingAtlasOptions = {},
): Promise<Readonly<Record<string, AtlasScores>>> {
  checkOptions(options, ceilingAtlasNames);
  const { rsaMetric = "spearman", ...how } = options;
  return withPeopleInAtlas(images, atlas, undefined, how, async (matched) => {
    const bounds = await ceilingsInPlaces(matched.people, rsaMetric, matched.each);
    const own = matched.where().map(({ regions, ...where }, person) => {
      const scores = new AtlasScores({
        ...where,
        regions: withScoresOfLarge(regions, bounds[person], boundNames.length),
        modelNames: boundNames,
        rsaMetric: ceilingWords(rsaMetric),
        notes: matched.notes,
      });
      return [matched.people[person], scores] as const;
    });
    return Object.fromEntries(own);
  });
}

import { checkOptions, without, type OptionNames } from "../../core/gate/options.ts";
import type { RdmInput } from "../../rdm/rdm-list.ts";
import { askForShares } from "../../rsa/shares/ask-for-shares.ts";
import { PlaceShares, type PlaceSharesParts } from "../../rsa/shares/place-shares.ts";
import { shareNames, type ShareOptions } from "../../rsa/shares/shares-rdms.ts";
import type { FunctionalData } from "../functional-data.ts";
import { rsaAtlasNames, type RsaAtlasOptions } from "./atlas-options.ts";
import { AtlasScores } from "./atlas-scores.ts";
import { scoresTogether, withScores } from "./region-scores.ts";
import type { Atlas } from "./atlas.ts";
import { scoreAtlas, type AtlasNumbers } from "./score-atlas.ts";

/** What {@link sharesAtlas} takes. */
export interface SharesAtlasOptions extends Omit<RsaAtlasOptions, "rsaMetric">, ShareOptions {}

const sharesAtlasNames: OptionNames<SharesAtlasOptions> = {
  ...without(["rsaMetric"], rsaAtlasNames),
  ...shareNames,
};

/** What shares of regions are made of. */
export interface AtlasSharesParts extends PlaceSharesParts {
  readonly where: Omit<AtlasNumbers, "models">;
}

/** What each model, and each set of models, explains in regions. Immutable; {@link sharesAtlas} makes it. */
export class AtlasShares extends PlaceShares<AtlasScores> {
  constructor({ where, ...parts }: AtlasSharesParts) {
    const { notes } = parts;
    super(parts, ({ scores, ...found }) => {
      const regions = withScores(where.regions, scores);
      return new AtlasScores({ ...where, ...found, regions, notes });
    });
    Object.freeze(this);
  }
}

/**
 * What each of two to four models explains alone of the RDM of every region of an atlas, and what sets of them explain
 * together: see `sharesRdms` for the numbers, {@link rsaAtlas} for where and how data RDMs are made.
 *
 * Shares are fitted and measured on the same pairs. Test people's `of("semipartial")`, which has a sign, not R²:
 * {@link groupAtlas} puts people together.
 *
 * @throws as {@link rsaAtlas}; InvalidArgument for other than two to four models, or a constant one.
 * @example
 * import { Rdm, readAtlas, sharesAtlas } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.of(1, 2, 4, 2, 5, 1, 5, 1, 3, 0, 2, 2), shape: [3, 1, 1, 4], affine };
 * const atlas = await readAtlas({ data: Int16Array.of(1, 1, 1), shape: [3, 1, 1], affine });
 * const items = ["a", "b", "c", "d"];
 * const models = [new Rdm([1, 2, 3, 4, 5, 6], { items, name: "x" }), new Rdm([1, 0, 1, 0, 1, 1], { items, name: "y" })];
 * const shares = await sharesAtlas(image, atlas, models, { labels: items, leastVoxels: 2, metric: "euclidean" });
 * shares.of("unique").modelNames; // [ "x", "y" ]
 */
export async function sharesAtlas(
  image: FunctionalData,
  atlas: Atlas,
  models: RdmInput,
  options: SharesAtlasOptions = {},
): Promise<AtlasShares> {
  checkOptions(options, sharesAtlasNames);
  const { ranks, ignoreNan = false, ...how } = options;
  const asked = askForShares({ ranks, ignoreNan });
  const all = { ...how, ignoreNan };
  const where = await scoreAtlas(image, atlas, models, all, asked.question);
  return new AtlasShares({ ...asked.about(), numbers: scoresTogether(where.regions), where });
}

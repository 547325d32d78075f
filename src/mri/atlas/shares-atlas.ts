import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../../core/gate/options.ts";
import type { RdmInput } from "../../rdm/rdm-list.ts";
import { askForShares } from "../../rsa/shares/ask-for-shares.ts";
import { describeShares } from "../../rsa/shares/rdm-shares.ts";
import {
  shareQuantities,
  shareQuantity,
  type ShareQuantity,
} from "../../rsa/shares/share-quantity.ts";
import { shareNames, type ShareOptions } from "../../rsa/shares/shares-rdms.ts";
import type { FunctionalData } from "../functional-data.ts";
import { rsaAtlasNames, type RsaAtlasOptions } from "./atlas-options.ts";
import { AtlasScores } from "./atlas-scores.ts";
import type { Atlas } from "./atlas.ts";
import { scoreAtlas, type AtlasNumbers } from "./score-atlas.ts";

/** What {@link sharesAtlas} takes. */
export interface SharesAtlasOptions extends Omit<RsaAtlasOptions, "rsaMetric">, ShareOptions {}

const sharesAtlasNames: OptionNames<SharesAtlasOptions> = {
  ...without(["rsaMetric"], rsaAtlasNames),
  ...shareNames,
};

/** What shares of regions are made of. */
export interface AtlasSharesParts {
  readonly found: Omit<AtlasNumbers, "models">;
  readonly modelNames: readonly string[];
  readonly ranks: boolean;
  readonly notes: readonly string[];
}

/** What each model, and each set of models, explains in regions. Immutable; {@link sharesAtlas} makes it. */
export class AtlasShares implements Displayable {
  readonly modelNames: readonly string[];
  /** Whether data and models were ranked. */
  readonly ranks: boolean;
  /** What to know about these shares, for example that models are alike. */
  readonly notes: readonly string[];
  readonly #found: AtlasSharesParts["found"];

  constructor({ found, modelNames, ranks, notes }: AtlasSharesParts) {
    this.modelNames = modelNames;
    this.ranks = ranks;
    this.notes = notes;
    this.#found = found;
    Object.freeze(this);
  }

  /** One quantity of every region, by default the shares, which sum to R² of all models. Throws `UnknownOption`. */
  of(quantity: ShareQuantity = "share"): AtlasScores {
    oneOf(shareQuantities, "quantity of shares")(quantity, "quantity");
    const all = this.#found.regions.map((region) => {
      const { names, values } = shareQuantity(region.scores, this.modelNames, quantity);
      return { names, region: { ...region, scores: values } };
    });
    return new AtlasScores({
      ...this.#found,
      regions: all.map(({ region }) => region),
      modelNames: all[0].names,
      rsaMetric: describeShares(quantity, this.ranks),
    });
  }

  [jupyterDisplay](): MimeBundle | Promise<MimeBundle> {
    return this.of()[jupyterDisplay]();
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
  const { ranks = false, ignoreNan = false, ...how } = options;
  const asked = askForShares(ranks, ignoreNan);
  const { models: matched, ...found } = await scoreAtlas(
    image,
    atlas,
    models,
    { ...how, ignoreNan },
    asked.question,
  );
  return new AtlasShares({
    found,
    modelNames: matched.map((model, at) => model.name ?? `model ${at + 1}`),
    ranks,
    notes: asked.notes(),
  });
}

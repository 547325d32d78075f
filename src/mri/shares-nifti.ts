import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { askForShares } from "../rsa/shares/ask-for-shares.ts";
import { describeShares } from "../rsa/shares/rdm-shares.ts";
import {
  shareQuantities,
  shareQuantity,
  type ShareQuantity,
} from "../rsa/shares/share-quantity.ts";
import { shareNames, type ShareOptions } from "../rsa/shares/shares-rdms.ts";
import type { FunctionalData } from "./functional-data.ts";
import { RsaMaps } from "./rsa-maps.ts";
import { rsaNiftiNames, type RsaNiftiOptions } from "./rsa-nifti.ts";
import { scoreVolumes, type VolumeNumbers } from "./score-volumes.ts";

/** What {@link sharesNifti} takes. */
export interface SharesNiftiOptions extends Omit<RsaNiftiOptions, "rsaMetric">, ShareOptions {}

const sharesNiftiNames: OptionNames<SharesNiftiOptions> = {
  ...without(["rsaMetric"], rsaNiftiNames),
  ...shareNames,
};

/** What shares of voxels are made of. */
export interface VoxelSharesParts {
  readonly found: VolumeNumbers;
  readonly modelNames: readonly string[];
  readonly ranks: boolean;
  readonly notes: readonly string[];
}

/** What each model, and each set of models, explains in space. Immutable; {@link sharesNifti} makes it. */
export class VoxelShares implements Displayable {
  readonly modelNames: readonly string[];
  /** Whether data and models were ranked. */
  readonly ranks: boolean;
  /** What to know about these shares, for example that models are alike. */
  readonly notes: readonly string[];
  readonly #found: VolumeNumbers;

  constructor({ found, modelNames, ranks, notes }: VoxelSharesParts) {
    this.#found = found;
    this.modelNames = modelNames;
    this.ranks = ranks;
    this.notes = notes;
    Object.freeze(this);
  }

  /** One quantity as maps, by default the shares, which sum to R² of all models. Throws `UnknownOption`. */
  of(quantity: ShareQuantity = "share"): RsaMaps {
    oneOf(shareQuantities, "quantity of shares")(quantity, "quantity");
    const { names, values } = shareQuantity(this.#found.scores, this.modelNames, quantity);
    const record = { ...this.#found.record, rsaMetric: describeShares(quantity, this.ranks) };
    return new RsaMaps({ ...this.#found, scores: values, modelNames: names, record });
  }

  [jupyterDisplay](): MimeBundle {
    const shown = this.of()[jupyterDisplay]();
    return { ...shown, "text/plain": [String(shown["text/plain"]), ...this.notes].join("\n") };
  }
}

/**
 * What each of two to four models explains alone of the RDM of every sphere (or patch given), and what sets of them
 * explain together: see `sharesRdms` for the numbers, {@link rsaNifti} for where and how data RDMs are made. Costs little
 * more than the plain scores of as many models.
 *
 * Shares are fitted and measured on the same pairs. Test people's `of("semipartial")`, which has a sign, not R².
 *
 * @throws as {@link rsaNifti}; InvalidArgument for other than two to four models, or a constant one.
 * @example
 * import { Rdm, sharesNifti } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.of(1, 2, 3, 4, 2, 9, 1, 7), shape: [2, 1, 1, 4], affine };
 * const items = ["a", "b", "c", "d"];
 * const models = [new Rdm([1, 2, 3, 4, 5, 6], { items, name: "x" }), new Rdm([1, 0, 1, 0, 1, 1], { items, name: "y" })];
 * const how = { labels: items, metric: "euclidean", onProgress: false } as const;
 * const shares = await sharesNifti(image, models, how);
 * shares.of("unique").modelNames; // [ "x", "y" ]
 */
export async function sharesNifti(
  image: FunctionalData,
  models: RdmInput,
  options: SharesNiftiOptions = {},
): Promise<VoxelShares> {
  checkOptions(options, sharesNiftiNames);
  const { ranks = false, ignoreNan = false, ...how } = options;
  const ask = askForShares(ranks, ignoreNan);
  const found = await scoreVolumes(image, models, { ...how, ignoreNan }, ask.question);
  const modelNames = found.models.map((model, at) => model.name ?? `model ${at + 1}`);
  return new VoxelShares({ found, modelNames, ranks, notes: ask.notes() });
}

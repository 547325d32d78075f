import { jupyterDisplay, type MimeBundle } from "../core/display.ts";
import { noted } from "../core/noted.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { askForShares } from "../rsa/shares/ask-for-shares.ts";
import { PlaceShares, type PlaceSharesParts } from "../rsa/shares/place-shares.ts";
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
export interface VoxelSharesParts extends PlaceSharesParts {
  readonly where: Pick<VolumeNumbers, "header" | "centres" | "patchSizes" | "pooled" | "record">;
}

/** What each model, and each set of models, explains in space. Immutable; {@link sharesNifti} makes it. */
export class VoxelShares extends PlaceShares<RsaMaps> {
  constructor({ where, ...parts }: VoxelSharesParts) {
    super(parts, ({ rsaMetric, ...found }) => {
      const record = { ...where.record, rsaMetric };
      return new RsaMaps({ ...where, ...found, record });
    });
    Object.freeze(this);
  }

  override [jupyterDisplay](): MimeBundle {
    return noted(super[jupyterDisplay](), this.notes);
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
  const { ranks, ignoreNan = false, ...how } = options;
  const asked = askForShares({ ranks, ignoreNan });
  const where = await scoreVolumes(image, models, { ...how, ignoreNan }, asked.question);
  return new VoxelShares({ ...asked.about(), numbers: where.scores, where });
}

import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { askForShares } from "../rsa/shares/ask-for-shares.ts";
import { PlaceShares, type PlaceSharesParts } from "../rsa/shares/place-shares.ts";
import { shareNames, type ShareOptions } from "../rsa/shares/shares-rdms.ts";
import { rsaSurfaceNames, type RsaSurfaceOptions } from "./rsa-surface.ts";
import { scoreSurface, type SurfaceNumbers } from "./score-surface.ts";
import type { SurfaceSource } from "./surface-data.ts";
import { SurfaceMaps } from "./surface-maps.ts";

/** What {@link sharesSurface} takes. */
export interface SharesSurfaceOptions extends Omit<RsaSurfaceOptions, "rsaMetric">, ShareOptions {}

const sharesSurfaceNames: OptionNames<SharesSurfaceOptions> = {
  ...without(["rsaMetric"], rsaSurfaceNames),
  ...shareNames,
};

/** What shares on the cortex are made of. */
export interface SurfaceSharesParts extends PlaceSharesParts {
  readonly where: Omit<SurfaceNumbers, "models" | "scores" | "notes">;
}

/** What each model, and each set of models, explains on the cortex. Immutable; {@link sharesSurface} makes it. */
export class SurfaceShares extends PlaceShares<SurfaceMaps> {
  readonly places: readonly string[];

  constructor({ where, ...parts }: SurfaceSharesParts) {
    const { notes } = parts;
    super(parts, (quantity) => new SurfaceMaps({ ...where, ...quantity, notes }));
    this.places = where.places;
    Object.freeze(this);
  }
}

/**
 * What each of two to four models explains alone of the RDM of every patch of the cortex (or parcel), and what sets of
 * them explain together: see `sharesRdms` for the numbers, {@link rsaSurface} for where and how data RDMs are made.
 *
 * Shares are fitted and measured on the same pairs. Test people's `of("semipartial")`, which has a sign, not R².
 *
 * @throws as {@link rsaSurface}; InvalidArgument for other than two to four models, or a constant one.
 * @example
 * import { Rdm, sharesSurface } from "tsrsa";
 * const points = { data: Float64Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0), shape: [4, 3] };
 * const triangles = { data: Int32Array.of(0, 1, 2, 0, 2, 3), shape: [2, 3] };
 * const data = Float64Array.of(1, 2, 4, 0, 2, 5, 1, 3, 5, 1, 3, 2, 3, 3, 2, 1);
 * const items = ["a", "b", "c", "d"];
 * const models = [new Rdm([1, 2, 3, 4, 5, 6], { items, name: "x" }), new Rdm([1, 0, 1, 0, 1, 1], { items, name: "y" })];
 * const shares = await sharesSurface({ left: { values: { data, shape: [4, 4] } } }, models, {
 *   labels: items,
 *   surfaces: { left: { points, triangles } },
 *   radiusMm: 1.2,
 * });
 * shares.of("unique").map("x").left?.length; // 4
 */
export async function sharesSurface(
  data: SurfaceSource,
  models: RdmInput,
  options: SharesSurfaceOptions = {},
): Promise<SurfaceShares> {
  checkOptions(options, sharesSurfaceNames);
  const { ranks, ignoreNan = false, ...how } = options;
  const asked = askForShares({ ranks, ignoreNan });
  const all = { ...how, ignoreNan };
  const where = await scoreSurface(data, models, all, asked.question);
  const about = asked.about();
  const notes = [...where.notes, ...about.notes];
  return new SurfaceShares({ ...about, numbers: where.scores, notes, where });
}

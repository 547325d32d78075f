import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { askForShares, type AboutShares } from "../rsa/shares/ask-for-shares.ts";
import { PlaceShares, type PlaceSharesParts } from "../rsa/shares/place-shares.ts";
import { shareNames, type ShareOptions } from "../rsa/shares/shares-rdms.ts";
import {
  rsaStcsNames,
  rsaStcsRoisNames,
  someLabels,
  type RsaStcsOptions,
  type RsaStcsRoisOptions,
} from "./rsa-stcs.ts";
import { scoreAround, scoreRegions, type EstimateNumbers } from "./score-estimates.ts";
import { someEstimates, type SourceEstimates } from "./source-estimates.ts";
import type { SourceLabel } from "./source-label.ts";
import { SourceScores } from "./source-scores.ts";

/** What {@link sharesStcs} takes. */
export interface SharesStcsOptions extends Omit<RsaStcsOptions, "rsaMetric">, ShareOptions {}

/** What {@link sharesStcsRois} takes. */
export interface SharesStcsRoisOptions
  extends Omit<RsaStcsRoisOptions, "rsaMetric">, ShareOptions {}

const sharesStcsNames: OptionNames<SharesStcsOptions> = {
  ...without(["rsaMetric"], rsaStcsNames),
  ...shareNames,
};

const sharesStcsRoisNames: OptionNames<SharesStcsRoisOptions> = {
  ...without(["rsaMetric"], rsaStcsRoisNames),
  ...shareNames,
};

/** What shares of sources are made of. */
export interface SourceSharesParts extends PlaceSharesParts {
  readonly where: Omit<EstimateNumbers, "models" | "scores" | "notes">;
}

/** What each model, and each set of models, explains over sources and time. Immutable; {@link sharesStcs} makes it. */
export class SourceShares extends PlaceShares<SourceScores> {
  readonly places: readonly string[];
  readonly times: Float64Array;
  readonly nItems: number;

  constructor({ where, ...parts }: SourceSharesParts) {
    const { notes } = parts;
    super(parts, (quantity) => new SourceScores({ ...where, ...quantity, notes }));
    this.places = where.places;
    this.times = where.times;
    this.nItems = where.nItems;
    Object.freeze(this);
  }
}

/**
 * What each of two to four models explains alone of the RDM around every source and time, and what sets of them explain
 * together: see `sharesRdms` for the numbers, {@link rsaStcs} for where and how data RDMs are made.
 *
 * Shares are fitted and measured on the same pairs. Test people's `of("semipartial").toEstimates(model)`, which has a
 * sign, not R².
 *
 * @throws as {@link rsaStcs}; InvalidArgument for other than two to four models, or a constant one.
 * @example
 * import { Rdm, sharesStcs, SourceEstimates } from "tsrsa";
 * const estimates = new SourceEstimates({
 *   data: { data: Float64Array.of(1, 2, 4, 2, 5, 1, 5, 1, 3, 0, 2, 2), shape: [4, 3, 1] },
 *   vertices: [Int32Array.of(7, 9), Int32Array.of(3)],
 *   kind: "surface",
 *   tminS: 0,
 *   tstepS: 0.01,
 * });
 * const items = ["a", "b", "c", "d"];
 * const models = [new Rdm([1, 2, 3, 4, 5, 6], { items, name: "x" }), new Rdm([1, 0, 1, 0, 1, 1], { items, name: "y" })];
 * const shares = await sharesStcs(estimates, models, { labels: items });
 * shares.of().modelNames; // [ "x", "y", "x + y" ]
 */
export async function sharesStcs(
  estimates: SourceEstimates,
  models: RdmInput,
  options: SharesStcsOptions = {},
): Promise<SourceShares> {
  someEstimates(estimates, "estimates");
  checkOptions(options, sharesStcsNames);
  const { ranks, ignoreNan = false, ...how } = options;
  const asked = askForShares({ ranks, ignoreNan });
  const found = await scoreAround(estimates, models, { ...how, ignoreNan }, asked.question);
  return sharesOf(found, asked.about());
}

/**
 * The same in regions of the brain: all sources of a label are one patch, as in {@link rsaStcsRois}.
 *
 * @throws as {@link rsaStcsRois}; InvalidArgument for other than two to four models, or a constant one.
 * @example
 * import { Rdm, sharesStcsRois, SourceEstimates } from "tsrsa";
 * const estimates = new SourceEstimates({
 *   data: { data: Float64Array.of(1, 2, 4, 2, 5, 1, 5, 1, 3, 0, 2, 2), shape: [4, 3, 1] },
 *   vertices: [Int32Array.of(7, 9), Int32Array.of(3)],
 *   kind: "surface",
 *   tminS: 0,
 *   tstepS: 0.01,
 * });
 * const items = ["a", "b", "c", "d"];
 * const models = [new Rdm([1, 2, 3, 4, 5, 6], { items, name: "x" }), new Rdm([1, 0, 1, 0, 1, 1], { items, name: "y" })];
 * const rois = [{ name: "V1", hemisphere: "left", vertices: [7, 9] }] as const;
 * const shares = await sharesStcsRois(estimates, models, rois, { labels: items, metric: "euclidean" });
 * shares.of("unique").places; // [ "V1" ]
 */
export async function sharesStcsRois(
  estimates: SourceEstimates,
  models: RdmInput,
  rois: readonly SourceLabel[],
  options: SharesStcsRoisOptions = {},
): Promise<SourceShares> {
  someEstimates(estimates, "estimates");
  someLabels(rois, "rois");
  checkOptions(options, sharesStcsRoisNames);
  const { ranks, ignoreNan = false, ...how } = options;
  const asked = askForShares({ ranks, ignoreNan });
  const found = await scoreRegions(estimates, models, rois, { ...how, ignoreNan }, asked.question);
  return sharesOf(found, asked.about());
}

function sharesOf(where: EstimateNumbers, about: AboutShares): SourceShares {
  const notes = [...where.notes, ...about.notes];
  return new SourceShares({ ...about, numbers: where.scores, notes, where });
}

import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { askForShares, type AskedShares } from "../rsa/shares/ask-for-shares.ts";
import { describeShares } from "../rsa/shares/rdm-shares.ts";
import {
  shareQuantities,
  shareQuantity,
  type ShareQuantity,
} from "../rsa/shares/share-quantity.ts";
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
export interface SourceSharesParts {
  readonly found: Omit<EstimateNumbers, "models">;
  readonly modelNames: readonly string[];
  readonly ranks: boolean;
}

/** What each model, and each set of models, explains over sources and time. Immutable; {@link sharesStcs} makes it. */
export class SourceShares implements Displayable {
  readonly modelNames: readonly string[];
  readonly places: readonly string[];
  readonly times: Float64Array;
  readonly nItems: number;
  /** Whether data and models were ranked. */
  readonly ranks: boolean;
  /** What to know about these shares, for example that models are alike. */
  readonly notes: readonly string[];
  readonly #found: SourceSharesParts["found"];

  constructor({ found, modelNames, ranks }: SourceSharesParts) {
    this.modelNames = modelNames;
    this.places = found.places;
    this.times = found.times;
    this.nItems = found.nItems;
    this.ranks = ranks;
    this.notes = found.notes;
    this.#found = found;
    Object.freeze(this);
  }

  /** One quantity as scores, by default the shares, which sum to R² of all models. Throws `UnknownOption`. */
  of(quantity: ShareQuantity = "share"): SourceScores {
    oneOf(shareQuantities, "quantity of shares")(quantity, "quantity");
    const { names, values } = shareQuantity(this.#found.scores, this.modelNames, quantity);
    const rsaMetric = describeShares(quantity, this.ranks);
    return new SourceScores({ ...this.#found, scores: values, modelNames: names, rsaMetric });
  }

  [jupyterDisplay](): MimeBundle {
    return this.of()[jupyterDisplay]();
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
  const { ranks = false, ignoreNan = false, ...how } = options;
  const asked = askForShares(ranks, ignoreNan);
  const found = await scoreAround(estimates, models, { ...how, ignoreNan }, asked.question);
  return sharesOf(found, asked, ranks);
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
  const { ranks = false, ignoreNan = false, ...how } = options;
  const asked = askForShares(ranks, ignoreNan);
  const found = await scoreRegions(estimates, models, rois, { ...how, ignoreNan }, asked.question);
  return sharesOf(found, asked, ranks);
}

function sharesOf(
  { models, ...found }: EstimateNumbers,
  { notes }: AskedShares,
  ranks: boolean,
): SourceShares {
  return new SourceShares({
    found: { ...found, notes: [...found.notes, ...notes()] },
    modelNames: models.map((model, at) => model.name ?? `model ${at + 1}`),
    ranks,
  });
}

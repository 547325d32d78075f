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
import { anEpochs, type Epochs } from "./epochs.ts";
import { rsaEpochsNames, type RsaEpochsOptions } from "./rsa-epochs.ts";
import { scoreEpochs, type EpochNumbers } from "./score-epochs.ts";
import { SensorScores } from "./sensor-scores.ts";

/** What {@link sharesEpochs} takes. */
export interface SharesEpochsOptions extends Omit<RsaEpochsOptions, "rsaMetric">, ShareOptions {}

const sharesEpochsNames: OptionNames<SharesEpochsOptions> = {
  ...without(["rsaMetric"], rsaEpochsNames),
  ...shareNames,
};

/** What shares of sensors are made of. */
export interface SensorSharesParts extends Omit<EpochNumbers, "models"> {
  readonly modelNames: readonly string[];
  readonly ranks: boolean;
}

/** What each model, and each set of models, explains over time and sensors. Immutable; {@link sharesEpochs} makes it. */
export class SensorShares implements Displayable {
  readonly modelNames: readonly string[];
  readonly channels: readonly string[];
  readonly times: Float64Array;
  readonly nItems: number;
  /** Whether data and models were ranked. */
  readonly ranks: boolean;
  /** What to know about these shares, for example that models are alike. */
  readonly notes: readonly string[];
  readonly #numbers: Float64Array;

  constructor(parts: SensorSharesParts) {
    this.modelNames = parts.modelNames;
    this.channels = parts.channels;
    this.times = parts.times;
    this.nItems = parts.nItems;
    this.ranks = parts.ranks;
    this.notes = parts.notes;
    this.#numbers = parts.scores;
    Object.freeze(this);
  }

  /** One quantity as scores, by default the shares, which sum to R² of all models. Throws `UnknownOption`. */
  of(quantity: ShareQuantity = "share"): SensorScores {
    oneOf(shareQuantities, "quantity of shares")(quantity, "quantity");
    const { names, values } = shareQuantity(this.#numbers, this.modelNames, quantity);
    return new SensorScores({
      scores: values,
      modelNames: names,
      channels: this.channels,
      times: this.times,
      rsaMetric: describeShares(quantity, this.ranks),
      nItems: this.nItems,
      notes: this.notes,
    });
  }

  [jupyterDisplay](): MimeBundle {
    return this.of()[jupyterDisplay]();
  }
}

/**
 * What each of two to four models explains alone of the RDM of every window and sensor patch, and what sets of them
 * explain together: see `sharesRdms` for the numbers, {@link rsaEpochs} for where and how data RDMs are made. Costs little
 * more than the plain scores of as many models.
 *
 * Shares are fitted and measured on the same pairs. Test people's `of("semipartial")`, which has a sign, not R².
 *
 * @throws as {@link rsaEpochs}; InvalidArgument for other than two to four models, or a constant one.
 * @example
 * import { epochsFromArray, Rdm, sharesEpochs } from "tsrsa";
 * const data = { data: Float64Array.of(1, 2, 3, 2, 4, 9, 1, 7), shape: [4, 1, 2] };
 * const items = ["a", "b", "c", "d"];
 * const models = [new Rdm([1, 2, 3, 4, 5, 6], { items, name: "x" }), new Rdm([1, 0, 1, 0, 1, 1], { items, name: "y" })];
 * const how = { labels: items, metric: "euclidean", onProgress: false } as const;
 * const shares = await sharesEpochs(epochsFromArray(data, { sfreqHz: 100 }), models, how);
 * shares.of().modelNames; // [ "x", "y", "x + y" ]
 */
export async function sharesEpochs(
  epochs: Epochs,
  models: RdmInput,
  options: SharesEpochsOptions = {},
): Promise<SensorShares> {
  anEpochs(epochs, "epochs");
  checkOptions(options, sharesEpochsNames);
  const { ranks = false, ignoreNan = false, ...how } = options;
  const ask = askForShares(ranks, ignoreNan);
  const asked = await scoreEpochs(epochs, models, { ...how, ignoreNan }, ask.question);
  const modelNames = asked.models.map((model, at) => model.name ?? `model ${at + 1}`);
  return new SensorShares({ ...asked, modelNames, ranks, notes: [...asked.notes, ...ask.notes()] });
}

import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { askForShares } from "../rsa/shares/ask-for-shares.ts";
import { PlaceShares, type PlaceSharesParts } from "../rsa/shares/place-shares.ts";
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
export interface SensorSharesParts
  extends PlaceSharesParts, Pick<EpochNumbers, "channels" | "times" | "nItems"> {}

/** What each model, and each set of models, explains over time and sensors. Immutable; {@link sharesEpochs} makes it. */
export class SensorShares extends PlaceShares<SensorScores> {
  readonly channels: readonly string[];
  readonly times: Float64Array;
  readonly nItems: number;

  constructor({ channels, times, nItems, ...parts }: SensorSharesParts) {
    const { notes } = parts;
    super(parts, (quantity) => new SensorScores({ ...quantity, channels, times, nItems, notes }));
    this.channels = channels;
    this.times = times;
    this.nItems = nItems;
    Object.freeze(this);
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
  const { ranks, ignoreNan = false, ...how } = options;
  const asked = askForShares({ ranks, ignoreNan });
  const found = await scoreEpochs(epochs, models, { ...how, ignoreNan }, asked.question);
  const { channels, times, nItems, scores: numbers } = found;
  const about = asked.about();
  const notes = [...found.notes, ...about.notes];
  return new SensorShares({ ...about, numbers, notes, channels, times, nItems });
}

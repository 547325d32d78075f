import { jupyterDisplay, type MimeBundle } from "../core/display.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import {
  PlaceWeights,
  type PlaceQuantity,
  type PlaceWeightsParts,
  placed,
} from "../rsa/weights/place-weights.ts";
import { weighPlaces } from "../rsa/weights/weigh-places.ts";
import { weightNames, type WeightOptions } from "../rsa/weights/weight-options.ts";
import type { WeightQuantity } from "../rsa/weights/weight-quantity.ts";
import { undefinedNotes } from "../searchlight/undefined-scores.ts";
import type { GroupScores } from "./group-scores.ts";
import {
  matchPeople,
  peopleEpochsNames,
  type PeopleEpochs,
  type PeopleEpochsOptions,
} from "./people-epochs.ts";
import { SensorScores } from "./sensor-scores.ts";
import { stackScores } from "./stack-scores.ts";

/** What {@link weightsEpochs} takes. */
export interface WeightsEpochsOptions extends PeopleEpochsOptions, WeightOptions {}

const weightsEpochsNames: OptionNames<WeightsEpochsOptions> = {
  ...peopleEpochsNames,
  ...weightNames,
};

/** What weights of sensors are made of. */
export interface SensorWeightsParts extends PlaceWeightsParts {
  readonly channels: readonly string[];
  readonly times: Float64Array;
  readonly nItems: number;
}

/** Cross-validated weights of models over time and sensors. Immutable; {@link weightsEpochs} makes it. */
export class SensorWeights extends PlaceWeights<SensorScores> {
  readonly channels: readonly string[];
  readonly times: Float64Array;
  readonly nItems: number;

  constructor({ channels, times, nItems, ...parts }: SensorWeightsParts) {
    super(parts);
    this.channels = channels;
    this.times = times;
    this.nItems = nItems;
    Object.freeze(this);
  }

  /** One quantity of all people, ready for tests over them. */
  group(quantity: WeightQuantity = "score"): GroupScores {
    return stackScores(this.ofEach(quantity));
  }

  override [jupyterDisplay](): MimeBundle {
    return this.people.length === 1 ? super[jupyterDisplay]() : this.group()[jupyterDisplay]();
  }

  protected override [placed]({ nPatches, ...found }: PlaceQuantity): SensorScores {
    const { channels, times, nItems } = this;
    const notes = [...undefinedNotes(found.scores, nPatches), ...this.notes];
    return new SensorScores({ ...found, channels, times, nItems, notes });
  }
}

/**
 * Weights of several models that predict the RDM of every window and sensor patch, and how well they do on items that were
 * not fitted: see `weightsRdms` for folds and scores, {@link rsaEpochs} for where and how data RDMs are made. Of several
 * people each is predicted from the mean of the others, which is scored too: the lower bound of the noise ceiling.
 *
 * @throws as {@link rsaEpochs}; InvalidArgument for a constant model, folds of fewer than three items, and people whose
 *   items, sensors or times differ.
 * @example
 * import { epochsFromArray, random, Rdm, weightsEpochs } from "tsrsa";
 * const rng = random(1);
 * const data = { data: Float64Array.from({ length: 6 * 2 * 3 }, () => rng.normal()), shape: [6, 2, 3] };
 * const items = ["a", "b", "c", "d", "e", "f"];
 * const model = (name: string) => new Rdm(Array.from({ length: 15 }, () => rng.next()), { items, name });
 * const how = { labels: items, metric: "sqeuclidean", temporalRadiusS: 0, onProgress: false } as const;
 * const found = await weightsEpochs(epochsFromArray(data, { sfreqHz: 100 }), [model("x"), model("y")], how);
 * found.of("score").modelNames; // [ "weighted models", "x", "y" ]
 */
export async function weightsEpochs(
  people: PeopleEpochs,
  models: RdmInput,
  options: WeightsEpochsOptions = {},
): Promise<SensorWeights> {
  checkOptions(options, weightsEpochsNames);
  const matched = matchPeople(people, models, options);
  const { channels, times } = matched;
  const nItems = matched.items.length;
  const parts = await weighPlaces({ ...matched, nItems }, options, (use) =>
    matched.each(options, "weights", use),
  );
  return new SensorWeights({ ...parts, channels, times, nItems });
}

import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { ceilingWords } from "../rsa/weights/ceiling-comparison.ts";
import { boundNames, ceilingsInPlaces } from "../rsa/weights/ceilings-in-places.ts";
import { weightScores, type WeightScore } from "../rsa/weights/weight-scores.ts";
import { GroupScores } from "./group-scores.ts";
import {
  matchPeople,
  peopleEpochsNames,
  type PeopleEpochs,
  type PeopleEpochsOptions,
} from "./people-epochs.ts";

/** What {@link ceilingEpochs} takes. */
export interface CeilingEpochsOptions extends Omit<PeopleEpochsOptions, "modelItems"> {
  /** How RDMs are compared: as the models are. Default `spearman`. */
  readonly rsaMetric?: WeightScore;
}

const ceilingEpochsNames: OptionNames<CeilingEpochsOptions> = {
  ...without(["modelItems"], peopleEpochsNames),
  rsaMetric: oneOf(weightScores),
};

/**
 * The noise ceiling in every window and sensor patch: how well the RDMs of the other people (`lower`), and of all
 * (`upper`), predict that of each person; as scores of people, beside those of models. RDMs are z-scored (`pearson`), ranked
 * (`spearman`) or brought to length 1 (`cosine`) before they are averaged. The mean over people agrees with
 * `boot_noise_ceiling` of rsatoolbox.
 *
 * @throws InvalidArgument for one person alone, and for people whose items, sensors or times differ; Cancelled.
 * @example
 * import { ceilingEpochs, epochsFromArray, random } from "tsrsa";
 * const rng = random(1);
 * const one = () => epochsFromArray({ data: Float64Array.from({ length: 24 }, () => rng.normal()), shape: [4, 2, 3] }, { sfreqHz: 100 });
 * const how = { labels: ["a", "b", "c", "d"], metric: "euclidean", onProgress: false } as const;
 * const ceiling = await ceilingEpochs({ anna: one(), ben: one(), carl: one() }, how);
 * ceiling.modelNames; // [ "lower", "upper" ]
 */
export async function ceilingEpochs(
  people: PeopleEpochs,
  options: CeilingEpochsOptions = {},
): Promise<GroupScores> {
  checkOptions(options, ceilingEpochsNames);
  const { rsaMetric = "spearman", ...where } = options;
  const matched = matchPeople(people, undefined, where);
  const own = await ceilingsInPlaces(matched.people, rsaMetric, (use) =>
    matched.each(options, "noise ceilings", use),
  );
  const scores = new Float64Array(own.length * own[0].length);
  own.forEach((bounds, person) => scores.set(bounds, person * bounds.length));
  return new GroupScores({
    scores,
    people: matched.people,
    modelNames: boundNames,
    channels: matched.channels,
    times: matched.times,
    rsaMetric: ceilingWords(rsaMetric),
    leftOut: [],
    nItems: matched.people.map(() => matched.items.length),
    notes: matched.notes,
  });
}

import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { placeOfName } from "../core/place-of-name.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { foldOfItems } from "../rsa/weights/item-folds.ts";
import { weightNames, type WeightOptions } from "../rsa/weights/weight-options.ts";
import { describeWeights } from "../rsa/weights/model-weights.ts";
import { scoresOfPlaces, type WeightQuantity } from "../rsa/weights/weight-quantity.ts";
import { NotesOfPeople } from "../rsa/weights/notes-of-people.ts";
import { weightSolver, type FoldFits } from "../rsa/weights/weight-solver.ts";
import { foldsOf, modelsToWeigh } from "../rsa/weights/weights-rdms.ts";
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
export interface SensorWeightsParts {
  /** For each person what was fitted in each patch: sensor by sensor, time by time within each. */
  readonly fits: readonly (readonly FoldFits[])[];
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  readonly channels: readonly string[];
  readonly times: Float64Array;
  /** The items of each fold, by label. */
  readonly itemFolds: readonly (readonly (string | number)[])[];
  readonly scoreBy: string;
  readonly nItems: number;
  readonly notes: readonly string[];
}

/** Cross-validated weights of models over time and sensors. Immutable; {@link weightsEpochs} makes it. */
export class SensorWeights implements Displayable {
  /** For each person what was fitted in each patch: sensor by sensor, time by time within each. */
  readonly fits: SensorWeightsParts["fits"];
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  readonly channels: readonly string[];
  readonly times: Float64Array;
  /** The items of each fold, by label. */
  readonly itemFolds: SensorWeightsParts["itemFolds"];
  /** How weighted models were scored. */
  readonly scoreBy: string;
  readonly nItems: number;
  readonly notes: readonly string[];

  constructor(parts: SensorWeightsParts) {
    this.fits = parts.fits;
    this.people = parts.people;
    this.modelNames = parts.modelNames;
    this.channels = parts.channels;
    this.times = parts.times;
    this.itemFolds = parts.itemFolds;
    this.scoreBy = parts.scoreBy;
    this.nItems = parts.nItems;
    this.notes = parts.notes;
    Object.freeze(this);
  }

  /** One quantity of a person (the only one need not be named), by default the cross-validated scores. */
  of(quantity: WeightQuantity = "score", person?: string): SensorScores {
    const fits = this.fits[placeOfName("person", person, this.people)];
    const nPeople = this.people.length;
    const { names, scores } = scoresOfPlaces(fits, quantity, this.modelNames, nPeople);
    return new SensorScores({
      scores,
      modelNames: names,
      channels: this.channels,
      times: this.times,
      rsaMetric: describeWeights(quantity, this.scoreBy),
      nItems: this.nItems,
      notes: [...undefinedNotes(scores, fits.length), ...this.notes],
    });
  }

  /** One quantity of all people, ready for tests over them. */
  group(quantity: WeightQuantity = "score"): GroupScores {
    const people = this.people.map((name) => [name, this.of(quantity, name)] as const);
    return stackScores(Object.fromEntries(people));
  }

  [jupyterDisplay](): MimeBundle {
    const shown = this.people.length === 1 ? this.of() : this.group();
    return shown[jupyterDisplay]();
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
  const named = modelsToWeigh(matched.models, options);
  const foldOf = foldOfItems(
    options.itemFolds,
    matched.items,
    matched.items.length,
    options.seed ?? 0,
  );
  const solve = weightSolver(named.condensed, foldOf, options);
  const fits: FoldFits[][] = matched.people.map(() => []);
  const seen = new NotesOfPeople(matched.people, options);
  await matched.each(options, "weights", (rdms) => {
    solve(rdms).forEach((fit, person) => fits[person].push(fit));
    seen.see(rdms);
  });
  return new SensorWeights({
    fits,
    people: matched.people,
    modelNames: named.names,
    channels: matched.channels,
    times: matched.times,
    itemFolds: foldsOf(foldOf, matched.items),
    scoreBy: options.scoreBy ?? "pearson",
    nItems: matched.items.length,
    notes: [...matched.notes, ...seen.notes()],
  });
}

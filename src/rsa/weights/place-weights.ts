import { jupyterDisplay, type Displayable, type MimeBundle } from "../../core/display.ts";
import { placeOfName } from "../../core/place-of-name.ts";
import { describeWeights } from "./model-weights.ts";
import { scoresOfPlaces, type WeightQuantity } from "./weight-quantity.ts";
import type { FoldFits } from "./weight-solver.ts";

/** What weights of places are made of, whatever the places are. */
export interface PlaceWeightsParts {
  /** For each person what was fitted in each patch: place by place, time by time within each. */
  readonly fits: readonly (readonly FoldFits[])[];
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  /** The items of each fold, by label or number. */
  readonly itemFolds: readonly (readonly (string | number)[])[];
  readonly scoreBy: string;
  readonly notes: readonly string[];
}

/** One quantity of a person, before it lies in its place. */
export interface PlaceQuantity {
  readonly modelNames: readonly string[];
  /** Names × patches, C order. */
  readonly scores: Float64Array;
  readonly rsaMetric: string;
  readonly nPatches: number;
}

/** What puts one quantity of a person into its places: a method of each kind of place that users do not see. */
export const placed = Symbol("placed");

/** Scores that show themselves at once. */
export interface Shown extends Displayable {
  [jupyterDisplay](): MimeBundle;
}

/** Cross-validated weights of models in patches, of sensors, voxels, sources or vertices: what all of these have. */
export abstract class PlaceWeights<Scores extends Shown> implements Displayable {
  /** For each person what was fitted in each patch: place by place, time by time within each. */
  readonly fits: PlaceWeightsParts["fits"];
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  /** The items of each fold, by label or number. */
  readonly itemFolds: PlaceWeightsParts["itemFolds"];
  /** How weighted models were scored. */
  readonly scoreBy: string;
  /** What to know about these weights, for example that one person is much of the mean. */
  readonly notes: readonly string[];

  constructor(parts: PlaceWeightsParts) {
    this.fits = parts.fits;
    this.people = parts.people;
    this.modelNames = parts.modelNames;
    this.itemFolds = parts.itemFolds;
    this.scoreBy = parts.scoreBy;
    this.notes = parts.notes;
  }

  /** One quantity of a person (the only one need not be named), by default the cross-validated scores. */
  of(quantity: WeightQuantity = "score", person?: string): Scores {
    const at = placeOfName("person", person, this.people);
    const fits = this.fits[at];
    const nPeople = this.people.length;
    const { names, scores } = scoresOfPlaces(fits, quantity, this.modelNames, nPeople);
    const rsaMetric = describeWeights(quantity, this.scoreBy);
    return this[placed]({ modelNames: names, scores, rsaMetric, nPatches: fits.length }, at);
  }

  [jupyterDisplay](): MimeBundle {
    return this.of("score", this.people[0])[jupyterDisplay]();
  }

  /** Scores of a person, by number, where they belong. */
  protected abstract [placed](quantity: PlaceQuantity, person: number): Scores;

  /** One quantity of everybody, by name: what `winnersInPlaces` and `percentOfCeilingInPlaces` take. */
  ofEach(quantity: WeightQuantity = "score"): Record<string, Scores> {
    return Object.fromEntries(this.people.map((name) => [name, this.of(quantity, name)]));
  }
}

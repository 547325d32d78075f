import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { placeOfName } from "../core/place-of-name.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { foldOfItems } from "../rsa/weights/item-folds.ts";
import { describeWeights } from "../rsa/weights/model-weights.ts";
import { NotesOfPeople } from "../rsa/weights/notes-of-people.ts";
import { weightNames, type WeightOptions } from "../rsa/weights/weight-options.ts";
import { scoresOfPlaces, type WeightQuantity } from "../rsa/weights/weight-quantity.ts";
import { weightSolver, type FoldFits } from "../rsa/weights/weight-solver.ts";
import { foldsOf, modelsToWeigh } from "../rsa/weights/weights-rdms.ts";
import { undefinedNotes } from "../searchlight/undefined-scores.ts";
import type { EstimateStack } from "./estimate-stack.ts";
import {
  matchPeopleEstimates,
  peopleNames,
  type MatchedEstimates,
  type PeopleEstimates,
  type PeopleEstimatesOptions,
} from "./people-estimates.ts";
import { rsaStcsNames } from "./rsa-stcs.ts";
import { SourceScores } from "./source-scores.ts";
import { stackEstimates } from "./stack-estimates.ts";

/** What {@link weightsStcs} takes. */
export interface WeightsStcsOptions extends PeopleEstimatesOptions, WeightOptions {}

const weightsStcsNames: OptionNames<WeightsStcsOptions> = {
  ...without(["rsaMetric", "ignoreNan", "engine"], rsaStcsNames),
  ...peopleNames,
  ...weightNames,
};

/** What weights of sources are made of. */
export interface SourceWeightsParts {
  /** For each person what was fitted in each patch: place by place, time by time within each. */
  readonly fits: readonly (readonly FoldFits[])[];
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  /** The items of each fold, by label. */
  readonly itemFolds: readonly (readonly (string | number)[])[];
  readonly scoreBy: string;
  readonly where: MatchedEstimates["where"];
}

/** Cross-validated weights of models over sources and time. Immutable; {@link weightsStcs} makes it. */
export class SourceWeights implements Displayable {
  /** For each person what was fitted in each patch: place by place, time by time within each. */
  readonly fits: SourceWeightsParts["fits"];
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  /** The items of each fold, by label. */
  readonly itemFolds: SourceWeightsParts["itemFolds"];
  /** How weighted models were scored. */
  readonly scoreBy: string;
  /** What to know about these weights, for example that one person is much of the mean. */
  readonly notes: readonly string[];
  readonly #where: SourceWeightsParts["where"];

  constructor(parts: SourceWeightsParts) {
    this.fits = parts.fits;
    this.people = parts.people;
    this.modelNames = parts.modelNames;
    this.itemFolds = parts.itemFolds;
    this.scoreBy = parts.scoreBy;
    this.notes = parts.where.notes;
    this.#where = parts.where;
    Object.freeze(this);
  }

  /** One quantity of a person (the only one need not be named), by default the cross-validated scores. */
  of(quantity: WeightQuantity = "score", person?: string): SourceScores {
    const fits = this.fits[placeOfName("person", person, this.people)];
    const nPeople = this.people.length;
    const { names, scores } = scoresOfPlaces(fits, quantity, this.modelNames, nPeople);
    const rsaMetric = describeWeights(quantity, this.scoreBy);
    const notes = [...undefinedNotes(scores, fits.length), ...this.notes];
    return new SourceScores({ ...this.#where, scores, modelNames: names, rsaMetric, notes });
  }

  /**
   * One quantity of one model of all people, ready for tests over them: `group("score", "weighted models")`. Throws
   * `UnknownOption`, and `InvalidArgument` where all sources were one patch.
   */
  group(quantity: WeightQuantity, model: string): EstimateStack {
    const people = this.people.map((name) => {
      return [name, this.of(quantity, name).toEstimates(model)] as const;
    });
    return stackEstimates(Object.fromEntries(people));
  }

  [jupyterDisplay](): MimeBundle {
    return this.of("score", this.people[0])[jupyterDisplay]();
  }
}

/**
 * Weights of several models that predict the RDM around every source and time, and how well they do on items that were not
 * fitted: see `weightsRdms` for folds and scores, {@link rsaStcs} for where and how data RDMs are made. Of several people
 * (on one brain: `morphTo`) each is predicted from the mean of the others, which is scored too: the lower bound of the
 * noise ceiling.
 *
 * @throws as {@link rsaStcs}; InvalidArgument for a constant model, folds of fewer than three items, and people on
 *   different brains or whose items differ; ItemMismatch and ShapeMismatch for other sources and times.
 * @example
 * import { random, Rdm, SourceEstimates, weightsStcs } from "tsrsa";
 * const rng = random(1);
 * const estimates = new SourceEstimates({
 *   data: { data: Float64Array.from({ length: 6 * 3 }, () => rng.normal()), shape: [6, 3, 1] },
 *   vertices: [Int32Array.of(7, 9), Int32Array.of(3)],
 *   kind: "surface",
 *   tminS: 0,
 *   tstepS: 0.01,
 * });
 * const items = ["a", "b", "c", "d", "e", "f"];
 * const model = (name: string) => new Rdm(Array.from({ length: 15 }, () => rng.next()), { items, name });
 * const how = { labels: items, metric: "sqeuclidean", onProgress: false } as const;
 * const found = await weightsStcs(estimates, [model("x"), model("y")], how);
 * found.of("score").modelNames; // [ "weighted models", "x", "y" ]
 */
export async function weightsStcs(
  people: PeopleEstimates,
  models: RdmInput,
  options: WeightsStcsOptions = {},
): Promise<SourceWeights> {
  checkOptions(options, weightsStcsNames);
  const matched = await matchPeopleEstimates(people, models, options);
  const named = modelsToWeigh(matched.models, options);
  const { items, where } = matched;
  const foldOf = foldOfItems(options.itemFolds, items, items.length, options.seed ?? 0);
  const solve = weightSolver(named.condensed, foldOf, options);
  const fits: FoldFits[][] = matched.people.map(() => []);
  const seen = new NotesOfPeople(matched.people, options);
  await matched.each(options, (rdms) => {
    solve(rdms).forEach((fit, person) => fits[person].push(fit));
    seen.see(rdms);
  });
  return new SourceWeights({
    fits,
    people: matched.people,
    modelNames: named.names,
    itemFolds: foldsOf(foldOf, items),
    scoreBy: options.scoreBy ?? "pearson",
    where: { ...where, notes: [...where.notes, ...seen.notes()] },
  });
}

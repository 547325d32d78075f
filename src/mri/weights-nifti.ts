import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { placeOfName } from "../core/place-of-name.ts";
import type { RdmInput } from "../rdm/rdm-list.ts";
import { foldOfItems } from "../rsa/weights/item-folds.ts";
import { describeWeights } from "../rsa/weights/model-weights.ts";
import { weightNames, type WeightOptions } from "../rsa/weights/weight-options.ts";
import { scoresOfPlaces, type WeightQuantity } from "../rsa/weights/weight-quantity.ts";
import { NotesOfPeople } from "../rsa/weights/notes-of-people.ts";
import { weightSolver, type FoldFits } from "../rsa/weights/weight-solver.ts";
import { foldsOf, modelsToWeigh } from "../rsa/weights/weights-rdms.ts";
import { countUndefined } from "../searchlight/undefined-scores.ts";
import type { MapStack } from "./map-stack.ts";
import {
  peopleVolumesNames,
  withPeople,
  type MatchedVolumePeople,
  type PeopleVolumes,
  type PeopleVolumesOptions,
} from "./people-volumes.ts";
import { RsaMaps } from "./rsa-maps.ts";
import { stackNoted } from "./stack-maps.ts";

/** What {@link weightsNifti} takes. */
export interface WeightsNiftiOptions extends PeopleVolumesOptions, WeightOptions {}

const weightsNiftiNames: OptionNames<WeightsNiftiOptions> = {
  ...peopleVolumesNames,
  ...weightNames,
};

/** What weights of voxels are made of. */
export interface VoxelWeightsParts {
  /** For each person what was fitted in each patch. */
  readonly fits: readonly (readonly FoldFits[])[];
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  /** The items of each fold, by label or number. */
  readonly itemFolds: readonly (readonly (string | number)[])[];
  readonly scoreBy: string;
  readonly notes: readonly string[];
  readonly where: Pick<MatchedVolumePeople, "maps" | "record">;
}

/** Cross-validated weights of models in space. Immutable; {@link weightsNifti} makes it. */
export class VoxelWeights implements Displayable {
  /** For each person what was fitted in each patch. */
  readonly fits: VoxelWeightsParts["fits"];
  readonly people: readonly string[];
  readonly modelNames: readonly string[];
  /** The items of each fold, by label or number. */
  readonly itemFolds: VoxelWeightsParts["itemFolds"];
  /** How weighted models were scored. */
  readonly scoreBy: string;
  /** What to know about these weights, for example that one person is much of the mean. */
  readonly notes: readonly string[];
  readonly #where: VoxelWeightsParts["where"];

  constructor(parts: VoxelWeightsParts) {
    this.fits = parts.fits;
    this.people = parts.people;
    this.modelNames = parts.modelNames;
    this.itemFolds = parts.itemFolds;
    this.scoreBy = parts.scoreBy;
    this.notes = parts.notes;
    this.#where = parts.where;
    Object.freeze(this);
  }

  /** One quantity of a person (the only one need not be named) as maps, by default the cross-validated scores. */
  of(quantity: WeightQuantity = "score", person?: string): RsaMaps {
    const fits = this.fits[placeOfName("person", person, this.people)];
    const nPeople = this.people.length;
    const { names, scores } = scoresOfPlaces(fits, quantity, this.modelNames, nPeople);
    const { maps, record } = this.#where;
    const nUndefined = countUndefined(scores, fits.length);
    const rsaMetric = describeWeights(quantity, this.scoreBy);
    return new RsaMaps({
      ...maps,
      scores,
      modelNames: names,
      record: { ...record, rsaMetric, nUndefined },
    });
  }

  /** One quantity of all people, ready for tests over them. Throws `InvalidArgument` where all voxels were one patch. */
  group(quantity: WeightQuantity = "score"): MapStack {
    const people = this.people.map((name) => [name, this.of(quantity, name)] as const);
    return stackNoted(Object.fromEntries(people), this.notes);
  }

  [jupyterDisplay](): MimeBundle {
    return this.people.length === 1 ? this.of()[jupyterDisplay]() : this.group()[jupyterDisplay]();
  }
}

/**
 * Weights of several models that predict the RDM of every sphere (or patch given), and how well they do on items that were
 * not fitted: see `weightsRdms` for folds and scores, {@link rsaNifti} for where and how data RDMs are made. Of several
 * people (`{ people: { anna: image, … } }`, all in one space) each is predicted from the mean of the others, which is
 * scored too: the lower bound of the noise ceiling.
 *
 * @throws as {@link rsaNifti}; InvalidArgument for a constant model, folds of fewer than three items, and people whose
 *   items or voxels differ.
 * @example
 * import { random, Rdm, weightsNifti } from "tsrsa";
 * const rng = random(1);
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.from({ length: 24 }, () => rng.normal()), shape: [2, 2, 1, 6], affine };
 * const items = ["a", "b", "c", "d", "e", "f"];
 * const model = (name: string) => new Rdm(Array.from({ length: 15 }, () => rng.next()), { items, name });
 * const how = { labels: items, metric: "sqeuclidean", radiusMm: 4, onProgress: false } as const;
 * const found = await weightsNifti(image, [model("x"), model("y")], how);
 * found.of("weight").modelNames; // [ "x", "y" ]
 */
export async function weightsNifti(
  images: PeopleVolumes,
  models: RdmInput,
  options: WeightsNiftiOptions = {},
): Promise<VoxelWeights> {
  checkOptions(options, weightsNiftiNames);
  return withPeople(images, models, options, async (matched) => {
    const named = modelsToWeigh(matched.models, options);
    const foldOf = foldOfItems(options.itemFolds, matched.items, matched.nItems, options.seed ?? 0);
    const solve = weightSolver(named.condensed, foldOf, options);
    const fits: FoldFits[][] = matched.people.map(() => []);
    const seen = new NotesOfPeople(matched.people, options);
    await matched.each("weights", (rdms) => {
      solve(rdms).forEach((fit, person) => fits[person].push(fit));
      seen.see(rdms);
    });
    return new VoxelWeights({
      fits,
      people: matched.people,
      modelNames: named.names,
      itemFolds: foldsOf(foldOf, matched.items),
      scoreBy: options.scoreBy ?? "pearson",
      notes: [...matched.notes, ...seen.notes()],
      where: {
        maps: matched.maps,
        record: { ...matched.record, ignoreNan: options.ignoreNan ?? false },
      },
    });
  });
}

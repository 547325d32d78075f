import { jupyterDisplay, type MimeBundle } from "../core/display.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { noted } from "../core/noted.ts";
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
export interface VoxelWeightsParts extends PlaceWeightsParts {
  readonly where: Pick<MatchedVolumePeople, "maps" | "record">;
}

/** Cross-validated weights of models in space. Immutable; {@link weightsNifti} makes it. */
export class VoxelWeights extends PlaceWeights<RsaMaps> {
  readonly #where: VoxelWeightsParts["where"];

  constructor({ where, ...parts }: VoxelWeightsParts) {
    super(parts);
    this.#where = where;
    Object.freeze(this);
  }

  /** One quantity of all people, ready for tests over them. Throws `InvalidArgument` where all voxels were one patch. */
  group(quantity: WeightQuantity = "score"): MapStack {
    return stackNoted(this.ofEach(quantity), this.notes);
  }

  override [jupyterDisplay](): MimeBundle {
    return this.people.length === 1
      ? noted(super[jupyterDisplay](), this.notes)
      : this.group()[jupyterDisplay]();
  }

  protected override [placed]({ scores, modelNames, rsaMetric, nPatches }: PlaceQuantity): RsaMaps {
    const { maps, record } = this.#where;
    const nUndefined = countUndefined(scores, nPatches);
    return new RsaMaps({
      ...maps,
      scores,
      modelNames,
      record: { ...record, rsaMetric, nUndefined },
    });
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
    const parts = await weighPlaces(matched, options, (use) => matched.each("weights", use));
    const { maps, record } = matched;
    const where = { maps, record: { ...record, ignoreNan: options.ignoreNan ?? false } };
    return new VoxelWeights({ ...parts, where });
  });
}

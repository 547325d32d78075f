import { checkOptions, without, type OptionNames } from "../../core/gate/options.ts";
import type { RdmInput } from "../../rdm/rdm-list.ts";
import {
  PlaceWeights,
  type PlaceQuantity,
  type PlaceWeightsParts,
  placed,
} from "../../rsa/weights/place-weights.ts";
import { weighPlaces } from "../../rsa/weights/weigh-places.ts";
import { weightNames, type WeightOptions } from "../../rsa/weights/weight-options.ts";
import type { WeightQuantity } from "../../rsa/weights/weight-quantity.ts";
import { peopleVolumesNames, type PeopleVolumes } from "../people-volumes.ts";
import { rsaAtlasNames } from "./atlas-options.ts";
import { AtlasScores, type AtlasScoresParts } from "./atlas-scores.ts";
import type { Atlas } from "./atlas.ts";
import { withPeopleInAtlas, type PeopleAtlasOptions } from "./people-atlas.ts";
import { withScoresOfLarge } from "./region-scores.ts";

/** What {@link weightsAtlas} takes. */
export interface WeightsAtlasOptions extends PeopleAtlasOptions, WeightOptions {}

const weightsAtlasNames: OptionNames<WeightsAtlasOptions> = {
  ...without(["rsaMetric", "noise"], rsaAtlasNames),
  perPerson: peopleVolumesNames.perPerson,
  ...weightNames,
};

/** What weights of regions are made of. */
export interface AtlasWeightsParts extends PlaceWeightsParts {
  /** For each person what scores of the regions are made of; those without RDMs were not weighed. */
  readonly where: readonly Omit<AtlasScoresParts, "modelNames" | "rsaMetric">[];
}

/** Cross-validated weights of models in regions. Immutable; {@link weightsAtlas} makes it. */
export class AtlasWeights extends PlaceWeights<AtlasScores> {
  readonly #where: AtlasWeightsParts["where"];

  constructor({ where, ...parts }: AtlasWeightsParts) {
    super(parts);
    this.#where = where;
    Object.freeze(this);
  }

  /** One quantity of all people, ready for {@link groupAtlas}. */
  group(quantity: WeightQuantity = "score"): AtlasScores[] {
    return Object.values(this.ofEach(quantity));
  }

  protected override [placed](quantity: PlaceQuantity, person: number): AtlasScores {
    const { regions, ...where } = this.#where[person];
    const { scores, modelNames, rsaMetric } = quantity;
    return new AtlasScores({
      ...where,
      regions: withScoresOfLarge(regions, scores, modelNames.length),
      ...{ modelNames, rsaMetric, notes: this.notes },
    });
  }
}

/**
 * Weights of several models that predict the RDM of every region of an atlas, and how well they do on items that were not
 * fitted: see `weightsRdms` for folds and scores, {@link rsaAtlas} for where and how data RDMs are made. Of several people
 * (`{ people: { anna: image, … } }`, all in the space of the atlas) each is predicted from the mean of the others, which is
 * scored too: the lower bound of the noise ceiling. A region that is too small in anybody has no weights.
 *
 * @throws as {@link rsaAtlas}; InvalidArgument for a constant model, folds of fewer than three items, and people whose
 *   items differ.
 * @example
 * import { random, Rdm, readAtlas, weightsAtlas } from "tsrsa";
 * const rng = random(1);
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.from({ length: 24 }, () => rng.normal()), shape: [2, 2, 1, 6], affine };
 * const atlas = await readAtlas({ data: Int16Array.of(1, 1, 2, 2), shape: [2, 2, 1], affine });
 * const items = ["a", "b", "c", "d", "e", "f"];
 * const model = (name: string) => new Rdm(Array.from({ length: 15 }, () => rng.next()), { items, name });
 * const how = { labels: items, metric: "sqeuclidean", leastVoxels: 2, onProgress: false } as const;
 * const found = await weightsAtlas(image, atlas, [model("x"), model("y")], how);
 * found.of("weight").modelNames; // [ "x", "y" ]
 */
export async function weightsAtlas(
  images: PeopleVolumes,
  atlas: Atlas,
  models: RdmInput,
  options: WeightsAtlasOptions = {},
): Promise<AtlasWeights> {
  checkOptions(options, weightsAtlasNames);
  return withPeopleInAtlas(images, atlas, models, options, async (matched) => {
    const parts = await weighPlaces(matched, options, matched.each);
    return new AtlasWeights({ ...parts, where: matched.where() });
  });
}

import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { Matrix } from "../core/matrix.ts";
import { placeOfName } from "../core/place-of-name.ts";
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
import {
  matchPeopleSurfaces,
  peopleSurfacesNames,
  type MatchedSurfaces,
  type PeopleSurfaces,
  type PeopleSurfacesOptions,
} from "./people-surfaces.ts";
import { SurfaceMaps } from "./surface-maps.ts";

/** What {@link weightsSurface} takes. */
export interface WeightsSurfaceOptions extends PeopleSurfacesOptions, WeightOptions {}

const weightsSurfaceNames: OptionNames<WeightsSurfaceOptions> = {
  ...peopleSurfacesNames,
  ...weightNames,
};

/** What weights on the cortex are made of. */
export interface SurfaceWeightsParts extends PlaceWeightsParts {
  readonly where: MatchedSurfaces["where"];
}

/** Cross-validated weights of models on the cortex. Immutable; {@link weightsSurface} makes it. */
export class SurfaceWeights extends PlaceWeights<SurfaceMaps> {
  readonly #where: SurfaceWeightsParts["where"];

  constructor({ where, ...parts }: SurfaceWeightsParts) {
    super(parts);
    this.#where = where;
    Object.freeze(this);
  }

  /**
   * One quantity of one model of all people, people × places, ready for tests over them: `group("score", "weighted models")`.
   * Throws `UnknownOption`.
   */
  group(quantity: WeightQuantity, model: string): Matrix<Float64Array> {
    const maps = Object.values(this.ofEach(quantity));
    const nPlaces = maps[0].places.length;
    const data = new Float64Array(maps.length * nPlaces);
    maps.forEach(({ scores, modelNames }, person) => {
      const from = placeOfName("model", model, modelNames) * nPlaces;
      data.set(scores.subarray(from, from + nPlaces), person * nPlaces);
    });
    return { data, shape: [maps.length, nPlaces] };
  }

  protected override [placed]({ nPatches, ...found }: PlaceQuantity): SurfaceMaps {
    const notes = [...undefinedNotes(found.scores, nPatches), ...this.notes];
    return new SurfaceMaps({ ...this.#where, ...found, notes });
  }
}

/**
 * Weights of several models that predict the RDM of every patch of the cortex (or parcel), and how well they do on items
 * that were not fitted: see `weightsRdms` for folds and scores, {@link rsaSurface} for where and how data RDMs are made.
 * Of several people (`{ people: { anna: values, … } }`, all on one mesh) each is predicted from the mean of the others,
 * which is scored too: the lower bound of the noise ceiling.
 *
 * @throws as {@link rsaSurface}; InvalidArgument for a constant model, folds of fewer than three items, and people whose
 *   items differ; ItemMismatch for people with data at other vertices.
 * @example
 * import { random, Rdm, weightsSurface } from "tsrsa";
 * const rng = random(1);
 * const points = { data: Float64Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0), shape: [4, 3] };
 * const triangles = { data: Int32Array.of(0, 1, 2, 0, 2, 3), shape: [2, 3] };
 * const values = { data: Float64Array.from({ length: 4 * 6 }, () => rng.normal()), shape: [4, 6] };
 * const items = ["a", "b", "c", "d", "e", "f"];
 * const model = (name: string) => new Rdm(Array.from({ length: 15 }, () => rng.next()), { items, name });
 * const found = await weightsSurface({ left: { values } }, [model("x"), model("y")], {
 *   labels: items,
 *   surfaces: { left: { points, triangles } },
 *   radiusMm: 1.2,
 *   metric: "sqeuclidean",
 *   onProgress: false,
 * });
 * found.of("weight").modelNames; // [ "x", "y" ]
 */
export async function weightsSurface(
  data: PeopleSurfaces,
  models: RdmInput,
  options: WeightsSurfaceOptions = {},
): Promise<SurfaceWeights> {
  checkOptions(options, weightsSurfaceNames);
  const matched = await matchPeopleSurfaces(data, models, options);
  const parts = await weighPlaces(matched, options, (use) => matched.each("weights", use));
  return new SurfaceWeights({ ...parts, where: matched.where });
}

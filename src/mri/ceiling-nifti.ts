import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { ceilingWords } from "../rsa/weights/ceiling-comparison.ts";
import { boundNames, ceilingsInPlaces } from "../rsa/weights/ceilings-in-places.ts";
import { weightScores, type WeightScore } from "../rsa/weights/weight-scores.ts";
import { countUndefined } from "../searchlight/undefined-scores.ts";
import type { MapStack } from "./map-stack.ts";
import {
  peopleVolumesNames,
  withPeople,
  type PeopleVolumes,
  type PeopleVolumesOptions,
} from "./people-volumes.ts";
import { RsaMaps } from "./rsa-maps.ts";
import { stackNoted } from "./stack-maps.ts";

/** What {@link ceilingNifti} takes. */
export interface CeilingNiftiOptions extends Omit<PeopleVolumesOptions, "modelItems"> {
  /** How RDMs are compared: as the models are. Default `spearman`. */
  readonly rsaMetric?: WeightScore;
}

const ceilingNiftiNames: OptionNames<CeilingNiftiOptions> = {
  ...without(["modelItems"], peopleVolumesNames),
  rsaMetric: oneOf(weightScores),
};

/**
 * The noise ceiling in every sphere: how well the RDMs of the other people (`lower`), and of all (`upper`), predict that of
 * each person; as maps of people (`{ people: { anna: image, … } }`, all in one space), beside those of models. See
 * {@link ceilingEpochs}.
 *
 * @throws InvalidArgument for one person alone, for all voxels in one patch, and for people whose items or voxels differ;
 *   Cancelled.
 * @example
 * import { ceilingNifti, random } from "tsrsa";
 * const rng = random(1);
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const one = () => ({ data: Float64Array.from({ length: 16 }, () => rng.normal()), shape: [2, 2, 1, 4], affine });
 * const how = { labels: ["a", "b", "c", "d"], metric: "euclidean", radiusMm: 4, onProgress: false } as const;
 * const ceiling = await ceilingNifti({ people: { anna: one(), ben: one(), carl: one() } }, how);
 * ceiling.modelNames; // [ "lower", "upper" ]
 */
export async function ceilingNifti(
  images: PeopleVolumes,
  options: CeilingNiftiOptions = {},
): Promise<MapStack> {
  checkOptions(options, ceilingNiftiNames);
  const { rsaMetric = "spearman", ...where } = options;
  return withPeople(images, undefined, where, async ({ people, maps, record, notes, each }) => {
    const scores = await ceilingsInPlaces(people, rsaMetric, (use) => each("noise ceilings", use));
    const own = people.map((name, person) => {
      const nUndefined = countUndefined(scores[person], record.nPatches);
      const what = { ...record, rsaMetric: ceilingWords(rsaMetric), nUndefined };
      const all = { ...maps, scores: scores[person], modelNames: boundNames, record: what };
      return [name, new RsaMaps(all)] as const;
    });
    return stackNoted(Object.fromEntries(own), notes);
  });
}

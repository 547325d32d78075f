import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import { ceilingWords } from "../rsa/weights/ceiling-comparison.ts";
import { boundNames, ceilingsInPlaces } from "../rsa/weights/ceilings-in-places.ts";
import { weightScores, type WeightScore } from "../rsa/weights/weight-scores.ts";
import { undefinedNotes } from "../searchlight/undefined-scores.ts";
import {
  matchPeopleSurfaces,
  peopleSurfacesNames,
  type PeopleSurfaces,
  type PeopleSurfacesOptions,
} from "./people-surfaces.ts";
import { SurfaceMaps } from "./surface-maps.ts";

/** What {@link ceilingSurface} takes. */
export interface CeilingSurfaceOptions extends Omit<PeopleSurfacesOptions, "modelItems"> {
  /** How RDMs are compared: as the models are. Default `spearman`. */
  readonly rsaMetric?: WeightScore;
}

const ceilingSurfaceNames: OptionNames<CeilingSurfaceOptions> = {
  ...without(["modelItems"], peopleSurfacesNames),
  rsaMetric: oneOf(weightScores),
};

/**
 * The noise ceiling in every patch of the cortex, or parcel: how well the RDMs of the other people (`lower`), and of all
 * (`upper`), predict that of each person (`{ people: { anna: values, … } }`, all on one mesh); maps of each, for
 * `percentOfCeilingInPlaces`. See `ceilingEpochs`.
 *
 * @throws InvalidArgument for one person alone, and for people whose items differ; ItemMismatch for people with data at
 *   other vertices; Cancelled.
 * @example
 * import { ceilingSurface, random } from "tsrsa";
 * const rng = random(1);
 * const points = { data: Float64Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0), shape: [4, 3] };
 * const triangles = { data: Int32Array.of(0, 1, 2, 0, 2, 3), shape: [2, 3] };
 * const one = () => ({ left: { values: { data: Float64Array.from({ length: 16 }, () => rng.normal()), shape: [4, 4] } } });
 * const ceiling = await ceilingSurface({ people: { anna: one(), ben: one(), carl: one() } }, {
 *   labels: ["a", "b", "c", "d"],
 *   surfaces: { left: { points, triangles } },
 *   radiusMm: 1.2,
 *   metric: "euclidean",
 *   onProgress: false,
 * });
 * ceiling.anna.modelNames; // [ "lower", "upper" ]
 */
export async function ceilingSurface(
  data: PeopleSurfaces,
  options: CeilingSurfaceOptions = {},
): Promise<Readonly<Record<string, SurfaceMaps>>> {
  checkOptions(options, ceilingSurfaceNames);
  const { rsaMetric = "spearman", ...where } = options;
  const matched = await matchPeopleSurfaces(data, undefined, where);
  const bounds = await ceilingsInPlaces(matched.people, rsaMetric, (use) =>
    matched.each("noise ceilings", use),
  );
  const maps = matched.people.map((name, person) => {
    const scores = bounds[person];
    const notes = [...matched.notes, ...undefinedNotes(scores, matched.where.places.length)];
    const numbers = { scores, modelNames: boundNames, rsaMetric: ceilingWords(rsaMetric), notes };
    return [name, new SurfaceMaps({ ...matched.where, ...numbers })] as const;
  });
  return Object.fromEntries(maps);
}

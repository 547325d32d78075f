import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
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
import type { EstimateStack } from "./estimate-stack.ts";
import {
  matchPeopleEstimates,
  peopleNames,
  type LayEstimates,
  type MatchedEstimates,
  type PeopleEstimates,
  type PeopleEstimatesOptions,
} from "./people-estimates.ts";
import { rsaStcsNames, someLabels } from "./rsa-stcs.ts";
import { layRegions } from "./score-estimates.ts";
import type { SourceLabel } from "./source-label.ts";
import { SourceScores } from "./source-scores.ts";
import { stackEstimates } from "./stack-estimates.ts";

/** What {@link weightsStcs} takes. */
export interface WeightsStcsOptions extends PeopleEstimatesOptions, WeightOptions {}

const weightsStcsNames: OptionNames<WeightsStcsOptions> = {
  ...without(["rsaMetric", "ignoreNan", "engine"], rsaStcsNames),
  ...peopleNames,
  ...weightNames,
};

/** What {@link weightsStcsRois} takes. */
export type WeightsStcsRoisOptions = Omit<
  WeightsStcsOptions,
  "spatialRadiusM" | "sourceSpaces" | "sources"
>;

const weightsStcsRoisNames: OptionNames<WeightsStcsRoisOptions> = without(
  ["spatialRadiusM", "sourceSpaces", "sources"],
  weightsStcsNames,
);

/** What weights of sources are made of. */
export interface SourceWeightsParts extends PlaceWeightsParts {
  readonly where: MatchedEstimates["where"];
}

/** Cross-validated weights of models over sources and time. Immutable; {@link weightsStcs} makes it. */
export class SourceWeights extends PlaceWeights<SourceScores> {
  readonly #where: SourceWeightsParts["where"];

  constructor({ where, ...parts }: SourceWeightsParts) {
    super(parts);
    this.#where = where;
    Object.freeze(this);
  }

  /**
   * One quantity of one model of all people, ready for tests over them: `group("score", "weighted models")`. Throws
   * `UnknownOption`, and `InvalidArgument` where all sources were one patch.
   */
  group(quantity: WeightQuantity, model: string): EstimateStack {
    const people = Object.entries(this.ofEach(quantity)).map(([name, scores]) => {
      return [name, scores.toEstimates(model)] as const;
    });
    return stackEstimates(Object.fromEntries(people));
  }

  protected override [placed]({ nPatches, ...found }: PlaceQuantity): SourceScores {
    const notes = [...undefinedNotes(found.scores, nPatches), ...this.notes];
    return new SourceScores({ ...this.#where, ...found, notes });
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
  return weigh(await matchPeopleEstimates(people, models, options), options);
}

/**
 * The same in regions of the brain: all sources of a label are one patch, as in {@link rsaStcsRois}. `group` of regions
 * gives each of their sources the region's number.
 *
 * @throws as {@link rsaStcsRois} and {@link weightsStcs}.
 * @example
 * import { random, Rdm, SourceEstimates, weightsStcsRois } from "tsrsa";
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
 * const rois = [{ name: "V1", hemisphere: "left", vertices: [7, 9] }] as const;
 * const found = await weightsStcsRois(estimates, [model("x"), model("y")], rois, how);
 * found.of("weight").places; // [ "V1" ]
 */
export async function weightsStcsRois(
  people: PeopleEstimates,
  models: RdmInput,
  rois: readonly SourceLabel[],
  options: WeightsStcsRoisOptions = {},
): Promise<SourceWeights> {
  someLabels(rois, "rois");
  checkOptions(options, weightsStcsRoisNames);
  const inRegions: LayEstimates = (one, own) => layRegions(one, rois, own);
  return weigh(await matchPeopleEstimates(people, models, options, inRegions), options);
}

async function weigh(
  matched: MatchedEstimates,
  options: WeightsStcsOptions,
): Promise<SourceWeights> {
  const { items, where } = matched;
  const known = { ...matched, nItems: items.length, notes: where.notes };
  const parts = await weighPlaces(known, options, (use) => matched.each(options, "weights", use));
  return new SourceWeights({ ...parts, where });
}

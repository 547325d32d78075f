import { InvalidArgument } from "../core/errors.ts";
import { texts } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { namedPeople } from "../stats/group/named-people.ts";
import { checkSame, EstimateStack } from "./estimate-stack.ts";
import { SourceEstimates } from "./source-estimates.ts";

/** How estimates of people are put together. */
export interface StackEstimatesOptions {
  /** Names of the people, in their order. Default: those of the object given, or `person 1`, `person 2`, … */
  readonly names?: readonly string[];
}

const optionNames: OptionNames<StackEstimatesOptions> = { names: texts };

/**
 * Estimates of several people, one each, on one brain (see {@link morphTo}) and at the same times, in one stack: ready
 * for `permutationClusterTest` with `sourceNeighbours`.
 *
 * @throws ItemMismatch naming sources that somebody lacks; InvalidArgument for estimates on different brains, with
 *   directions, or several of one person; ShapeMismatch for other times.
 * @example
 * import { SourceEstimates, stackEstimates } from "tsrsa";
 * const of = (value: number) =>
 *   new SourceEstimates({
 *     data: { data: Float64Array.of(value, 2), shape: [1, 1, 2] },
 *     vertices: [Int32Array.of(7), new Int32Array(0)],
 *     kind: "surface",
 *     tminS: 0,
 *     tstepS: 0.01,
 *   });
 * const group = stackEstimates({ anna: of(1), ben: of(4) });
 * group.observations().shape; // [ 2, 2, 1 ]
 * Array.from(group.mean().data.data); // [ 2.5, 2 ]
 */
export function stackEstimates(
  people: readonly SourceEstimates[] | Readonly<Record<string, SourceEstimates>>,
  options: StackEstimatesOptions = {},
): EstimateStack {
  checkOptions(options, optionNames);
  const { names, values: all } = namedPeople(people, options.names, isEstimates, "estimates");
  const [first] = all;
  all.forEach((one, at) => checkOne(one, first, names[at]));
  const [nTimes, nSources] = [first.times.length, first.nSources];
  const values = new Float64Array(all.length * nTimes * nSources);
  all.forEach(({ data: { data } }, at) => {
    const start = at * nTimes * nSources;
    for (let s = 0; s < nSources; s++)
      for (let t = 0; t < nTimes; t++) values[start + t * nSources + s] = data[s * nTimes + t];
  });
  return new EstimateStack({ values, people: names, on: first });
}

function isEstimates(value: unknown): value is SourceEstimates {
  return value instanceof SourceEstimates;
}

function checkOne(one: SourceEstimates, first: SourceEstimates, who: string): void {
  if (one.isVector)
    throw new InvalidArgument(who, "estimates with directions", "take lengths or normals first");
  if (one.length !== 1)
    throw new InvalidArgument(
      who,
      `${one.length} estimates`,
      "give one a person: a map of scores, or an average",
    );
  checkSame(first, one, who);
}

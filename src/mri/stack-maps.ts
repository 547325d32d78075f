import { InvalidArgument, ItemMismatch } from "../core/errors.ts";
import { oneOf, texts } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { namedPeople, type NamedPeople } from "../stats/group/named-people.ts";
import { checkSameGrid } from "./grid.ts";
import { MapStack } from "./map-stack.ts";
import { RsaMaps } from "./rsa-maps.ts";

/** How maps of people are put together. */
export interface StackMapsOptions {
  /** Names of the people, in their order. Default: those of the object given, or `person 1`, `person 2`, … */
  readonly names?: readonly string[];
  /**
   * `common`: the voxels that all people have; how many each lacks is said in `notes`. `same`: refuse people whose
   * voxels are not the same. Default: `common`.
   */
  readonly voxels?: "common" | "same";
}

/** Maps of people, as a list or by name. */
export type PeopleMaps = readonly RsaMaps[] | Readonly<Record<string, RsaMaps>>;

export const stackMapsNames: OptionNames<StackMapsOptions> = {
  names: texts,
  voxels: oneOf(["common", "same"]),
};

/**
 * Maps of several people in one stack: voxels by their place on the one grid of all, models by name. Voxels that
 * somebody lacks are left out, and counted by person in `notes`. Maps must be in one space: nothing is moved.
 *
 * @throws `ShapeMismatch` for maps of other grids, `ItemMismatch` for other models, `InvalidArgument` for no people,
 *   for scores of other comparisons, for pooled maps, and when no voxel is common to all.
 *
 * @example
 * import { rsaNifti, stackMaps, Rdm } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const model = new Rdm([1, 0.5, 0.2], { items: ["a", "b", "c"], name: "idea" });
 * const mapsOf = (...data: number[]) =>
 *   rsaNifti({ data: Float64Array.from(data), shape: [2, 2, 1, 3], affine }, model, { labels: ["a", "b", "c"], radiusMm: 4 });
 * const anna = await mapsOf(1, 2, 3, 3, 2, 1, 1, 3, 2, 2, 3, 1);
 * const ben = await mapsOf(1, 2, 4, 3, 2, 1, 2, 3, 2, 1, 3, 1);
 * stackMaps({ anna, ben }).observations("idea").shape; // [ 2, 4 ]
 */
export function stackMaps(people: PeopleMaps, options: StackMapsOptions = {}): MapStack {
  checkOptions(options, stackMapsNames);
  return stackNoted(people, [], options);
}

/** As {@link stackMaps}, with what is known of these people already. */
export function stackNoted(
  people: PeopleMaps,
  known: readonly string[],
  options: StackMapsOptions = {},
): MapStack {
  const all = namedPeople(people, options.names, isMaps, "maps, as rsaNifti gives them");
  const [first] = all.values;
  all.values.forEach((maps, at) => checkComparable(first, maps, all.names[at]));
  const centres = commonVoxels(all);
  const notes = lackingNotes(all, centres);
  if (options.voxels === "same" && notes.length > 0)
    throw new InvalidArgument(
      "people",
      "maps of other voxels",
      `${notes[0]}; use one mask for all`,
    );
  return new MapStack({
    scores: stacked(all.values, centres),
    people: all.names,
    modelNames: first.modelNames,
    rsaMetric: first.record.rsaMetric,
    template: first.maps()[0],
    grid: first.grid,
    centres,
    notes: [...known, ...notes],
  });
}

/** Whether a value is maps of one person. */
export function isMaps(value: unknown): value is RsaMaps {
  return value instanceof RsaMaps;
}

function checkComparable(first: RsaMaps, maps: RsaMaps, person: string): void {
  if (maps.pooled)
    throw new InvalidArgument(
      `maps of ${person}`,
      "one score of all voxels",
      "that is no map: give radiusMm, or put the scores in a table",
    );
  const metric = maps.record.rsaMetric;
  if (metric !== first.record.rsaMetric)
    throw new InvalidArgument(
      "rsaMetric",
      `${metric} of ${person}`,
      `others have ${first.record.rsaMetric}; score all people with the same comparison`,
    );
  checkSameGrid(
    first.grid,
    maps.grid,
    `map of ${person}`,
    "bring the images of all people into one space before they are scored",
  );
  const lacking = first.modelNames.filter((name) => !maps.modelNames.includes(name));
  const more = maps.modelNames.filter((name) => !first.modelNames.includes(name));
  if (lacking.length + more.length > 0)
    throw new ItemMismatch(lacking, more, `score ${person} with the same models as the others`);
}

function commonVoxels({ values }: NamedPeople<RsaMaps>): Int32Array {
  const sets = values.slice(1).map(({ centres }) => new Set(centres));
  const common = values[0].centres.filter((voxel) => sets.every((set) => set.has(voxel)));
  if (common.length > 0) return common;
  throw new InvalidArgument("people", "no voxel that all have", "take one mask for all");
}

function lackingNotes({ names, values }: NamedPeople<RsaMaps>, common: Int32Array): string[] {
  const every = new Set(values.flatMap(({ centres }) => Array.from(centres)));
  const leftOut = every.size - common.length;
  if (leftOut === 0) return [];
  const lacking = values.flatMap(({ centres }, at) =>
    centres.length === every.size ? [] : [`${names[at]} lacks ${every.size - centres.length}`],
  );
  return [
    `${leftOut} of ${every.size} voxels were left out, as not all people have them: ${lacking.join(", ")}`,
  ];
}

/** nPeople × nModels × nVoxels, models by name and voxels by number. */
function stacked(values: readonly RsaMaps[], centres: Int32Array): Float64Array {
  const { modelNames } = values[0];
  const scores = new Float64Array(values.length * modelNames.length * centres.length);
  values.forEach((maps, person) => {
    const place = new Map(Array.from(maps.centres, (voxel, at) => [voxel, at]));
    modelNames.forEach((name, m) => {
      const from = maps.modelNames.indexOf(name) * maps.centres.length;
      const to = (person * modelNames.length + m) * centres.length;
      centres.forEach(
        (voxel, at) => (scores[to + at] = maps.scores[from + (place.get(voxel) ?? NaN)]),
      );
    });
  });
  return scores;
}

import { InvalidArgument, UnknownOption } from "../core/errors.ts";
import { isRecord, record, texts } from "../core/gate/kinds.ts";
import { checkOptions, without, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";
import type { ModelItemOptions } from "../rsa/match-models.ts";
import { patchMetricLabel } from "../searchlight/patch-metric.ts";
import { eachPatchOfPeople } from "../searchlight/people-patches.ts";
import type { PatchedPatterns } from "../searchlight/patched-patterns.ts";
import { namedPeople } from "../stats/group/named-people.ts";
import { checkSameItems, type PersonItems } from "../stats/group/same-items.ts";
import { oneListNotes } from "../stats/group/one-list-notes.ts";
import { volumeLabelNames, type VolumeLabelOptions } from "../searchlight/align-volumes.ts";
import { openData, type DataSource, type FunctionalData } from "./functional-data.ts";
import { checkSameGrid } from "./grid.ts";
import { matchVolumes, type MatchedVolumes } from "../searchlight/match-volumes.ts";
import { rdmNiftiNames } from "./rdm-nifti.ts";
import { averageVolumes } from "./read-patterns.ts";
import type { RsaMapsParts, RsaRecord } from "./rsa-maps.ts";
import {
  voxelSearchlight,
  type VoxelSearchlight,
  type VoxelSearchlightOptions,
} from "./voxel-searchlight.ts";

/** Images of several people, by name. */
export interface PeopleVolumesOptions
  extends Omit<VoxelSearchlightOptions, "noise">, VolumeLabelOptions, ModelItemOptions, JobOptions {
  /** What holds for one person alone, by name: `{ anna: { labels: […] } }`. */
  readonly perPerson?: Readonly<Record<string, VolumeLabelOptions>>;
}

export const peopleVolumesNames: OptionNames<PeopleVolumesOptions> = {
  ...without(["noise"], rdmNiftiNames),
  items: true,
  modelItems: texts,
  perPerson: record((value) => checkOptions(value as VolumeLabelOptions, volumeLabelNames)),
  onProgress: true,
  jobs: true,
};

/** An image of one person, or images of several by name. */
export type PeopleVolumes =
  FunctionalData | { readonly people: Readonly<Record<string, FunctionalData>> };

/** People whose patches are the same, and the models in the order of their items. */
export interface MatchedVolumePeople {
  readonly people: readonly string[];
  readonly models: readonly Rdm[];
  /** Labels of the items in their order; undefined where nothing has labels. */
  readonly items: readonly string[] | undefined;
  readonly nItems: number;
  /** What maps of these patches are made of. */
  readonly maps: Omit<RsaMapsParts, "scores" | "modelNames" | "record">;
  readonly record: Omit<RsaRecord, "nUndefined" | "rsaMetric">;
  /** What to know of these people together. */
  readonly notes: readonly string[];
  /** The RDMs of all people in one patch after the other. Throws `Cancelled`. */
  readonly each: (
    label: string,
    use: (rdms: readonly Float64Array[], patch: number) => void,
  ) => Promise<void>;
}

/**
 * Bring images of people together: items by label, patches by voxel of the one grid.
 *
 * @param models - undefined: only people are compared with each other.
 * @throws ItemMismatch, ShapeMismatch, InvalidArgument.
 */
export async function withPeople<T>(
  given: PeopleVolumes,
  models: RdmInput | undefined,
  options: PeopleVolumesOptions,
  use: (matched: MatchedVolumePeople) => Promise<T>,
): Promise<T> {
  return openPeople(given, options, async (names, sources) =>
    use(await matched(names, sources, models, options)),
  );
}

/** The images of people, open as long as they are used. Throws `UnknownOption` for options of nobody. */
export async function openPeople<T>(
  given: PeopleVolumes,
  { perPerson = {}, signal }: Pick<PeopleVolumesOptions, "perPerson" | "signal">,
  use: (names: readonly string[], sources: readonly DataSource[]) => Promise<T>,
): Promise<T> {
  const images = isPeople(given) ? given.people : { "person 1": given };
  const { names, values } = namedPeople(images, undefined, isImage, "functional images");
  const unknown = Object.keys(perPerson).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UnknownOption("person", unknown, names);
  const sources: DataSource[] = [];
  try {
    for (const image of values) sources.push(await openData(image, signal));
    return await use(names, sources);
  } finally {
    for (const source of sources) await source.close();
  }
}

function isPeople(given: PeopleVolumes): given is Exclude<PeopleVolumes, FunctionalData> {
  return isRecord(given) && "people" in given && isRecord(given.people);
}

function isImage(value: unknown): value is FunctionalData {
  return value !== undefined && value !== null;
}

async function matched(
  names: readonly string[],
  sources: readonly DataSource[],
  models: RdmInput | undefined,
  options: PeopleVolumesOptions,
): Promise<MatchedVolumePeople> {
  const rdms = models === undefined ? undefined : toRdms(models, "models");
  const ownOf = (at: number): PeopleVolumesOptions => ({
    ...options,
    ...options.perPerson?.[names[at]],
  });
  const match = (items: PeopleVolumesOptions["items"]): MatchedVolumes[] =>
    sources.map(({ nVolumes }, at) => matchVolumes(nVolumes, rdms, { ...ownOf(at), items }));
  const first = match(options.items);
  const all = options.items === "common" ? match(commonItems(first)) : first;
  const advice = 'pass items: "common" for what all share';
  all.forEach((one, at) => checkSameItems(itemsOf(all[0]), itemsOf(one), names[at], advice));
  const searchlights = sources.map((source) => voxelSearchlight(source, options));
  searchlights.forEach((one, at) => checkSameVoxels(searchlights[0], one, names[at]));
  const [searchlight] = searchlights;
  const { alignment } = all[0];
  const sizes = searchlight.sizes();
  return {
    people: names,
    models: all[0].models,
    items: all[0].models[0]?.items ?? alignment.items,
    nItems: alignment.nItems,
    maps: {
      header: sources[0].header,
      centres: searchlight.centres,
      pooled: searchlight.pooled,
      patchSizes: sizes,
    },
    record: recordOf(sources, all, searchlight, sizes, options),
    notes: oneListNotes(names, options, options.perPerson, "volumes"),
    each: async (label, use) => {
      const patterns: PatchedPatterns[] = [];
      for (const [at, source] of sources.entries()) {
        const read = await averageVolumes(
          source,
          all[at].alignment,
          searchlights[at].voxels,
          options,
        );
        patterns.push({ ...read, shape: read.shape.slice(-2), patches: searchlights[at].patches });
      }
      await eachPatchOfPeople(patterns, options, options, label, use);
    },
  };
}

function commonItems(matched: readonly MatchedVolumes[]): readonly string[] | "all" {
  const lists = matched.map(({ models, alignment }) => models[0]?.items ?? alignment.items);
  const sets = lists.map((items) => new Set(items));
  const common = (lists[0] ?? []).filter((item) => sets.every((set) => set.has(item)));
  if (common.length >= 2 || lists.length === 1) return lists[0] === undefined ? "all" : common;
  throw new InvalidArgument(
    "items",
    "common",
    "the people share fewer than two labels; check that they are spelled the same way",
  );
}

/** The items of a person, in the order of the models. */
function itemsOf({ models, alignment }: MatchedVolumes): PersonItems {
  return { items: models[0]?.items ?? alignment.items, nItems: alignment.nItems };
}

function checkSameVoxels(first: VoxelSearchlight, one: VoxelSearchlight, person: string): void {
  const advice = "bring the images of all people into one space, and pass one brainMask";
  checkSameGrid(first.grid, one.grid, `image of ${person}`, advice);
  const same =
    first.centres.length === one.centres.length &&
    first.centres.every((v, at) => one.centres[at] === v);
  if (!same)
    throw new InvalidArgument(
      `voxels of ${person}`,
      `${one.centres.length} of them`,
      "they are not those of the first person; pass one brainMask for all",
    );
}

function recordOf(
  sources: readonly DataSource[],
  matched: readonly MatchedVolumes[],
  searchlight: VoxelSearchlight,
  sizes: Int32Array,
  options: PeopleVolumesOptions,
): MatchedVolumePeople["record"] {
  const sum = (of: (at: number) => number): number =>
    sources.reduce((total, _, at) => total + of(at), 0);
  const [{ models, alignment }] = matched;
  return {
    metric: patchMetricLabel(options.metric),
    ignoreNan: false,
    radiusMm: options.radiusMm,
    nFolds: alignment.nFolds,
    nItems: alignment.nItems,
    items: models[0]?.items ?? alignment.items,
    nVolumes: sum((at) => sources[at].nVolumes),
    nVolumesUsed: sum((at) => matched[at].alignment.nVolumesUsed),
    nVoxels: searchlight.voxels.length,
    nConstant: 0,
    nPatches: searchlight.patches.length,
    nLonePatches: sizes.filter((size) => size < 2).length,
    nEmpty: sum((at) => matched[at].alignment.nEmpty),
    readS: 0,
    scoreS: 0,
  };
}

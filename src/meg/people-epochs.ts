import { sameTimes } from "../core/times.ts";
import { InvalidArgument, ShapeMismatch, UnknownOption } from "../core/errors.ts";
import { record, texts } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";
import type { ModelItemOptions } from "../rsa/match-models.ts";
import { eachPatchOfPeople } from "../searchlight/people-patches.ts";
import type { JobOptions } from "../core/job.ts";
import { namedPeople } from "../stats/group/named-people.ts";
import { oneListNotes } from "../stats/group/one-list-notes.ts";
import { alignEpochs, itemsOfEpochs, type LabelOptions } from "./align-epochs.ts";
import { epochFoldNames, type EpochFoldOptions } from "./epoch-folds.ts";
import { Epochs } from "./epochs.ts";
import { rdmEpochsNames } from "./rdm-epochs.ts";
import { matchEpochs } from "./score-epochs.ts";
import {
  sensorSearchlight,
  type SensorSearchlight,
  type SensorSearchlightOptions,
} from "./sensor-searchlight.ts";

/** Epochs of one person, or of several as a list or by name. */
export type PeopleEpochs = Epochs | readonly Epochs[] | Readonly<Record<string, Epochs>>;

/** How epochs of several people are brought together. */
export interface PeopleEpochsOptions
  extends SensorSearchlightOptions, LabelOptions, ModelItemOptions, JobOptions {
  /** Names of the people of a list, in their order. Default: `person 1`, `person 2`, … */
  readonly names?: readonly string[];
  /** What holds for one person alone, by name: `{ anna: { labels: […] } }`. */
  readonly perPerson?: Readonly<Record<string, LabelOptions & EpochFoldOptions>>;
}

const personNames: OptionNames<LabelOptions & EpochFoldOptions> = {
  ...epochFoldNames,
  labels: rdmEpochsNames.labels,
  y: true,
  droppedAsNan: true,
};

export const peopleEpochsNames: OptionNames<PeopleEpochsOptions> = {
  ...rdmEpochsNames,
  items: true,
  modelItems: texts,
  names: texts,
  perPerson: record((value) => checkOptions(value as LabelOptions, personNames)),
  signal: true,
  onProgress: true,
  jobs: true,
};

/** People whose patches are the same, and the models in the order of their items. */
export interface MatchedPeople {
  readonly people: readonly string[];
  readonly models: readonly Rdm[];
  /** Labels of the items in their order. */
  readonly items: readonly string[];
  readonly channels: readonly string[];
  readonly times: Float64Array;
  readonly notes: readonly string[];
  /** The RDMs of all people in one patch after the other. Throws `Cancelled`. */
  each(
    job: JobOptions,
    label: string,
    use: (rdms: readonly Float64Array[], patch: number) => void,
  ): Promise<void>;
}

/**
 * Bring epochs of people together: items by label, patches by sensor and time.
 *
 * @param models - undefined: only people are compared with each other.
 * @throws ItemMismatch, ShapeMismatch, InvalidArgument.
 */
export function matchPeople(
  people: PeopleEpochs,
  models: RdmInput | undefined,
  options: PeopleEpochsOptions,
): MatchedPeople {
  const single = people instanceof Epochs ? [people] : people;
  const { names, values } = namedPeople(
    single,
    options.names,
    isEpochs,
    "Epochs, as readEpochs gives them",
  );
  checkNames(names, options.perPerson);
  const ownOf = (at: number): PeopleEpochsOptions => ({
    ...options,
    ...options.perPerson?.[names[at]],
  });
  const rdms = models === undefined ? undefined : toRdms(models, "models");
  const match = (items: PeopleEpochsOptions["items"]) =>
    values.map((epochs, at) => matchOne(epochs, rdms, { ...ownOf(at), items }));
  const first = match(options.items);
  const common = commonItems(first.map(({ alignment }) => alignment.items));
  const matched = options.items === "common" ? match(common) : first;
  matched.forEach(({ alignment }, at) =>
    checkItems(matched[0].alignment.items, alignment.items, names[at]),
  );
  const searchlights = values.map((epochs, at) =>
    sensorSearchlight(epochs, matched[at].alignment, ownOf(at)),
  );
  searchlights.forEach((one, at) => checkSamePatches(searchlights[0], one, names[at]));
  const [{ channels, times }] = searchlights;
  return {
    people: names,
    models: matched[0].models,
    items: matched[0].alignment.items,
    channels,
    times,
    notes: [
      ...oneListNotes(names, options, options.perPerson, "epochs"),
      ...notesOf(names, searchlights),
    ],
    each: async (job, label, use) => {
      const patterns = [];
      for (const searchlight of searchlights)
        patterns.push(await searchlight.readPatterns(job.signal));
      await eachPatchOfPeople(patterns, options, job, label, use);
    },
  };
}

function isEpochs(value: unknown): value is Epochs {
  return value instanceof Epochs;
}

function checkNames(names: readonly string[], perPerson: PeopleEpochsOptions["perPerson"]): void {
  const unknown = Object.keys(perPerson ?? {}).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UnknownOption("person", unknown, names);
}

function matchOne(
  epochs: Epochs,
  models: readonly Rdm[] | undefined,
  options: PeopleEpochsOptions,
) {
  if (models !== undefined) {
    const { aligned, alignment } = matchEpochs(epochs, models, options);
    return { models: aligned, alignment };
  }
  const { items } = options;
  const list = typeof items === "object" ? items : itemsOfEpochs(epochs, options, []);
  return {
    models: [],
    alignment: alignEpochs(
      epochs,
      options,
      list,
      items === "all" || items === undefined ? "error" : "drop",
    ),
  };
}

function commonItems(lists: readonly (readonly string[])[]): readonly string[] {
  const sets = lists.map((items) => new Set(items));
  const common = lists[0].filter((item) => sets.every((set) => set.has(item)));
  if (common.length >= 2 || lists.length === 1) return common;
  throw new InvalidArgument(
    "items",
    "common",
    "the people share fewer than two labels; check that they are spelled the same way",
  );
}

function checkItems(first: readonly string[], items: readonly string[], person: string): void {
  const same = first.length === items.length && first.every((item, at) => items[at] === item);
  if (same) return;
  throw new InvalidArgument(
    `items of ${person}`,
    `${items.length} of them`,
    'they are not those of the first person; pass items: "common" for what all share',
  );
}

function checkSamePatches(first: SensorSearchlight, one: SensorSearchlight, person: string): void {
  const { channels, times } = first;
  const sameSensors =
    channels.length === one.channels.length &&
    channels.every((name, at) => one.channels[at] === name);
  if (!sameSensors)
    throw new InvalidArgument(
      `sensors of ${person}`,
      `${one.channels.length} of them`,
      "they are not those of the first person, in that order; name the picks that all have",
    );
  if (!sameTimes(times, one.times))
    throw new ShapeMismatch(
      `${times.length} times from ${times[0]} s, to half a sample`,
      `${one.times.length} from ${one.times[0]} s of ${person}`,
      "give all people the same tminS, tmaxS and sampling rate",
    );
}

function notesOf(names: readonly string[], searchlights: readonly SensorSearchlight[]): string[] {
  const notes = searchlights.map(({ notes }) => notes);
  const all = [...new Set(notes.flat())];
  return all.map((note) => {
    const who = names.filter((_, at) => notes[at].includes(note));
    return who.length === names.length ? note : `${who.join(", ")}: ${note}`;
  });
}

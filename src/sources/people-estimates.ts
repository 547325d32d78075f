import { ShapeMismatch, UnknownOption } from "../core/errors.ts";
import { record, texts } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import { sameTimes } from "../core/times.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";
import type { ModelItemOptions } from "../rsa/match-models.ts";
import { eachPatchOfPeople } from "../searchlight/people-patches.ts";
import { namedPeople } from "../stats/group/named-people.ts";
import { checkSameItems, type PersonItems } from "../stats/group/same-items.ts";
import { oneListNotes } from "../stats/group/one-list-notes.ts";
import { estimateLabelNames, type EstimateLabelOptions } from "./align-estimates.ts";
import {
  matchEstimates,
  whereOf,
  type EstimateNumbers,
  type LaidEstimates,
  type Matched,
} from "./score-estimates.ts";
import { checkSameBrain } from "./same-brain.ts";
import { SourceEstimates } from "./source-estimates.ts";
import {
  sourcePatterns,
  sourceSearchlight,
  type SourceSearchlightOptions,
} from "./source-searchlight.ts";

/** Estimates of one person, or of several on one brain, as a list or by name. */
export type PeopleEstimates =
  SourceEstimates | readonly SourceEstimates[] | Readonly<Record<string, SourceEstimates>>;

/** How estimates of several people are brought together. */
export interface PeopleEstimatesOptions
  extends SourceSearchlightOptions, EstimateLabelOptions, ModelItemOptions {
  /** Names of the people of a list, in their order. Default: `person 1`, `person 2`, … */
  readonly names?: readonly string[];
  /** What holds for one person alone, by name: `{ anna: { labels: […] } }`. */
  readonly perPerson?: Readonly<Record<string, EstimateLabelOptions>>;
}

/** Names of what people have beside one estimate's options. */
export const peopleNames: OptionNames<Pick<PeopleEstimatesOptions, "names" | "perPerson">> = {
  names: texts,
  perPerson: record((value) => checkOptions(value as EstimateLabelOptions, estimateLabelNames)),
};

/** People whose patches are the same, and the models in the order of their items. */
export interface MatchedEstimates {
  readonly people: readonly string[];
  readonly models: readonly Rdm[];
  readonly items: readonly string[];
  /** What scores of these patches are made of. */
  readonly where: Omit<EstimateNumbers, "scores" | "models">;
  /** The RDMs of all people in one patch after the other. Throws `Cancelled`. */
  each(job: JobOptions, label: string, use: (rdms: readonly Float64Array[]) => void): Promise<void>;
}

/** How patches are laid over the estimates of one person. */
export type LayEstimates = (
  estimates: SourceEstimates,
  options: SourceSearchlightOptions,
) => Promise<LaidEstimates> | LaidEstimates;

/** Patches around every source, or all at once. */
async function layAround(
  estimates: SourceEstimates,
  options: SourceSearchlightOptions,
): Promise<LaidEstimates> {
  const searchlight = await sourceSearchlight(estimates, options);
  return { searchlight, where: whereOf(estimates, searchlight) };
}

/**
 * Bring estimates of people together: items by label, patches by source of the one brain.
 *
 * @param models - undefined: only people are compared with each other.
 * @param lay - default: around every source, or all at once.
 * @throws ItemMismatch, ShapeMismatch, InvalidArgument, UnknownOption.
 */
export async function matchPeopleEstimates(
  people: PeopleEstimates,
  models: RdmInput | undefined,
  options: PeopleEstimatesOptions,
  lay: LayEstimates = layAround,
): Promise<MatchedEstimates> {
  const given = people instanceof SourceEstimates ? [people] : people;
  const { names, values } = namedPeople(given, options.names, isEstimates, "estimates");
  const { perPerson = {} } = options;
  const unknown = Object.keys(perPerson).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UnknownOption("person", unknown, names);
  const rdms = models === undefined ? undefined : toRdms(models, "models");
  const ownOf = (at: number): PeopleEstimatesOptions => ({ ...options, ...perPerson[names[at]] });
  const matched = values.map((one, at) => matchEstimates(one, rdms, ownOf(at)));
  const laid: LaidEstimates[] = [];
  for (const [at, one] of values.entries()) laid.push(await lay(one, ownOf(at)));
  const searchlights = laid.map(({ searchlight }) => searchlight);
  const [first] = values;
  values.forEach((one, at) => {
    checkSameItems(itemsOf(matched[0]), itemsOf(matched[at]), names[at]);
    checkSameBrain(first, one, names[at]);
    if (!sameTimes(searchlights[0].times, searchlights[at].times))
      throw new ShapeMismatch(
        `${searchlights[0].times.length} times from ${searchlights[0].times[0]} s, to half a sample`,
        `${searchlights[at].times.length} from ${searchlights[at].times[0]} s of ${names[at]}`,
        "give all people the same tminS, tmaxS and sampling rate",
      );
  });
  const [{ alignment }] = matched;
  return {
    people: names,
    models: matched[0].models,
    items: alignment.items,
    where: {
      ...laid[0].where,
      nItems: alignment.items.length,
      notes: oneListNotes(names, options, options.perPerson, "estimates"),
    },
    each: async (job, label, use) => {
      const patterns = [];
      for (const [at, one] of values.entries())
        patterns.push(
          await sourcePatterns(one, matched[at].alignment, searchlights[at], ownOf(at)),
        );
      await eachPatchOfPeople(patterns, options, job, label, use);
    },
  };
}

function isEstimates(value: unknown): value is SourceEstimates {
  return value instanceof SourceEstimates;
}

function itemsOf({ alignment: { items } }: Matched): PersonItems {
  return { items, nItems: items.length };
}

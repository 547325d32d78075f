import { ItemMismatch, UnknownOption } from "../core/errors.ts";
import { isRecord, record, texts } from "../core/gate/kinds.ts";
import { checkOptions, jobNames, without, type OptionNames } from "../core/gate/options.ts";
import type { JobOptions } from "../core/job.ts";
import { toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { WeighedPeople } from "../rsa/weights/weigh-places.ts";
import { volumeLabelNames, type VolumeLabelOptions } from "../searchlight/align-volumes.ts";
import type { VolumeModelOptions } from "../searchlight/match-volumes.ts";
import { eachPatchOfPeople } from "../searchlight/people-patches.ts";
import { namedPeople } from "../stats/group/named-people.ts";
import { checkSameItems } from "../stats/group/same-items.ts";
import { oneListNotes } from "../stats/group/one-list-notes.ts";
import { laySurface, placesOn, type LaidSurface } from "./score-surface.ts";
import type { SurfaceSource } from "./surface-data.ts";
import type { SurfaceMapsParts } from "./surface-maps.ts";
import { surfaceSearchlightNames, type SurfaceSearchlightOptions } from "./surface-searchlight.ts";
import { vertexNames } from "./surface-vertices.ts";

/** Values on the cortex of one person, or of several by name, on one mesh. */
export type PeopleSurfaces =
  SurfaceSource | { readonly people: Readonly<Record<string, SurfaceSource>> };

/** How values on the cortex of several people are brought together. */
export interface PeopleSurfacesOptions
  extends Omit<SurfaceSearchlightOptions, "noise">, VolumeModelOptions, JobOptions {
  /** What holds for one person alone, by name: `{ anna: { labels: […] } }`. */
  readonly perPerson?: Readonly<Record<string, VolumeLabelOptions>>;
}

/** Names of these options, for the check of options. */
export const peopleSurfacesNames: OptionNames<PeopleSurfacesOptions> = {
  ...without(["noise"], surfaceSearchlightNames),
  ...volumeLabelNames,
  ...jobNames,
  items: true,
  modelItems: texts,
  perPerson: record((value) => checkOptions(value as VolumeLabelOptions, volumeLabelNames)),
};

/** People whose patches are the same, and the models in the order of their items. */
export interface MatchedSurfaces extends WeighedPeople {
  /** What scores of these patches are made of. */
  readonly where: Omit<SurfaceMapsParts, "scores" | "modelNames" | "rsaMetric">;
  /** The RDMs of all people in one patch after the other. Throws `Cancelled`. */
  each(label: string, use: (rdms: readonly Float64Array[]) => void): Promise<void>;
}

/**
 * Bring values on the cortex of people together: items by label, patches by vertex of the one mesh.
 *
 * @param models - undefined: only people are compared with each other.
 * @throws ItemMismatch, ShapeMismatch, InvalidArgument, UnknownOption.
 */
export async function matchPeopleSurfaces(
  given: PeopleSurfaces,
  models: RdmInput | undefined,
  options: PeopleSurfacesOptions,
): Promise<MatchedSurfaces> {
  const data = isPeople(given) ? given.people : { "person 1": given };
  const { names, values } = namedPeople(data, undefined, isSource, "values on the cortex");
  const { perPerson = {} } = options;
  const unknown = Object.keys(perPerson).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new UnknownOption("person", unknown, names);
  const rdms = models === undefined ? undefined : toRdms(models, "models");
  const all: LaidSurface[] = [];
  for (const [at, one] of values.entries())
    all.push(await laySurface(one, rdms, { ...options, ...perPerson[names[at]] }));
  const [first] = all;
  all.forEach((one, at) => checkSame(first, one, names[at]));
  const where = placesOn(first, options);
  const notes = [...where.notes, ...oneListNotes(names, options, options.perPerson, "volumes")];
  return {
    people: names,
    models: first.models,
    items: itemsOf(first),
    nItems: first.alignment.nItems,
    notes,
    where,
    each: (label, use) =>
      eachPatchOfPeople(
        all.map(({ patched }) => patched),
        options,
        options,
        label,
        use,
      ),
  };
}

function isPeople(given: PeopleSurfaces): given is Exclude<PeopleSurfaces, SurfaceSource> {
  return isRecord(given) && "people" in given && isRecord(given.people);
}

function isSource(value: unknown): value is SurfaceSource {
  return value !== undefined && value !== null;
}

function itemsOf({ models, alignment }: LaidSurface): readonly string[] | undefined {
  return models[0]?.items ?? alignment.items;
}

/** Throws unless a person has the items and the vertices of the first. */
function checkSame(first: LaidSurface, one: LaidSurface, person: string): void {
  const [expected, found] = [first, one].map((laid) => {
    return { items: itemsOf(laid), nItems: laid.alignment.nItems };
  });
  checkSameItems(expected, found, person);
  const [mine, theirs] = [vertexNames(first.vertices), vertexNames(one.vertices)];
  const [has, needs] = [new Set(theirs), new Set(mine)];
  const missing = mine.filter((name) => !has.has(name));
  const extra = theirs.filter((name) => !needs.has(name));
  if (missing.length + extra.length > 0)
    throw new ItemMismatch(
      missing,
      extra,
      `${person} has data at other vertices than the first; give one mask of the vertices that all have`,
    );
}

import { toRdms, type RdmInput } from "../../rdm/rdm-list.ts";
import { Rdm } from "../../rdm/rdm.ts";
import type { EachPatch, WeighedPeople } from "../../rsa/weights/weigh-places.ts";
import { patchMetricLabel } from "../../searchlight/patch-metric.ts";
import { eachPatchOfPeople } from "../../searchlight/people-patches.ts";
import { oneListNotes } from "../../stats/group/one-list-notes.ts";
import { checkSameItems, type PersonItems } from "../../stats/group/same-items.ts";
import { openPeople, type PeopleVolumes, type PeopleVolumesOptions } from "../people-volumes.ts";
import type { RsaAtlasOptions } from "./atlas-options.ts";
import type { AtlasScoresParts } from "./atlas-scores.ts";
import type { Atlas, AtlasRegion } from "./atlas.ts";
import { largeRegions, layAtlas, patchRegions, regionIn, type LaidAtlas } from "./lay-atlas.ts";

/** Images of several people, by name, under one atlas. */
export interface PeopleAtlasOptions
  extends Omit<RsaAtlasOptions, "rsaMetric" | "noise">, Pick<PeopleVolumesOptions, "perPerson"> {}

/** People whose regions are the same, and the models in the order of their items. */
export interface MatchedAtlasPeople extends WeighedPeople {
  /** The RDMs of all people in one region after the other. Throws `Cancelled`. */
  readonly each: EachPatch;
  /** For each person what scores of the regions are made of, once {@link each} has been there. */
  readonly where: () => Omit<AtlasScoresParts, "modelNames" | "rsaMetric">[];
}

/**
 * Bring images of people together under an atlas: items and regions by label.
 *
 * @param models - undefined: only people are compared with each other.
 * @throws ItemMismatch, ShapeMismatch, InvalidArgument, UnknownOption.
 */
export async function withPeopleInAtlas<T>(
  given: PeopleVolumes,
  atlas: Atlas,
  models: RdmInput | undefined,
  options: PeopleAtlasOptions,
  use: (matched: MatchedAtlasPeople) => Promise<T>,
): Promise<T> {
  const rdms = models === undefined ? undefined : toRdms(models, "models");
  return openPeople(given, options, async (names, sources) => {
    const laid: LaidAtlas[] = [];
    for (const [at, source] of sources.entries()) {
      const own = { ...options, ...options.perPerson?.[names[at]] };
      laid.push(await layAtlas(source, atlas, rdms, own));
    }
    laid.forEach((one, at) => checkSameItems(itemsOf(laid[0]), itemsOf(one), names[at]));
    return use(matched(names, laid, atlas, options));
  });
}

function itemsOf({ models, alignment }: LaidAtlas): PersonItems {
  return { items: models[0]?.items ?? alignment.items, nItems: alignment.nItems };
}

function matched(
  people: readonly string[],
  laid: readonly LaidAtlas[],
  atlas: Atlas,
  options: PeopleAtlasOptions,
): MatchedAtlasPeople {
  const large = largeRegions(atlas, laid, options);
  const found = people.map(() => new Map<AtlasRegion, Rdm>());
  const { items, nItems } = itemsOf(laid[0]);
  const metric = patchMetricLabel(options.metric);
  return {
    ...{ people, models: laid[0].models, items, nItems },
    notes: [
      ...oneListNotes(people, options, options.perPerson, "volumes"),
      ...smallNotes(people, laid, atlas, large, options),
    ],
    each: (use) => {
      const patched = laid.map((one) => patchRegions(one, large, options));
      return eachPatchOfPeople(patched, options, options, "regions", (rdms, patch) => {
        const region = large[patch];
        rdms.forEach((condensed, person) =>
          found[person].set(region, new Rdm(condensed, { items, metric, name: region.name })),
        );
        use(rdms);
      });
    },
    where: () =>
      laid.map((one, person) => ({
        regions: atlas.regions.map((region) => ({
          ...regionIn(region, one),
          rdm: found[person].get(region),
          scores: new Float64Array(0),
        })),
        absent: atlas.absent,
        header: one.source.header,
      })),
  };
}

/** Which regions nobody has weights of, and whose are too small. */
function smallNotes(
  people: readonly string[],
  laid: readonly LaidAtlas[],
  atlas: Atlas,
  large: readonly AtlasRegion[],
  { leastVoxels = 10 }: PeopleAtlasOptions,
): string[] {
  return atlas.regions.flatMap((region) => {
    if (large.includes(region)) return [];
    const whose = people.filter((_, at) => laid[at].voxelsOf(region).length < leastVoxels);
    return `${region.name} has fewer than ${leastVoxels} voxels that count in ${whose.join(", ")}: nobody has a score there`;
  });
}

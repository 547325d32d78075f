import { sameTimes } from "../core/times.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { flag, isRecord, oneOf } from "../core/gate/kinds.ts";
import { checkOptions, jobNames, type OptionNames } from "../core/gate/options.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { RdmSequence } from "../meg/rdm-sequence.ts";
import { VoxelRdms } from "../mri/voxel-rdms.ts";
import { alignRdms, type ItemChoice } from "../rdm/align-rdms.ts";
import { isRdm, toRdms, type RdmInput } from "../rdm/rdm-list.ts";
import type { Rdm } from "../rdm/rdm.ts";
import { renamed } from "../rdm/with.ts";
import { timesOf } from "../rsa/time-time/time-time-rdms.ts";
import { commonInto, comparedKnown, turnInto, type FusionBlockOptions } from "./fusion-block.ts";
import { Fusion } from "./fusion.ts";

/** MEG RDMs over time: of one person or a mean, as `rdmEpochs` gives them or in a list; or of several people by name. */
export type FusionMeg =
  RdmSequence | readonly Rdm[] | Readonly<Record<string, RdmSequence | readonly Rdm[]>>;

/** What {@link fuse} takes. */
export interface FuseOptions extends JobOptions {
  /** How two RDMs are compared: `spearman` (default) or `pearson`. */
  readonly rsaMetric?: "spearman" | "pearson";
  /** Models of which the share common to MEG, region and model is asked for. Default: none. */
  readonly models?: RdmInput;
  /** Whose variance the common share is of: that of the `meg` RDM (default) or of the `fmri` RDM; these are other numbers. */
  readonly commonOf?: "meg" | "fmri";
  /** Items are matched by label: `all` (default) refuses other sets, `common` takes what all share, a list these. */
  readonly items?: ItemChoice;
  /**
   * Leave out pairs that are `NaN` in one of two RDMs, and for a common share in one of the three. Default false: then their
   * score is `NaN`.
   */
  readonly ignoreNan?: boolean;
}

const fuseNames: OptionNames<FuseOptions> = {
  rsaMetric: oneOf(["spearman", "pearson"]),
  models: true,
  commonOf: oneOf(["meg", "fmri"]),
  items: true,
  ignoreNan: flag,
  ...jobNames,
};

/** Spheres compared at a time: their RDMs are in memory together, and MEG RDMs are ranked anew for each lot. */
const AT_ONCE = 256;
/** Of few items more are taken: their pairs in all are no more than this. */
const PAIRS_AT_ONCE = 2 ** 23;

/**
 * MEG–fMRI fusion (Cichy et al. 2014): how alike the MEG RDM of every time is to the fMRI RDM of every region, or sphere:
 * a curve a region, or a map a time. With models also the share of variance common to MEG, region and model (Hebart et al.
 * 2018): R²(region) + R²(model) − R²(both), of ranks for `spearman`; negative where one clears noise from the other.
 *
 * With people the fMRI RDMs are fixed, often a mean: a test over people (`testFusion`) speaks of other people of the MEG
 * side alone. Equal geometry is no proof of one source, and the ceiling of the MEG RDMs limits every region.
 *
 * @param meg - RDMs with `meta.timeS`; of people at the same times.
 * @param fmri - region by region, an `Rdm` with a name each; or what `rdmNifti` gives, which passes block by block.
 * @throws ItemMismatch; InvalidArgument for regions of one name, or MEG with several sensor patches; ShapeMismatch for
 *   people of other times; Cancelled.
 * @example
 * import { fuse, Rdm } from "tsrsa";
 * const items = ["a", "b", "c"];
 * const at = (timeS: number, ...d: number[]) => new Rdm(d, { items, meta: { timeS } });
 * const meg = [at(0, 3, 2, 1), at(0.1, 1, 2, 3)];
 * const fusion = await fuse(meg, [new Rdm([1, 2, 3], { items, name: "V1" })], { onProgress: false });
 * fusion.of().peak("V1").timeS; // 0.1
 */
export async function fuse(
  meg: FusionMeg,
  fmri: RdmInput | VoxelRdms,
  options: FuseOptions = {},
): Promise<Fusion> {
  checkOptions(options, fuseNames);
  const { rsaMetric = "spearman", commonOf = "meg", ignoreNan = false } = options;
  const people = await peopleOf(meg, options);
  const [{ times }] = people;
  const models =
    options.models === undefined ? [] : named(toRdms(options.models, "models"), "model");
  const spheres = fmri instanceof VoxelRdms ? fmri : undefined;
  const regions = spheres === undefined ? named(toRdms(fmri as RdmInput, "fmri"), "region") : [];
  const first = spheres?.first() ?? regions[0];
  const sample = [...people.flatMap(({ rdms }) => rdms), first, ...regions.slice(1), ...models];
  const aligned = alignRdms(sample, options.items ?? "all");
  const items = aligned[0].items;
  const choice = items ?? "all";
  const nRegions = spheres?.length ?? regions.length;
  const size = nRegions * times.length;
  const scores = new Float64Array(people.length * size).fill(NaN);
  const common = models.map(() => new Float64Array(people.length * size).fill(NaN));
  const how: FusionBlockOptions = {
    ...{ signal: options.signal, jobs: options.jobs, method: rsaMetric, items: choice },
    ...{ ignoreNan, commonOf },
  };
  const ofMeg: Float64Array[] = [];
  for (const { rdms } of people) ofMeg.push(await comparedKnown(rdms, models, how));
  const atOnce = Math.max(AT_ONCE, Math.floor(PAIRS_AT_ONCE / first.condensed.length));
  const line = reporter(options, "fusion", nRegions);
  const pause = pauses(options.signal, "fusion");
  let from = 0;
  for await (const block of lotsOf(spheres ?? regions, atOnce, options)) {
    const ofBlock = await comparedKnown(block, models, how);
    for (const [p, { rdms }] of people.entries()) {
      const found = await comparedKnown(rdms, block, how);
      const at = p * size + from * times.length;
      turnInto(scores, at, found, times.length, block.length);
      const ofModels = { models, megModel: ofMeg[p], regionModel: ofBlock };
      for (const m of models.keys())
        await commonInto(common[m], at, { meg: rdms, block, found, ...ofModels }, m, how, pause);
    }
    from += block.length;
    line.update(from);
    if (pause.due()) await pause.turn();
  }
  line.finish();
  const undefinedCount = scores.filter(Number.isNaN).length;
  return new Fusion({
    scores,
    common,
    people: people.map(({ name }) => name),
    regions:
      spheres === undefined
        ? regions.map(({ name }) => name ?? "")
        : Array.from(spheres.centres, (voxel) => `voxel ${voxel}`),
    models: models.map(({ name }) => name ?? ""),
    times,
    rsaMetric,
    nItems: aligned[0].nItems,
    notes:
      undefinedCount === 0
        ? []
        : [`${undefinedCount} of ${scores.length} scores are not defined (NaN)`],
    ...(spheres === undefined ? {} : { space: { grid: spheres.grid, centres: spheres.centres } }),
  });
}

/** Regions in lots; spheres are computed on all threads as they come. */
async function* lotsOf(
  fmri: readonly Rdm[] | VoxelRdms,
  atOnce: number,
  { signal, jobs }: JobOptions,
): AsyncGenerator<readonly Rdm[]> {
  let lot: Rdm[] = [];
  for await (const rdm of fmri instanceof VoxelRdms ? fmri.each({ signal, jobs }) : fmri) {
    lot.push(rdm);
    if (lot.length < atOnce) continue;
    yield lot;
    lot = [];
  }
  if (lot.length > 0) yield lot;
}

interface MegOfPerson {
  readonly name: string;
  readonly rdms: readonly Rdm[];
  readonly times: Float64Array;
}

async function peopleOf(meg: FusionMeg, options: JobOptions): Promise<MegOfPerson[]> {
  const single = meg instanceof RdmSequence || Array.isArray(meg);
  if (!single && !isRecord(meg))
    throw new InvalidArgument("meg", meg, "give RDMs over time, or { name: RDMs } of people");
  const entries = single
    ? [["mean", meg] as const]
    : Object.entries(meg as Readonly<Record<string, RdmSequence | readonly Rdm[]>>);
  if (entries.length === 0)
    throw new InvalidArgument("meg", "nobody", "give RDMs over time of one person or more");
  const people: MegOfPerson[] = [];
  for (const [name, given] of entries) {
    const rdms = await rdmsOf(given as RdmSequence | readonly Rdm[], name, options);
    people.push({ name, rdms, times: timesOf(rdms, `meg of ${name}`) });
  }
  people.forEach((person) => checkTimes(people[0], person));
  return people;
}

async function rdmsOf(
  given: RdmSequence | readonly Rdm[],
  name: string,
  options: JobOptions,
): Promise<readonly Rdm[]> {
  if (!(given instanceof RdmSequence)) {
    const rdms = toRdms(given, `meg of ${name}`);
    if (Array.from(given).every(isRdm)) return rdms;
    throw new InvalidArgument(
      `meg of ${name}`,
      "no RDMs",
      "give what rdmEpochs gives, or a list of Rdm",
    );
  }
  if (given.shape[0] !== 1)
    throw new InvalidArgument(
      `meg of ${name}`,
      `${given.shape[0]} sensor patches`,
      "fuse one at a time: leave out spatialRadiusM, or name picks",
    );
  return given.toArray(options);
}

function checkTimes(first: MegOfPerson, { name, times }: MegOfPerson): void {
  if (sameTimes(first.times, times)) return;
  throw new ShapeMismatch(
    `${first.times.length} times from ${first.times[0]} s, to half a step`,
    `${times.length} from ${times[0]} s of ${name}`,
    "give all people the same windows",
  );
}

/** RDMs under names of their own. Throws `InvalidArgument` for two of one name. */
function named(rdms: readonly Rdm[], kind: string): readonly Rdm[] {
  const all = rdms.map((rdm, at) =>
    rdm.name === undefined ? renamed(rdm, `${kind} ${at + 1}`) : rdm,
  );
  const names = all.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return all;
  throw new InvalidArgument(
    `${kind}s`,
    `two called ${twice}`,
    "give each a name of its own with renamed(rdm, name)",
  );
}

import { either, finite, flag, object, text, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, MissingFile, ShapeMismatch } from "../../core/errors.ts";
import { openBids, type BidsData, type BidsRun, type BidsRunQuery } from "../../io/bids/index.ts";
import { readNifti } from "../../io/nifti/index.ts";
import { readTsv } from "../../table/read-tsv.ts";
import type { GlmRun } from "../glm/index.ts";
import type { FunctionalData } from "../functional-data.ts";
import { readVertexSeries } from "../vertices/index.ts";
import { intersectMasks, makeMask, type VoxelMask } from "../masks.ts";
import { readConfounds, type ReadConfoundsOptions } from "../read-confounds.ts";

/** What of a run is read beside its volumes. */
export interface ReadBidsRunsOptions {
  /** Which confounds; see {@link readConfounds}. Default: none. */
  readonly confounds?: ReadConfoundsOptions;
  /** Masks of the brain: the voxels of all runs (default), or none where there are none. */
  readonly masks?: boolean;
  /** Of CIFTI runs the part that is read, as `CORTEX_LEFT`. */
  readonly structure?: string;
  /** Seconds from volume to volume where no file says it. */
  readonly tr?: number;
  /** To which moment of a volume slices were shifted, as a share of `tr`, where no file says it. */
  readonly sliceTimeRef?: number;
}

/** Runs of one person, ready for `firstLevel` and `trialBetas`. */
export interface BidsGlmRuns {
  readonly runs: readonly GlmRun[];
  /** The voxels that are in the masks of all runs. */
  readonly mask: VoxelMask | undefined;
  /** Where each run was found. */
  readonly found: readonly BidsRun[];
}

const optionNames: OptionNames<ReadBidsRunsOptions> = {
  confounds: object,
  masks: flag,
  structure: text,
  tr: finite,
  sliceTimeRef: finite,
};

const isData = either(text, thing("a data set, as openBids gives it, or its folder", "runs"));

/**
 * The runs of one person from a data set in BIDS, each with its events, confounds, repetition time and moment of its
 * slices: `firstLevel(runs, { mask })` and `trialBetas(runs, { mask })` take them. Volumes are not read; runs on surfaces
 * are (see {@link readVertexSeries}).
 *
 * @param data - a data set, or its folder.
 * @param query - which runs; see `runs` of {@link openBids}.
 * @throws InvalidArgument for runs of several people, and as `runs`; MissingFile saying which events, confounds, masks
 *   or images are not there and where they were looked for; ShapeMismatch for runs of different repetition times.
 * @example
 * import { openBids, readBidsRuns, trialBetas } from "tsrsa";
 * async function patternsOf(folder: string) {
 *   const query = { subject: "01", task: "objects", space: "MNI152NLin2009cAsym" };
 *   const { runs, mask } = await readBidsRuns(folder, query, { confounds: { strategy: "motion6" } });
 *   return trialBetas(runs, { mask, item: "stim_file" });
 * }
 */
export async function readBidsRuns(
  data: BidsData | string,
  query: BidsRunQuery,
  options: ReadBidsRunsOptions = {},
): Promise<BidsGlmRuns> {
  isData(data, "data");
  checkOptions(options, optionNames);
  const opened = typeof data === "string" ? await openBids(data) : data;
  const found = await opened.runs(query);
  checkPerson(found);
  const needed = ["image", "events", ...(options.confounds === undefined ? [] : ["confounds"])];
  for (const run of found) refuseMissing(run, needed);
  checkTimes(found, options.tr);
  const runs = await Promise.all(found.map((run) => glmRun(run, options, sessionsDiffer(found))));
  return {
    runs,
    mask: options.masks === false ? undefined : await commonMask(found),
    found,
  };
}

function checkPerson(found: readonly BidsRun[]): void {
  const people = [...new Set(found.map(({ subject }) => subject))];
  const tasks = [...new Set(found.map(({ task }) => String(task)))];
  if (people.length === 1 && tasks.length === 1) return;
  if (people.length === 0)
    throw new InvalidArgument("query", "no run", "see with overview() what the data set has");
  const [word, values] = people.length > 1 ? ["subject", people] : ["task", tasks];
  throw new InvalidArgument(
    word,
    values.slice(0, 40).join(", "),
    `a model is of one ${word}: choose it with ${word}: ${JSON.stringify(values[0])}`,
  );
}

function refuseMissing({ missing, notes, bold }: BidsRun, needed: readonly string[]): void {
  const at = missing.findIndex((kind) => needed.includes(kind));
  if (at < 0) return;
  const way = missing[at] === "mask" ? "; take all voxels with masks: false" : "";
  throw new MissingFile(`of ${missing[at]} for ${bold}`, `${notes[at]}${way}`);
}

function sessionsDiffer(found: readonly BidsRun[]): boolean {
  return new Set(found.map(({ session }) => session)).size > 1;
}

async function glmRun(
  found: BidsRun,
  options: ReadBidsRunsOptions,
  withSession: boolean,
): Promise<GlmRun> {
  const { confounds } = options;
  const tr = found.repetitionTimeS ?? options.tr;
  if (tr === undefined) refuseNoTime(found);
  const sliceTimeRef = sliceTimeRefOf(found, tr, options.sliceTimeRef);
  return {
    image: await imageOf(found, options),
    events: await readTsv(found.events ?? ""),
    ...(confounds !== undefined && {
      confounds: await readConfounds(found.confounds ?? "", confounds),
    }),
    ...(tr !== undefined && { tr }),
    sliceTimeRef,
    name: nameOf(found, withSession),
  };
}

const isOfVertices = (file: string): boolean => /\.(gii|dtseries\.nii)$/.test(file);

/** A header alone is believed of CIFTI, which has a unit; 1 in that of an image is what programs write who do not know it. */
function refuseNoTime({ bold, metadata }: BidsRun): void {
  const said = ["RepetitionTime", "VolumeTiming"].filter((key) => metadata[key] !== undefined);
  if (said.length === 0 && isOfVertices(bold)) return;
  throw new InvalidArgument(
    "tr",
    undefined,
    said.length === 0
      ? `neither a sidecar nor the header of ${bold} says the seconds from volume to volume; give tr`
      : `the sidecar of ${bold} has no RepetitionTime that is a number (it has ${said.join(", ")}); correct it, or give tr`,
  );
}

/** Volumes are read later, from their file; time courses of vertices now. */
function imageOf({ bold }: BidsRun, { structure }: ReadBidsRunsOptions): Promise<FunctionalData> {
  if (!isOfVertices(bold)) return Promise.resolve(bold);
  return readVertexSeries(bold, structure === undefined ? {} : { structure });
}

function sliceTimeRefOf(
  { startTimeS, metadata, bold }: BidsRun,
  tr: number | undefined,
  said: number | undefined,
): number {
  if (startTimeS === 0) return 0;
  if (startTimeS !== null && tr !== undefined) return startTimeS / tr;
  if (said !== undefined) return said;
  if (startTimeS === null && metadata.SliceTimingCorrected !== true) return 0;
  throw new InvalidArgument(
    "sliceTimeRef",
    undefined,
    startTimeS === null
      ? `slices of ${bold} were shifted in time and its sidecar has no StartTime; say to which moment: fMRIPrep shifts to the middle, sliceTimeRef: 0.5`
      : `the sidecar of ${bold} has a StartTime but no RepetitionTime; give tr`,
  );
}

/** What tells the runs of one person and task apart. */
function nameOf({ run, entities }: BidsRun, withSession: boolean): string {
  const more = ["acq", "ce", "dir", "mod"].flatMap((key) => entities[key] ?? []);
  const session = withSession ? [`ses-${entities.ses ?? "none"}`] : [];
  return [...session, ...more, run ?? "1"].join("_");
}

function checkTimes(found: readonly BidsRun[], said: number | undefined): void {
  const times = found.map(({ repetitionTimeS }) => repetitionTimeS ?? said ?? 0);
  times.forEach((tr, at) => {
    if (Math.abs(tr - times[0]) <= 1e-3) return;
    throw new ShapeMismatch(
      `runs of one repetition time, ${times[0]} s as ${found[0].bold}`,
      `${tr} s in ${found[at].bold}`,
      "fit them apart, or choose runs of one",
    );
  });
}

/** The voxels in the masks of all runs; undefined for what has none: recorded volumes and surfaces. */
async function commonMask(found: readonly BidsRun[]): Promise<VoxelMask | undefined> {
  for (const run of found) refuseMissing(run, ["mask"]);
  const paths = [...new Set(found.flatMap(({ mask }) => mask ?? []))];
  if (paths.length === 0) return undefined;
  const [first, ...others] = await Promise.all(paths.map((path) => readNifti(path)));
  return others.length === 0 ? makeMask(first) : intersectMasks(first, ...others);
}

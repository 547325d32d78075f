import { bytesOf } from "#platform/files";
import { confoundsOf, eventsOf, maskOf, parcellationOf, recordOf } from "./companions.ts";
import type { BidsTree } from "./bids-tree.ts";
import { resolutionOf } from "./choose.ts";
import { inheritedMetadata } from "./inheritance.ts";
import type { Metadata } from "./read-json.ts";
import {
  agreedTime,
  imageTimes,
  numberIn,
  saysNoTime,
  startTime,
  type ImageTimes,
} from "./run-times.ts";
import type { BidsFile, BidsMissing, BidsRun } from "./types.ts";

/** What a run is looked up in. */
export interface RunContext {
  /** The data set of the image. */
  readonly tree: BidsTree;
  readonly raw: BidsTree | undefined;
  /** Files of the subject in both. */
  readonly files: readonly BidsFile[];
  readonly recorded: readonly BidsFile[];
}

const none: ImageTimes = { nVolumes: 0, repetitionTimeS: null };

/** One image with the files that belong to it. Throws `ShapeMismatch` for repetition times that differ. */
export async function describeRun(image: BidsFile, context: RunContext): Promise<BidsRun> {
  const { tree, raw, files, recorded } = context;
  const isRaw = image.pipeline === "raw";
  const record = isRaw ? image : recordOf(recorded, image);
  const events = await eventsOf([raw, isRaw ? undefined : tree], image, record);
  const isVolume = /^\.nii(\.gz)?$/.test(image.extension);
  const isThere = (await bytesOf(image.path)) > 0;
  const header = isVolume && isThere ? await imageTimes(image.path) : none;
  const metadata = await inheritedMetadata(tree, image);
  const mask = maskOf(files, image);
  const confounds = confoundsOf(files, image);
  const missing = [
    ...(isThere ? [] : ["image" as const]),
    ...(mask !== undefined || isRaw || !isVolume ? [] : ["mask" as const]),
    ...(confounds !== undefined || isRaw ? [] : ["confounds" as const]),
    ...(events !== undefined ? [] : ["events" as const]),
  ];
  return {
    ...identity(image),
    mask: mask?.path ?? null,
    confounds: confounds?.path ?? null,
    events: events?.path ?? null,
    raw: record?.path ?? null,
    ...(await regionsOf(image, context)),
    metadata,
    ...(await times(image, metadata, header, record, context)),
    missing,
    notes: missing.map((kind) => wordsOf(kind, image, context)),
  };
}

function identity(image: BidsFile) {
  const { entities, pipeline, path } = image;
  const orNull = (key: string): string | null =>
    Object.hasOwn(entities, key) ? entities[key] : null;
  const resolution = resolutionOf(image);
  return {
    subject: entities.sub,
    session: orNull("ses"),
    task: orNull("task"),
    run: orNull("run"),
    space: orNull("space"),
    resolution: resolution === "none" ? null : resolution,
    hemisphere: orNull("hemi"),
    pipeline,
    entities,
    bold: path,
  };
}

async function regionsOf(image: BidsFile, { tree, files }: RunContext) {
  const found = parcellationOf(files, image);
  const names = (await tree.level("")).find(
    ({ suffix, extension, entities }) =>
      suffix === "dseg" && extension === ".tsv" && entities.desc === "aparcaseg",
  );
  return {
    parcellation: found?.path ?? null,
    parcellationNames: found === undefined ? null : (names?.path ?? null),
  };
}

async function times(
  image: BidsFile,
  metadata: Metadata,
  header: ImageTimes,
  record: BidsFile | undefined,
  { raw }: RunContext,
) {
  const recorded =
    raw === undefined || record === undefined ? {} : await inheritedMetadata(raw, record);
  const sidecars = [
    { where: `the sidecar of ${image.path}`, seconds: numberIn(metadata, "RepetitionTime") },
    {
      where: `the sidecar of ${record?.path ?? ""}`,
      seconds: numberIn(recorded, "RepetitionTime"),
    },
  ];
  const inHeader = { where: `the header of ${image.path}`, seconds: header.repetitionTimeS };
  const isUnclear = [metadata, recorded].some(saysNoTime) && agreedTime(sidecars) === null;
  return {
    repetitionTimeS: isUnclear ? null : agreedTime([...sidecars, inHeader]),
    startTimeS: startTime(metadata),
    nVolumes: header.nVolumes > 0 ? header.nVolumes : null,
  };
}

function wordsOf(kind: BidsMissing, { path, folder }: BidsFile, { tree, raw }: RunContext): string {
  const where = `${tree.root}/${folder}`;
  if (kind === "image")
    return `${path} is empty, or a link to what is not here: fetch its content (datalad get, git annex get)`;
  if (kind === "mask")
    return `no …_desc-brain_mask.nii.gz of the same scan, space and resolution in ${where}`;
  if (kind === "confounds")
    return `no …_desc-confounds_timeseries.tsv (or _regressors.tsv) of the same scan in ${where}`;
  return raw === undefined
    ? `no …_events.tsv in ${where} and above; events lie with what was recorded: open with { raw, derivatives }`
    : `no …_events.tsv of the same scan in ${raw.root}/${folder} and above`;
}

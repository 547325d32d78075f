import { numbers } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { readChannels } from "./channels.ts";
import { blockKind, describeBlock, tagKind } from "./constants.ts";
import { readBaseline, timesOf } from "./epochs-part.ts";
import { optional, readInfo, readSamplingRate } from "./info.ts";
import { applyProjector, makeProjector, withActiveProjections } from "./projector.ts";
import { checkIndices, pickChannels, openFifEpochsNames } from "./read-epochs.ts";
import type { FifReadOptions } from "./read-epochs.ts";
import { findBlocks, findTag, needBlock, needTag, withFif } from "./tree.ts";
import type { FifBlock, FifFile } from "./tree.ts";
import { decodeNumbers, fault, readInt, readNumber, readString } from "./values.ts";
import type { FifNumbers } from "./values.ts";
import type { FifEvoked, FifInfo } from "./types.ts";

const average = 100;
const standardError = 101;
const mostSamples = 2 ** 28;

/** Which channels of an evoked to read, by index, in the order wanted. Default: all. */
export interface FifEvokedsSelection {
  readonly channels?: readonly number[];
}

const readFifEvokedsNames: OptionNames<FifReadOptions & FifEvokedsSelection> = {
  ...openFifEpochsNames,
  channels: numbers,
};

/**
 * All averages (and standard errors) in an `-ave.fif` file of MNE-Python. Agrees with `mne.read_evokeds`.
 * Throws `MissingFile`, `FileFormatError`, `InvalidArgument`.
 *
 * @example
 * ```ts
 * import { readFifEvokeds } from "tsrsa/io";
 * const comments = async (path: string) => (await readFifEvokeds(path)).map(({ comment }) => comment);
 * ```
 */
export async function readFifEvokeds(
  input: FileInput,
  options: FifReadOptions & FifEvokedsSelection = {},
): Promise<FifEvoked[]> {
  checkOptions(options, readFifEvokedsNames);
  return withFif(input, async (file) => {
    const measurement = needBlock(file, file.root, blockKind.measurement);
    needBlock(file, measurement, blockKind.evoked);
    const info = readInfo(file);
    const evokeds: FifEvoked[] = [];
    for (const block of findBlocks(measurement, blockKind.evoked)) {
      const evoked = await readEvoked(file, block, localInfo(file, block, info));
      evokeds.push(pick(project(file, evoked, options), options.channels));
    }
    return evokeds;
  });
}

async function readEvoked(file: FifFile, block: FifBlock, info: FifInfo): Promise<FifEvoked> {
  const aspect = aspectOf(file, block);
  const { data, imaginary, shape } = await readSignals(file, aspect, info.channels.length);
  const nTimes = shape[1];
  const aspectKind = readInt(file, needTag(file, aspect, tagKind.aspectKind));
  const nave = optional(findTag(aspect, tagKind.averages), (tag) => readInt(file, tag)) ?? 1;
  const comment = findTag(aspect, tagKind.comment) ?? findTag(block, tagKind.comment);
  calibrate(data, info, nTimes);
  if (imaginary !== undefined) calibrate(imaginary, info, nTimes);
  return {
    info,
    comment: comment === undefined ? "No comment" : readString(file, comment),
    kind: kindName(aspectKind),
    aspectKind,
    nave,
    ...readTimes(file, block, info.sfreq, nTimes),
    baseline: readBaseline(file, block),
    data,
    imaginary,
    shape: [info.channels.length, nTimes],
  };
}

function kindName(aspectKind: number): FifEvoked["kind"] {
  if (aspectKind === average) return "average";
  return aspectKind === standardError ? "standard_error" : "other";
}

function aspectOf(file: FifFile, block: FifBlock): FifBlock {
  const plain = findBlocks(block, blockKind.aspect);
  const aspects = [...plain, ...findBlocks(block, blockKind.shieldedAspect)];
  if (aspects.length === 1) return aspects[0];
  const expected = `one ${describeBlock(blockKind.aspect)}`;
  throw new FileFormatError(file.name, "evoked", expected, `${aspects.length}`);
}

// Some files describe the channels of each evoked anew.
function localInfo(file: FifFile, block: FifBlock, info: FifInfo): FifInfo {
  const count = findTag(block, tagKind.channelCount);
  if (count === undefined) return info;
  const { channels, rename } = readChannels(file, block, readInt(file, count));
  const rate = findTag(block, tagKind.samplingRate);
  const sfreq = rate === undefined ? info.sfreq : readSamplingRate(file, block);
  return { ...info, channels, bads: info.bads.map(rename), sfreq };
}

// One matrix; or, in old files, a tag of samples for each channel.
async function readSignals(
  file: FifFile,
  aspect: FifBlock,
  nChannels: number,
): Promise<FifNumbers> {
  const tags = aspect.tags.filter((tag) => tag.kind === tagKind.epoch);
  if (tags.length !== 1 && tags.length !== nChannels)
    throw new FileFormatError(
      file.name,
      "evoked data",
      `one matrix, or a row for each of ${nChannels} channels`,
      `${tags.length} tags`,
    );
  const rows: FifNumbers[] = [];
  for (const tag of tags) {
    if (tag.size > mostSamples * 8) throw fault(file, tag, "at most 2 GiB", `${tag.size} bytes`);
    file.budget.take(tag.size, "data of an evoked");
    rows.push(decodeNumbers(file, tag, await file.source.read(tag.position, tag.size)));
  }
  const numbers = tags.length === 1 ? oneMatrix(rows[0], nChannels) : stack(rows);
  if (numbers?.shape[0] === nChannels && numbers.shape[1] > 0) return numbers;
  const shapes = rows.map(({ shape }) => `(${shape.join(", ")})`);
  throw fault(file, tags[0], `${nChannels} channels × samples`, shapes.slice(0, 3).join(" "));
}

function oneMatrix(numbers: FifNumbers, nChannels: number): FifNumbers | undefined {
  const { shape, data } = numbers;
  // A single channel may be stored upright or lying.
  const lying = nChannels === 1 && (shape.length === 1 || shape[1] === 1);
  if (lying) return { ...numbers, shape: [1, data.length] };
  return shape.length === 2 ? numbers : undefined;
}

function stack(rows: readonly FifNumbers[]): FifNumbers | undefined {
  const width = rows[0].data.length;
  const complex = rows[0].imaginary !== undefined;
  if (rows.some((row) => row.data.length !== width || (row.imaginary !== undefined) !== complex))
    return undefined;
  const join = (parts: readonly Float64Array[]) => {
    const all = new Float64Array(rows.length * width);
    parts.forEach((part, i) => all.set(part, i * width));
    return all;
  };
  const imaginary = rows.flatMap((row) => row.imaginary ?? []);
  return {
    data: join(rows.map((row) => row.data)),
    imaginary: complex ? join(imaginary) : undefined,
    shape: [rows.length, width],
  };
}

function calibrate(data: Float64Array, info: FifInfo, nTimes: number): void {
  info.channels.forEach(({ cal }, row) => {
    for (let t = row * nTimes; t < (row + 1) * nTimes; t++) data[t] *= cal;
  });
}

function readTimes(file: FifFile, block: FifBlock, sfreq: number, nTimes: number) {
  const int = (kind: number) => optional(findTag(block, kind), (tag) => readInt(file, tag));
  const firstTime = optional(findTag(block, tagKind.firstTime), (tag) => readNumber(file, tag));
  const count = int(tagKind.sampleCount);
  const first = int(tagKind.firstSample) ?? Math.round((firstTime ?? NaN) * sfreq);
  const last = int(tagKind.lastSample) ?? first + nTimes - 1;
  const declared = firstTime !== undefined && count !== undefined ? count : last - first + 1;
  if (declared !== nTimes || !Number.isFinite(first) || !Number.isFinite(firstTime ?? 0))
    throw new FileFormatError(
      file.name,
      "samples of an evoked",
      `${declared}, as its times say`,
      `${nTimes}`,
    );
  if (firstTime === undefined || count === undefined)
    return { firstSample: first, lastSample: last, times: timesOf(first, last, sfreq) };
  const times = Float64Array.from({ length: nTimes }, (_, i) => firstTime + i / sfreq);
  return { firstSample: first, lastSample: last, times };
}

function project(file: FifFile, evoked: FifEvoked, options: FifReadOptions): FifEvoked {
  if (options.applyProjections === false) return evoked;
  const projector = makeProjector(file.name, evoked.info);
  const nTimes = evoked.shape[1];
  if (projector !== undefined) {
    applyProjector(projector, evoked.data, nTimes);
    if (evoked.imaginary !== undefined) applyProjector(projector, evoked.imaginary, nTimes);
  }
  return { ...evoked, info: withActiveProjections(evoked.info) };
}

function pick(evoked: FifEvoked, channels: readonly number[] | undefined): FifEvoked {
  if (channels === undefined) return evoked;
  const [nChannels, nTimes] = evoked.shape;
  checkIndices("channels", channels, nChannels);
  const take = (values: Float64Array) => {
    const taken = new Float64Array(channels.length * nTimes);
    channels.forEach((c, i) =>
      taken.set(values.subarray(c * nTimes, (c + 1) * nTimes), i * nTimes),
    );
    return taken;
  };
  return {
    ...evoked,
    info: pickChannels(evoked.info, channels),
    data: take(evoked.data),
    imaginary: evoked.imaginary === undefined ? undefined : take(evoked.imaginary),
    shape: [channels.length, nTimes],
  };
}

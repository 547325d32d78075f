import { flag, numbers } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { FileInput } from "../../core/byte-source.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { readEpochsData } from "./epochs-data.ts";
import { takeRows } from "./metadata.ts";
import { makeProjector, withActiveProjections } from "./projector.ts";
import { closeParts, joinHeaders, openEpochsParts } from "./split-files.ts";
import type { FifEpochs, FifEpochsHeader } from "./types.ts";
import { timesOf } from "./epochs-part.ts";

/** How to read data. */
export interface FifReadOptions {
  /** Apply the projections that the file holds but the data lack, as MNE-Python does. Default: true. */
  readonly applyProjections?: boolean;
  /** Ends what is fetched of a file on a server, as long as it is open. */
  readonly signal?: AbortSignal;
}

/** Which epochs, channels and samples to read, in the order wanted. Default: all. */
export interface FifEpochsSelection {
  /** Indices of channels. */
  readonly channels?: readonly number[];
  /** Indices of samples: from the first up to but without the last. */
  readonly samples?: readonly [first: number, last: number];
  /** Indices of epochs. */
  readonly epochs?: readonly number[];
  readonly signal?: AbortSignal;
}

/** An open epochs file: everything but the data is known, and any part of the data can be read. */
export interface FifEpochsReader extends FifEpochsHeader {
  readonly nEpochs: number;
  /** Throws `InvalidArgument` for indices that do not exist, `FileFormatError`, or `Cancelled`. */
  read(selection?: FifEpochsSelection): Promise<FifEpochs>;
  close(): Promise<void>;
}

export const openFifEpochsNames: OptionNames<FifReadOptions> = {
  applyProjections: flag,
  signal: true,
};

/**
 * Open an epochs file of MNE-Python (`-epo.fif`, packed or not, split or not) without reading its data.
 * Throws `MissingFile` or `FileFormatError`.
 *
 * @example
 * ```ts
 * import { openFifEpochs } from "tsrsa/io";
 * async function firstGradiometer(path: string) {
 *   const reader = await openFifEpochs(path);
 *   const channel = reader.info.channels.findIndex(({ type }) => type === "grad");
 *   const { data } = await reader.read({ channels: [channel] });
 *   await reader.close();
 *   return data;
 * }
 * ```
 */
export async function openFifEpochs(
  input: FileInput,
  options: FifReadOptions = {},
): Promise<FifEpochsReader> {
  checkOptions(options, openFifEpochsNames);
  const parts = await openEpochsParts(input, options.signal);
  try {
    const joined = joinHeaders(parts);
    const apply = options.applyProjections ?? true;
    const projector = apply ? makeProjector(parts[0].file.name, joined.info) : undefined;
    const header = { ...joined, info: apply ? withActiveProjections(joined.info) : joined.info };
    const nEpochs = parts.reduce((n, part) => n + part.nEpochs, 0);
    const read = async (selection: FifEpochsSelection = {}): Promise<FifEpochs> => {
      const wanted = checkSelection(header, nEpochs, selection);
      const { data, imaginary } = await readEpochsData(parts, wanted, projector);
      return { ...select(header, selection), data, imaginary, shape: shapeOf(wanted) };
    };
    return { ...header, nEpochs, read, close: () => closeParts(parts) };
  } catch (error) {
    await closeParts(parts);
    throw error;
  }
}

const readFifEpochsNames: OptionNames<FifReadOptions & FifEpochsSelection> = {
  ...openFifEpochsNames,
  channels: numbers,
  samples: numbers,
  epochs: numbers,
};

/**
 * Read an epochs file of MNE-Python, or the epochs, channels and samples of it that are asked for; nothing else is
 * read. Agrees with `mne.read_epochs`. Throws `MissingFile`, `FileFormatError`, `InvalidArgument`.
 *
 * @example
 * ```ts
 * import { readFifEpochs } from "tsrsa/io";
 * const firstSecond = (path: string) => readFifEpochs(path, { samples: [0, 220] });
 * ```
 */
export async function readFifEpochs(
  input: FileInput,
  options: FifReadOptions & FifEpochsSelection = {},
): Promise<FifEpochs> {
  checkOptions(options, readFifEpochsNames);
  const { applyProjections, ...selection } = options;
  const reader = await openFifEpochs(input, { applyProjections, signal: selection.signal });
  try {
    return await reader.read(selection);
  } finally {
    await reader.close();
  }
}

interface Wanted {
  readonly epochs: readonly number[];
  readonly channels: readonly number[];
  readonly first: number;
  readonly last: number;
  readonly signal: AbortSignal | undefined;
}

function checkSelection(
  header: FifEpochsHeader,
  nEpochs: number,
  { epochs, channels, samples, signal }: FifEpochsSelection,
): Wanted {
  const nTimes = header.times.length;
  const [first, last] = samples ?? [0, nTimes];
  const whole = Number.isInteger(first) && Number.isInteger(last);
  if (!whole || first < 0 || last <= first || last > nTimes)
    throw new InvalidArgument(
      "samples",
      `[${first}, ${last}]`,
      `give two whole numbers, the first below the last, from 0 to ${nTimes}`,
    );
  return {
    epochs: checkIndices("epochs", epochs, nEpochs),
    channels: checkIndices("channels", channels, header.info.channels.length),
    first,
    last,
    signal,
  };
}

/** Indices that exist; all of them by default. Throws `InvalidArgument`. */
export function checkIndices(
  argument: string,
  indices: readonly number[] | undefined,
  length: number,
): readonly number[] {
  if (indices === undefined) return Array.from({ length }, (_, i) => i);
  const wrong = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= length);
  if (wrong === undefined) return indices;
  throw new InvalidArgument(argument, wrong, `give indices from 0 to ${length - 1}`);
}

function shapeOf({ epochs, channels, first, last }: Wanted): [number, number, number] {
  return [epochs.length, channels.length, last - first];
}

// The header of the epochs, channels and samples read.
function select(header: FifEpochsHeader, selection: FifEpochsSelection): FifEpochsHeader {
  const timed = selection.samples === undefined ? header : crop(header, selection.samples);
  const picked =
    selection.channels === undefined
      ? timed
      : { ...timed, info: pickChannels(timed.info, selection.channels) };
  return selection.epochs === undefined ? picked : takeEpochs(picked, selection.epochs);
}

function crop(header: FifEpochsHeader, [first, last]: readonly [number, number]): FifEpochsHeader {
  const firstSample = header.firstSample + first;
  const lastSample = header.firstSample + last - 1;
  const times = timesOf(firstSample, lastSample, header.info.sfreq);
  return { ...header, firstSample, lastSample, times };
}

/** The info of some channels, in the order given. */
export function pickChannels(
  info: FifEpochsHeader["info"],
  indices: readonly number[],
): FifEpochsHeader["info"] {
  const channels = indices.map((index) => info.channels[index]);
  const names = new Set(channels.map((channel) => channel.name));
  return { ...info, channels, bads: info.bads.filter((name) => names.has(name)) };
}

function takeEpochs(header: FifEpochsHeader, epochs: readonly number[]): FifEpochsHeader {
  const kept = new Set(epochs.map((epoch) => header.selection[epoch]));
  const left = new Set([...header.selection].filter((index) => !kept.has(index)));
  return {
    ...header,
    events: Int32Array.from(epochs.flatMap((e) => [...header.events.subarray(3 * e, 3 * e + 3)])),
    selection: Int32Array.from(epochs, (epoch) => header.selection[epoch]),
    // As MNE-Python says of epochs that were left out.
    dropLog: header.dropLog.map((reasons, i) =>
      left.has(i) && reasons.length === 0 ? ["IGNORED"] : reasons,
    ),
    metadata: header.metadata === undefined ? undefined : takeRows(header.metadata, epochs),
  };
}

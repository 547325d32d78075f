import { latin1Text } from "../core/latin1.ts";
import { flag } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { FileInput } from "../core/byte-source.ts";
import { openSource } from "../core/open-source.ts";
import { readMatlabEpochs } from "../io/epoched/read-matlab-epochs.ts";
import { openFifEpochs, type FifEpochsReader } from "../io/fif/read-epochs.ts";
import type { FifEpochsHeader, FifMetadata } from "../io/fif/types.ts";
import { Table } from "../table/table.ts";
import { toRecordingInfo } from "./fif-info.ts";
import { epochsFromMatlab } from "./epochs-from-matlab.ts";
import { Epochs, type EpochEvents } from "./epochs.ts";
import { wholePart, type EpochsStore } from "./epochs-store.ts";

/** How to read epochs. */
export interface ReadEpochsOptions {
  /** Apply the projections (SSP) that the file holds but the data lack, as MNE-Python does. Default true. */
  readonly applyProjections?: boolean;
}

/** First bytes of a FIF file (kind 100, a file id) and of a packed one; MATLAB's files begin otherwise. */
async function isMatlab(input: FileInput): Promise<boolean> {
  const source = await openSource(input);
  try {
    const start = await source.read(0, Math.min(4, source.size));
    const text = latin1Text(start);
    return text === "MATL" || text === "\x89HDF";
  } finally {
    await source.close();
  }
}

/** How many epochs are held at a time while a file is read. */
const epochsAtOnce = 16;

export const readEpochsNames: OptionNames<ReadEpochsOptions> = { applyProjections: flag };

/**
 * Open the epochs in a FIF file (`-epo.fif`, also gzipped or split). Only what describes them is read now; the numbers
 * are read when an analysis asks, and only the channels and samples that it needs, so that a file larger than memory
 * can be analysed. Agrees with `mne.read_epochs`.
 *
 * EEGLAB's `.set` files and FieldTrip's trials in `.mat` files are known by their content and read whole, as
 * `readEeglab` and `readFieldTrip` of `tsrsa/io` do, whose options and errors say more.
 *
 * @param input - path, URL, `File` or bytes.
 * @throws MissingFile, also for a missing part of a split file; FileFormatError for a damaged or foreign file.
 *
 * @example
 * import { readEpochs } from "tsrsa";
 * async function occipital(path: string) {
 *   const epochs = await readEpochs(path);
 *   return epochs.pick("grad").crop({ tminS: -0.1, tmaxS: 1 });
 * }
 */
export async function readEpochs(
  input: FileInput,
  options: ReadEpochsOptions = {},
): Promise<Epochs> {
  checkOptions(options, readEpochsNames);
  const name = typeof input === "string" ? (input.split(/[\\/]/).at(-1) ?? input) : undefined;
  if (await isMatlab(input)) return epochsFromMatlab(await readMatlabEpochs(input), name);
  const reader = await openFifEpochs(input, options);
  const { nEpochs } = reader;
  await reader.close();
  const { info, times } = reader;
  return new Epochs({
    info: toRecordingInfo(info),
    times,
    events: toEvents(reader),
    metadata: reader.metadata === undefined ? undefined : metadataOf(reader.metadata),
    selection: reader.selection,
    dropLog: reader.dropLog,
    baselineS: reader.baseline,
    store: fifStore(input, options),
    part: wholePart(nEpochs, info.channels.length, times.length),
    name,
  });
}

/**
 * Without the row numbers of pandas: MNE-Python 1.13 writes them as a first column, `index`, and takes them out when it
 * reads.
 */
function metadataOf({ columns }: FifMetadata): Table {
  const [[first, values] = ["", []]] = columns;
  const isRowNumbers =
    first === "index" && columns.size > 1 && values.every((value) => Number.isInteger(value));
  if (!isRowNumbers || new Set(values).size < values.length) return new Table(columns);
  return new Table(new Map([...columns].slice(1)));
}

function toEvents({ events, eventId }: FifEpochsHeader): EpochEvents {
  return {
    samples: events.filter((_, at) => at % 3 === 0),
    codes: events.filter((_, at) => at % 3 === 2),
    names: new Map([...eventId].map(([name, code]) => [code, name])),
  };
}

function fifStore(input: FileInput, options: ReadEpochsOptions): EpochsStore {
  return {
    each: async ({ epochs, channels, samples }, visit) => {
      const reader = await openFifEpochs(input, options);
      try {
        for (let first = 0; first < epochs.length; first += epochsAtOnce) {
          const some = Array.from(epochs.subarray(first, first + epochsAtOnce));
          visit(await readSome(reader, some, Array.from(channels), samples), first);
        }
      } finally {
        await reader.close();
      }
    },
  };
}

async function readSome(
  reader: FifEpochsReader,
  epochs: number[],
  channels: number[],
  { from, to }: { from: number; to: number },
): Promise<Float64Array> {
  const { data } = await reader.read({ epochs, channels, samples: [from, to] });
  return data;
}

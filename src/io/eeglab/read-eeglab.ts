import { fileExists, siblingPath } from "#platform/files";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError, MissingFile, Unsupported } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { openSource } from "../../core/open-source.ts";
import { sampleTimes, type EpochedArrays } from "../epoched/epoched.ts";
import { FieldReader, type Fields } from "../epoched/fields.ts";
import { readMat } from "../mat/read-mat.ts";
import { readChanlocs } from "./chanlocs.ts";
import { readEvents } from "./events.ts";

/** How to read an EEGLAB file. */
export interface ReadEeglabOptions {
  /** The `.fdt` file with the data, where the `.set` file is given as bytes; for paths it is found beside. */
  readonly data?: FileInput;
}

const optionNames: OptionNames<ReadEeglabOptions> = { data: true };

/** EEGLAB keeps microvolts. */
const voltsPerUnit = 1e-6;

interface Sizes {
  readonly nChannels: number;
  readonly nSamples: number;
  readonly nEpochs: number;
}

/**
 * Read epochs that EEGLAB saved: a `.set` file (MATLAB 5 to 7.3), with the data in it or in an `.fdt` file beside it.
 * Data come in volts, channel positions in metres, the events by name; `metadata` has the fields of the event at time
 * 0 of each epoch. Agrees with `mne.read_epochs_eeglab`.
 *
 * @throws FileFormatError when it is damaged or no such file; Unsupported for a recording that is not cut into epochs;
 *   MissingFile, also for the `.fdt` file.
 * @example
 * import { readEeglab } from "tsrsa/io";
 * async function eventNames(path: string) {
 *   const { events } = await readEeglab(path);
 *   return Array.from(events.codes, (code) => events.names.get(code));
 * }
 */
export async function readEeglab(
  input: FileInput,
  options: ReadEeglabOptions = {},
): Promise<EpochedArrays> {
  checkOptions(options, optionNames);
  const name = await nameOf(input);
  const reader = new FieldReader(name);
  const eeg = eegOf(await readMat(input), reader);
  const sizes = sizesOf(eeg, reader);
  const sfreqHz = reader.number(eeg.get("srate"), "EEG.srate");
  if (!(sfreqHz > 0 && Number.isFinite(sfreqHz)))
    throw reader.fault("EEG.srate", "samples per second above 0", String(sfreqHz));
  const tminS = reader.number(eeg.get("xmin"), "EEG.xmin");
  const { events, metadata } = readEvents(eeg, sizes.nEpochs, reader);
  return {
    data: await readData(eeg, sizes, input, options, reader),
    shape: [sizes.nEpochs, sizes.nChannels, sizes.nSamples],
    channels: readChanlocs(eeg.get("chanlocs"), sizes.nChannels, reader),
    sfreqHz,
    times: sampleTimes(tminS, sfreqHz, sizes.nSamples),
    events,
    metadata,
  };
}

/** True for the variables of an EEGLAB file. */
export function isEeglab(values: ReadonlyMap<string, unknown>): boolean {
  const fields = ["data", "srate", "nbchan", "pnts"];
  return values.has("EEG") || fields.every((field) => values.has(field));
}

async function nameOf(input: FileInput): Promise<string> {
  const source = await openSource(input);
  await source.close();
  return source.name;
}

/** Older files hold one struct, newer ones its fields as variables. */
function eegOf(values: Fields, reader: FieldReader): Fields {
  if (values.has("ALLEEG"))
    throw new Unsupported(`${reader.file} holds several data sets`, "save each as its own .set");
  if (values.has("EEG")) return reader.fields(values.get("EEG"), "EEG");
  if (isEeglab(values)) return values;
  const found = [...values.keys()].slice(0, 5).join(", ") || "none";
  throw reader.fault("variables", "EEG, or its fields", found);
}

function sizesOf(eeg: Fields, reader: FieldReader): Sizes {
  const nEpochs = reader.count(eeg.get("trials"), "EEG.trials", 1);
  if (nEpochs <= 1)
    throw new Unsupported(
      `${reader.file} is a recording that is not cut into epochs`,
      "cut it around its events in EEGLAB (Tools, Extract epochs) and save it",
    );
  const nChannels = reader.count(eeg.get("nbchan"), "EEG.nbchan");
  const nSamples = reader.count(eeg.get("pnts"), "EEG.pnts");
  if (nChannels < 1 || nSamples < 1)
    throw reader.fault("EEG.nbchan, EEG.pnts", "1 or more", `${nChannels}, ${nSamples}`);
  return { nChannels, nSamples, nEpochs };
}

async function readData(
  eeg: Fields,
  sizes: Sizes,
  input: FileInput,
  options: ReadEeglabOptions,
  reader: FieldReader,
): Promise<Float64Array> {
  const { nChannels, nSamples, nEpochs } = sizes;
  const text = reader.text(eeg.get("data"));
  if (text !== undefined) return readFdt(await fdtOf(text, input, options, reader), sizes);
  const { data, shape } = reader.numbers(eeg.get("data"), "EEG.data");
  if (shape.join() !== [nChannels, nSamples, nEpochs].join())
    throw reader.fault(
      "EEG.data",
      `${nChannels} channels × ${nSamples} samples × ${nEpochs} epochs`,
      `(${shape.join(", ")})`,
    );
  const out = new Float64Array(data.length);
  for (let c = 0; c < nChannels; c++)
    for (let t = 0; t < nSamples; t++)
      for (let e = 0; e < nEpochs; e++)
        out[(e * nChannels + c) * nSamples + t] =
          data[(c * nSamples + t) * nEpochs + e] * voltsPerUnit;
  return out;
}

/** The file that the data are in: named in the .set file, or called as that is; always in its folder. */
async function fdtOf(
  named: string,
  input: FileInput,
  { data }: ReadEeglabOptions,
  reader: FieldReader,
): Promise<FileInput> {
  if (data !== undefined) return data;
  const name = named.split(/[\\/]/).at(-1) ?? named;
  if (/\.dat$/i.test(name))
    throw new Unsupported(
      `${reader.file} has its data in a .dat file, channel by channel`,
      "open it in a newer EEGLAB and save it again",
    );
  if (!(typeof input === "string" || input instanceof URL))
    throw new MissingFile(name, `give the file with the data of ${reader.file} as the option data`);
  const own = `${/([^\\/]*?)(\.set)?$/i.exec(reader.file)?.[1] ?? ""}.fdt`;
  for (const candidate of [name, own]) {
    const path = siblingPath(reader.file, candidate);
    if (await fileExists(path)) return path;
  }
  throw new MissingFile(
    siblingPath(reader.file, name),
    `it has the data of ${reader.file}; keep both files in one folder`,
  );
}

/** Numbers of 4 bytes: all channels of a sample, sample after sample, epoch after epoch. */
async function readFdt(input: FileInput, sizes: Sizes): Promise<Float64Array> {
  const { nChannels, nSamples, nEpochs } = sizes;
  const source = await openSource(input);
  try {
    const epochBytes = 4 * nChannels * nSamples;
    if (source.size !== epochBytes * nEpochs)
      throw new FileFormatError(
        source.name,
        "size",
        `${epochBytes * nEpochs} bytes: ${nChannels} channels × ${nSamples} samples × ${nEpochs} epochs of 4 bytes`,
        `${source.size}`,
        { advice: "it is cut short, or belongs to another .set file" },
      );
    const out = new Float64Array(nChannels * nSamples * nEpochs);
    for (let e = 0; e < nEpochs; e++) {
      const bytes = await source.read(e * epochBytes, epochBytes);
      const view = new DataView(bytes.buffer, bytes.byteOffset, epochBytes);
      for (let c = 0; c < nChannels; c++)
        for (let t = 0; t < nSamples; t++)
          out[(e * nChannels + c) * nSamples + t] =
            view.getFloat32(4 * (t * nChannels + c), true) * voltsPerUnit;
    }
    return out;
  } finally {
    await source.close();
  }
}

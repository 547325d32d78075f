import type { FileInput } from "../../core/byte-source.ts";
import { InvalidArgument, ShapeMismatch, Unsupported } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { openSource } from "../../core/open-source.ts";
import type { Cell } from "../csv/cells.ts";
import { sampleTimes, type EpochedArrays } from "../epoched/epoched.ts";
import { FieldReader, isEmpty, type Fields } from "../epoched/fields.ts";
import type { MatValue } from "../mat/mat-value.ts";
import { readMat } from "../mat/read-mat.ts";
import { readChannels } from "./channels.ts";

/** How to read a FieldTrip file. */
export interface ReadFieldTripOptions {
  /** Name of the variable. Default: the only struct in the file that has `label`, `time` and `trial`. */
  readonly variable?: string;
  /** Column of `trialinfo`, from 0, that has the codes of the events. Default 0. */
  readonly trialinfoColumn?: number;
}

const optionNames: OptionNames<ReadFieldTripOptions> = { variable: true, trialinfoColumn: true };

interface Trials {
  readonly data: Float64Array;
  readonly nEpochs: number;
  readonly nSamples: number;
  readonly times: readonly ArrayLike<number>[];
}

/**
 * Read trials that FieldTrip saved in a `.mat` file (MATLAB 5 to 7.3): a raw structure, whose `trial` and `time` are
 * cells, or a timelock structure with its trials kept (`rpt × chan × time`). Data come in the units of the file;
 * positions of electrodes and coils in metres; `metadata` has a column for each of `trialinfo`, called `0`, `1` ….
 * Agrees with `mne.read_epochs_fieldtrip`, which reads raw structures.
 *
 * @throws FileFormatError when it is damaged or no such structure; Unsupported for an average without its trials;
 *   InvalidArgument for `variable` or `trialinfoColumn`; ShapeMismatch for trials of unequal length; MissingFile.
 * @example
 * import { readFieldTrip } from "tsrsa/io";
 * async function conditions(path: string) {
 *   const { metadata } = await readFieldTrip(path, { variable: "dataFIC" });
 *   return metadata.get("0");
 * }
 */
export async function readFieldTrip(
  input: FileInput,
  options: ReadFieldTripOptions = {},
): Promise<EpochedArrays> {
  checkOptions(options, optionNames);
  const source = await openSource(input);
  await source.close();
  const reader = new FieldReader(source.name);
  const { variable } = options;
  const values = await readMat(input, {
    variables: variable === undefined ? undefined : [variable],
  });
  const fields = structOf(values, variable, reader);
  const labels = reader.texts(fields.get("label"), "label");
  const trials = readTrials(fields, labels.length, reader);
  const sfreqHz = rateOf(fields, trials.times[0], reader);
  const times = sampleTimes(trials.times[0][0], sfreqHz, trials.nSamples);
  checkTimes(trials.times, times, sfreqHz, reader);
  return {
    data: trials.data,
    shape: [trials.nEpochs, labels.length, trials.nSamples],
    channels: readChannels(labels, fields, reader),
    sfreqHz,
    times,
    ...readTrialinfo(fields.get("trialinfo"), trials.nEpochs, options.trialinfoColumn ?? 0, reader),
  };
}

/** True for a struct as FieldTrip has them. */
export function isFieldTrip(value: MatValue | undefined): boolean {
  if (value?.kind !== "struct" || value.data.length !== 1) return false;
  return ["label", "time"].every((field) => value.fields.includes(field));
}

function structOf(
  values: ReadonlyMap<string, MatValue>,
  variable: string | undefined,
  reader: FieldReader,
): Fields {
  const found = [...values].filter(([name, value]) =>
    variable === undefined ? isFieldTrip(value) : name === variable,
  );
  if (found.length === 1) return reader.fields(found[0][1], found[0][0]);
  if (found.length === 0)
    throw reader.fault(
      "variables",
      "a struct with label, time and trial",
      [...values.keys()].slice(0, 5).join(", ") || "none",
    );
  const names = found.map(([name]) => name).join(", ");
  throw new InvalidArgument("variable", variable, `${reader.file} has several: ${names}; name one`);
}

function readTrials(fields: Fields, nChannels: number, reader: FieldReader): Trials {
  const trial = fields.get("trial");
  if (isEmpty(trial) && !isEmpty(fields.get("avg")))
    throw new Unsupported(
      `${reader.file} holds an average without its trials`,
      "average with cfg.keeptrials = 'yes', and save that",
    );
  if (trial?.kind === "cell") return rawTrials(trial.data, fields, nChannels, reader);
  const { data, shape } = reader.numbers(trial, "trial");
  // One trial, or one sample, loses its axis in MATLAB only at the end of the shape.
  const [nEpochs, found, nSamples = 1] = shape;
  if (shape.length > 3 || found !== nChannels)
    throw reader.fault(
      "trial",
      `trials × ${nChannels} channels × samples`,
      `(${shape.join(", ")})`,
    );
  const time = reader.numbers(fields.get("time"), "time").data;
  if (time.length !== nSamples) throw reader.fault("time", `${nSamples} times`, `${time.length}`);
  return { data: Float64Array.from(data), nEpochs, nSamples, times: [time] };
}

function rawTrials(
  cells: readonly MatValue[],
  fields: Fields,
  nChannels: number,
  reader: FieldReader,
): Trials {
  const time = fields.get("time");
  const times = (time?.kind === "cell" ? time.data : []).map(
    (one, at) => reader.numbers(one, `time{${at + 1}}`).data,
  );
  if (cells.length === 0 || times.length !== cells.length)
    throw reader.fault("time", `a cell for each of ${cells.length} trials`, `${times.length}`);
  const nSamples = times[0].length;
  const data = new Float64Array(cells.length * nChannels * nSamples);
  cells.forEach((cell, at) => {
    const trial = reader.numbers(cell, `trial{${at + 1}}`);
    if (trial.shape.length !== 2 || trial.shape[0] !== nChannels)
      throw reader.fault(
        `trial{${at + 1}}`,
        `${nChannels} channels × samples`,
        `(${trial.shape.join(", ")})`,
      );
    if (trial.shape[1] !== nSamples || times[at].length !== nSamples)
      throw new ShapeMismatch(
        `${nSamples} samples in every trial of ${reader.file}`,
        `${trial.shape[1]} in trial ${at + 1}`,
        "cut them to one length with ft_redefinetrial (cfg.toilim)",
      );
    data.set(Array.from(trial.data), at * nChannels * nSamples);
  });
  return { data, nEpochs: cells.length, nSamples, times };
}

function rateOf(fields: Fields, times: ArrayLike<number>, reader: FieldReader): number {
  const given = fields.get("fsample");
  const rate = isEmpty(given)
    ? (times.length - 1) / (times[times.length - 1] - times[0])
    : reader.number(given, "fsample");
  if (rate > 0 && Number.isFinite(rate)) return rate;
  throw reader.fault("fsample", "samples per second above 0", String(rate));
}

/** All trials must have the times that the first one and the sampling rate give, to half a sample. */
function checkTimes(
  trials: readonly ArrayLike<number>[],
  times: Float64Array,
  sfreqHz: number,
  reader: FieldReader,
): void {
  trials.forEach((trial, at) => {
    const wrong = times.findIndex((time, i) => !(Math.abs(time - trial[i]) <= 0.51 / sfreqHz));
    if (wrong < 0 && Math.abs(trial[0] - trials[0][0]) <= 0.01 / sfreqHz) return;
    const sample = Math.max(0, wrong);
    throw new ShapeMismatch(
      `the same times in every trial of ${reader.file}: ${times[sample]} s at sample ${sample}`,
      `${trial[sample]} s in trial ${at + 1}`,
      "cut them alike with ft_redefinetrial (cfg.toilim)",
    );
  });
}

function readTrialinfo(
  value: MatValue | undefined,
  nEpochs: number,
  column: number,
  reader: FieldReader,
): Pick<EpochedArrays, "events" | "metadata"> {
  const samples = Int32Array.from({ length: nEpochs }, (_, at) => at);
  if (isEmpty(value))
    return {
      events: { codes: new Int32Array(nEpochs).fill(1), samples, names: new Map([[1, "1"]]) },
      metadata: new Map(),
    };
  const { data, shape } = reader.numbers(value, "trialinfo");
  const [rows, width = 1] = shape;
  if (rows !== nEpochs || shape.length > 2)
    throw reader.fault("trialinfo", `a row for each of ${nEpochs} trials`, `(${shape.join(", ")})`);
  if (!Number.isInteger(column) || column < 0 || column >= width)
    throw new InvalidArgument("trialinfoColumn", column, `trialinfo has ${width} columns, from 0`);
  const of = (at: number) => Array.from({ length: rows }, (_, row) => data[row * width + at]);
  const codes = Int32Array.from(of(column), Math.trunc);
  return {
    events: { codes, samples, names: new Map([...codes].map((code) => [code, String(code)])) },
    metadata: new Map(
      Array.from({ length: width }, (_, at): [string, Cell[]] => [
        String(at),
        of(at).map((number) => (Number.isNaN(number) ? null : number)),
      ]),
    ),
  };
}

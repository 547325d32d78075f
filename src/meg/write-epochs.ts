import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { FifEpochValues } from "../io/fif/encode-data.ts";
import { writeFifEpochStream, type FifEpochsHeader, type FifMetadata } from "../io/fif/index.ts";
import type { Table } from "../table/table.ts";
import { type Epochs, anEpochs } from "./epochs.ts";
import { toFifInfo } from "./fif-info.ts";

/** How to write numbers: as float32 (default, as MNE-Python does) or float64. */
export interface WriteEpochsOptions {
  /** Numbers of 4 or of 8 bytes. */
  readonly format?: "single" | "double";
}

export const writeEpochsNames: OptionNames<WriteEpochsOptions> = {
  format: oneOf(["single", "double"]),
};

/**
 * Write epochs to a FIF file that MNE-Python reads; the name should end in `-epo.fif` (or `-epo.fif.gz`). Epochs are
 * read and written a few at a time. The file gets its name when it is complete.
 *
 * @example
 * import { readEpochs, writeEpochs } from "tsrsa";
 * async function onlyOccipital(from: string, to: string) {
 *   await writeEpochs(to, (await readEpochs(from)).pick("grad"));
 * }
 */
export async function writeEpochs(
  path: string | URL,
  epochs: Epochs,
  options: WriteEpochsOptions = {},
): Promise<void> {
  anEpochs(epochs, "epochs");
  checkOptions(options, writeEpochsNames);
  await writeFifEpochStream(path, headerOf(epochs), eachEpoch(epochs), options);
}

async function* eachEpoch(epochs: Epochs): AsyncGenerator<FifEpochValues> {
  const atOnce = 16;
  const width = epochs.info.channels.length * epochs.times.length;
  for (let first = 0; first < epochs.length; first += atOnce) {
    const some = Array.from(
      { length: Math.min(atOnce, epochs.length - first) },
      (_, at) => first + at,
    );
    const { data } = await epochs.take(some).read();
    for (let at = 0; at < data.length; at += width)
      yield { data: data.subarray(at, at + width), imaginary: undefined };
  }
}

function headerOf(epochs: Epochs): FifEpochsHeader {
  const { times, info, events } = epochs;
  const firstSample = Math.round(times[0] * info.sfreqHz);
  return {
    info: toFifInfo(info),
    firstSample,
    lastSample: firstSample + times.length - 1,
    times,
    events: Int32Array.from(
      Array.from(events.codes).flatMap((code, at) => [events.samples[at], 0, code]),
    ),
    eventId: new Map(eventNamesOf(epochs).map(([code, name]) => [name, code])),
    selection: epochs.selection,
    dropLog: epochs.dropLog,
    metadata: epochs.metadata === undefined ? undefined : metadataOf(epochs.metadata),
    baseline: epochs.baselineS,
    rawSfreq: undefined,
  };
}

/** The codes that occur, each with its name, or the code as text. */
function eventNamesOf({ events }: Epochs): [number, string][] {
  const codes = [...new Set(events.codes)].sort((a, b) => a - b);
  return codes.map((code) => [code, events.names.get(code) ?? String(code)]);
}

function metadataOf(table: Table): FifMetadata {
  const cell = (value: unknown) =>
    typeof value === "bigint" ? String(value) : (value as string | number | boolean | null);
  return {
    names: table.names,
    columns: new Map(table.names.map((name) => [name, table.column(name).map(cell)])),
    nRows: table.length,
  };
}

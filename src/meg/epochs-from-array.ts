import { listOf, numbers, texts, thing } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Table } from "../table/table.ts";
import type { Channel } from "./channel.ts";
import { Epochs } from "./epochs.ts";
import { memoryStore, positions, wholePart } from "./epochs-store.ts";

/** What {@link epochsFromArray} needs beside the numbers. */
export interface EpochsArrayOptions {
  /** Samples in a second. */
  readonly sfreqHz: number;
  /** Time of the first sample, in seconds from the event. Default 0. */
  readonly tminS?: number;
  /** Name, type and place of each channel. */
  readonly channels?: readonly Channel[];
  /** Names of bad channels. */
  readonly bads?: readonly string[];
  /** A row for each epoch. */
  readonly metadata?: Table;
  /** Event code of each epoch. Default: all 1. */
  readonly eventCodes?: ArrayLike<number>;
  /** Name of each event code. */
  readonly eventNames?: ReadonlyMap<number, string>;
  /** For every epoch of the recording, why it was dropped; empty for those kept. */
  readonly dropLog?: readonly (readonly string[])[];
}

const epochsArrayNames: OptionNames<EpochsArrayOptions> = {
  sfreqHz: true,
  tminS: true,
  channels: listOf(thing("a channel, { name, type, position }", "name", "type")),
  bads: texts,
  metadata: thing("a table, as asTable makes it", "names", "column", "length"),
  eventCodes: numbers,
  eventNames: thing("a Map of names by code", "get", "has", "entries"),
  dropLog: listOf(texts),
};

/**
 * Epochs from numbers in memory: `array` is epochs × channels × samples, in V, T or T/m. Without `channels` they are
 * called 0, 1, … and are of type `eeg`.
 *
 * @example
 * import { epochsFromArray } from "tsrsa";
 * const data = { data: new Float64Array(2 * 3 * 5), shape: [2, 3, 5] };
 * const epochs = epochsFromArray(data, { sfreqHz: 100, tminS: -0.02 });
 * epochs.crop({ tminS: 0 }).times; // Float64Array(3) [ 0, 0.01, 0.02 ]
 */
export function epochsFromArray(array: Matrix, options: EpochsArrayOptions): Epochs {
  checkOptions(options, epochsArrayNames);
  const data = checkedMatrix(array, "data");
  if (data.shape.length !== 3)
    throw new ShapeMismatch("epochs × channels × samples", `${data.shape.length} axes`);
  const [nEpochs, nChannels, nSamples] = data.shape;
  const channels =
    options.channels ?? Array.from({ length: nChannels }, (_, at) => unnamedChannel(at));
  if (channels.length !== nChannels)
    throw new ShapeMismatch(`${nChannels} channels`, `${channels.length}`);
  const codes = Int32Array.from(options.eventCodes ?? new Int32Array(nEpochs).fill(1));
  if (codes.length !== nEpochs)
    throw new ShapeMismatch(`${nEpochs} event codes`, `${codes.length}`);
  if (options.metadata !== undefined && options.metadata.length !== nEpochs) {
    throw new ShapeMismatch(`metadata of ${nEpochs} rows`, `${options.metadata.length}`);
  }
  const first = Math.round((options.tminS ?? 0) * options.sfreqHz);
  return new Epochs({
    info: { channels, sfreqHz: options.sfreqHz, bads: options.bads ?? [] },
    times: Float64Array.from({ length: nSamples }, (_, at) => (first + at) / options.sfreqHz),
    events: {
      codes,
      samples: Int32Array.from(codes, (_, at) => at),
      names: options.eventNames ?? new Map(),
    },
    metadata: options.metadata,
    selection: keptEpochs(options.dropLog, nEpochs),
    dropLog: options.dropLog ?? Array.from({ length: nEpochs }, () => []),
    store: memoryStore(data.data, data.shape),
    part: wholePart(nEpochs, nChannels, nSamples),
  });
}

function keptEpochs(
  dropLog: readonly (readonly string[])[] | undefined,
  nEpochs: number,
): Int32Array {
  const kept = dropLog?.flatMap((reasons, at) => (reasons.length === 0 ? [at] : []));
  if (kept !== undefined && kept.length !== nEpochs) {
    throw new ShapeMismatch(`a drop log that keeps ${nEpochs} epochs`, `${kept.length}`);
  }
  return kept === undefined ? positions(nEpochs) : Int32Array.from(kept);
}

function unnamedChannel(at: number): Channel {
  return { name: String(at), type: "eeg", position: [NaN, NaN, NaN] };
}

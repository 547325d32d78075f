import { callback, list, numbers, object, thing } from "../core/gate/kinds.ts";
import { checkOptions } from "../core/gate/options.ts";
import { jupyterDisplay, type Displayable, type MimeBundle } from "../core/display.ts";
import { InvalidArgument } from "../core/errors.ts";
import { matrix, sizeOf, type Matrix } from "../core/matrix.ts";
import type { Row, Table } from "../table/table.ts";
import { pickInfo, type RecordingInfo } from "./channel.ts";
import { describeEpochs } from "./describe-epochs.ts";
import { memoryStore, wholePart, type EpochsPart, type EpochsStore } from "./epochs-store.ts";
import { pickChannels, type Picks } from "./pick-channels.ts";
import {
  cropRange,
  searchRange,
  timeRangeNames,
  type SampleRange,
  type TimeRange,
} from "./time-range.ts";

/** What happened at time 0 of each epoch. */
export interface EpochEvents {
  /** Event code of each epoch. */
  readonly codes: Int32Array;
  /** Sample number of each event in the original recording. */
  readonly samples: Int32Array;
  /** Name of each event code. */
  readonly names: ReadonlyMap<number, string>;
}

/** What epochs are made of. */
export interface EpochsParts {
  readonly info: RecordingInfo;
  /** Seconds from the event. */
  readonly times: Float64Array;
  readonly events: EpochEvents;
  /** One row an epoch. */
  readonly metadata?: Table;
  /** Number of each epoch in the original recording, before any was dropped. */
  readonly selection: Int32Array;
  /** For every epoch of the original recording, why it was dropped; empty for the kept ones. */
  readonly dropLog: readonly (readonly string[])[];
  /** The time range of the baseline that was subtracted, in seconds. */
  readonly baselineS?: readonly [number, number];
  readonly store: EpochsStore;
  readonly part: EpochsPart;
  /** For messages and the record of a run. */
  readonly name?: string;
}

/** Epochs of a user, also of another copy of the package. */
export const anEpochs = thing(
  "epochs, as readEpochs and epochsFromArray give them",
  "info",
  "times",
  "events",
  "selection",
);

/**
 * Epochs of a recording: epochs × channels × samples, each epoch a stretch of time around an event, with one row of
 * metadata. Immutable. Picking and cropping only note what is wanted; the numbers are read when an analysis asks.
 */
export class Epochs implements Displayable {
  readonly info: RecordingInfo;
  readonly times: Float64Array;
  readonly events: EpochEvents;
  readonly metadata: Table | undefined;
  readonly selection: Int32Array;
  readonly dropLog: readonly (readonly string[])[];
  readonly baselineS: readonly [number, number] | undefined;
  readonly name: string | undefined;
  readonly #parts: EpochsParts;

  /** Use {@link readEpochs} or {@link epochsFromArray}. */
  constructor(parts: EpochsParts) {
    this.#parts = parts;
    this.info = parts.info;
    this.times = parts.times;
    this.events = parts.events;
    this.metadata = parts.metadata;
    this.selection = parts.selection;
    this.dropLog = parts.dropLog;
    this.baselineS = parts.baselineS;
    this.name = parts.name;
  }

  /** Number of epochs. */
  get length(): number {
    return this.#parts.part.epochs.length;
  }

  get channelNames(): string[] {
    return this.info.channels.map(({ name }) => name);
  }

  /** Name of the event of each epoch; the code as text where it has no name. */
  get eventNames(): string[] {
    return Array.from(this.events.codes, (code) => this.events.names.get(code) ?? String(code));
  }

  /** One column of the metadata. Throws when there is no metadata, or no such column. */
  column(name: string): ReturnType<Table["column"]> {
    if (this.metadata !== undefined) return this.metadata.column(name);
    throw new InvalidArgument(
      "column",
      name,
      `${this.name ?? "these epochs"} have no metadata; pass labels, one per epoch`,
    );
  }

  /** Some of the channels: by type in file order, by name in the order given; bad channels are kept, as in MNE. */
  pick(picks: Picks): Epochs {
    return this.#withChannels(pickChannels(this.info, picks));
  }

  /** A shorter stretch of time, ends included and moved to their nearest samples, as in `mne.Epochs.crop`. */
  crop(range: TimeRange, includeTmax = true): Epochs {
    return this.#withSamples(cropRange(this.times, this.info.sfreqHz, range, includeTmax));
  }

  /** The epochs at these positions, in the order given. */
  take(positions: ArrayLike<number>): Epochs {
    list(positions, "positions");
    const inside = (at: number): boolean => Number.isInteger(at) && at >= 0 && at < this.length;
    const outside = Array.from(positions).findIndex((position) => !inside(position));
    if (outside >= 0)
      throw new InvalidArgument(
        "epoch",
        positions[outside],
        `there are epochs 0 to ${this.length - 1}, numbered in whole steps`,
      );
    const at = Int32Array.from(positions);
    const { part, events, selection, metadata, dropLog } = this.#parts;
    return new Epochs({
      ...this.#parts,
      events: {
        ...events,
        codes: at.map((i) => events.codes[i]),
        samples: at.map((i) => events.samples[i]),
      },
      selection: at.map((i) => selection[i]),
      dropLog: leftOut(dropLog, selection, at),
      metadata: metadata?.take(at),
      part: { ...part, epochs: at.map((i) => part.epochs[i]) },
    });
  }

  /** The epochs whose metadata row fulfils a condition. */
  where(condition: (row: Row, at: number) => boolean): Epochs {
    const metadata = this.metadata;
    if (metadata === undefined)
      throw new InvalidArgument("epochs", "no metadata", "choose epochs by position with take()");
    return this.take(
      Array.from({ length: this.length }, (_, at) => at).filter((at) =>
        condition(metadata.row(at), at),
      ),
    );
  }

  /**
   * The numbers: epochs × channels × samples in V, T or T/m. `picks` as in {@link pick}; `tminS` is included, `tmaxS`
   * is not. Nothing else is read from the file.
   */
  async read(options: TimeRange & { readonly picks?: Picks } = {}): Promise<Matrix<Float64Array>> {
    checkOptions(options, { ...timeRangeNames, picks: true });
    const picked = options.picks === undefined ? this : this.pick(options.picks);
    const epochs = picked.#withSamples(searchRange(this.times, options));
    const shape = [epochs.length, epochs.info.channels.length, epochs.times.length];
    const data = new Float64Array(sizeOf(shape));
    const width = shape[1] * shape[2];
    await epochs.#parts.store.each(epochs.#parts.part, (some, first) =>
      data.set(some, first * width),
    );
    return matrix(data, shape);
  }

  /** Visit the numbers of some channels (by position) and samples, a few epochs at a time. */
  async eachPart(
    channels: ArrayLike<number>,
    samples: SampleRange,
    visit: (data: Float64Array, first: number) => void,
  ): Promise<void> {
    numbers(channels, "channels");
    object(samples, "samples");
    callback(visit, "visit");
    const { store, part } = this.#withChannels(channels).#withSamples(samples).#parts;
    await store.each(part, visit);
  }

  /** The same epochs held in memory, so that several analyses read the file once. */
  async load(): Promise<Epochs> {
    const { data } = await this.read();
    const store = memoryStore(data, [this.length, this.info.channels.length, this.times.length]);
    return new Epochs({
      ...this.#parts,
      store,
      part: wholePart(this.length, this.info.channels.length, this.times.length),
    });
  }

  /** Whether some numbers are in both: epochs and channels that were picked from one recording. Throws `InvalidArgument`. */
  sharesDataWith(other: Epochs): boolean {
    object(other, "other");
    if (!(#parts in other) || other.#parts.store !== this.#parts.store) return false;
    const [own, its] = [this.#parts.part, other.#parts.part];
    return (
      own.epochs.some((epoch) => its.epochs.includes(epoch)) &&
      own.channels.some((channel) => its.channels.includes(channel))
    );
  }

  [jupyterDisplay](): MimeBundle {
    return describeEpochs(this);
  }

  #withChannels(channels: ArrayLike<number>): Epochs {
    const { info, part } = this.#parts;
    const kept = Int32Array.from(channels, (at) => part.channels[at]);
    return new Epochs({
      ...this.#parts,
      info: pickInfo(info, channels),
      part: { ...part, channels: kept },
    });
  }

  #withSamples({ from, to }: SampleRange): Epochs {
    const { times, part } = this.#parts;
    const samples = { from: part.samples.from + from, to: part.samples.from + to };
    return new Epochs({ ...this.#parts, times: times.slice(from, to), part: { ...part, samples } });
  }
}

/** Epochs that were not taken are "IGNORED", as MNE says. */
function leftOut(
  dropLog: EpochsParts["dropLog"],
  selection: Int32Array,
  taken: Int32Array,
): EpochsParts["dropLog"] {
  const kept = new Set(taken.map((at) => selection[at]));
  const left = new Set(selection.filter((number) => !kept.has(number)));
  return dropLog.map((reasons, number) => (left.has(number) ? ["IGNORED"] : reasons));
}

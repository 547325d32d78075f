import type { Cell } from "../csv/cells.ts";

/** A channel of epochs that come from MATLAB. */
export interface EpochedChannel {
  readonly name: string;
  /** By MNE's names: `eeg`, `mag`, `eog` … */
  readonly type: string;
  /** Metres, in head coordinates (x to the right, y to the front); NaN where the file has none. */
  readonly position: readonly [number, number, number];
}

/** Epochs as a MATLAB toolbox saves them, with everything an analysis needs. */
export interface EpochedArrays {
  /** `nEpochs × nChannels × nSamples`, C order. */
  readonly data: Float64Array;
  readonly shape: readonly [nEpochs: number, nChannels: number, nSamples: number];
  readonly channels: readonly EpochedChannel[];
  readonly sfreqHz: number;
  /** Seconds from the event. */
  readonly times: Float64Array;
  readonly events: {
    /** Code of the event of each epoch. */
    readonly codes: Int32Array;
    /** Sample of each event, as the file counts. */
    readonly samples: Int32Array;
    /** Name of each code. */
    readonly names: ReadonlyMap<number, string>;
  };
  /** What the file says of each epoch, by column; empty when it says nothing. */
  readonly metadata: ReadonlyMap<string, readonly Cell[]>;
}

/** Times of samples from the first, rounded to a sample as MNE-Python does. */
export function sampleTimes(tminS: number, sfreqHz: number, count: number): Float64Array {
  const first = Math.round(tminS * sfreqHz);
  return Float64Array.from({ length: count }, (_, at) => (first + at) / sfreqHz);
}

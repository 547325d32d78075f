import { pauses } from "../core/job.ts";
import type { NumericArray } from "../core/matrix.ts";
import type { SampleRange } from "./time-range.ts";

/** Which part of the stored data is wanted, by position in what is stored. */
export interface EpochsPart {
  readonly epochs: Int32Array;
  readonly channels: Int32Array;
  readonly samples: SampleRange;
}

/** Where the numbers of epochs come from: a file, read a few epochs at a time, or memory. */
export interface EpochsStore {
  /**
   * Visit the part as epochs × channels × samples, C order, in physical units; each visit brings some epochs, the
   * first of which is number `first` of the part.
   */
  each(part: EpochsPart, visit: (data: Float64Array, first: number) => void): Promise<void>;
}

/** A store over an array of epochs × channels × samples. */
export function memoryStore(
  data: NumericArray,
  [, nChannels, nSamples]: readonly number[],
): EpochsStore {
  return {
    each: async ({ epochs, channels, samples: { from, to } }, visit) => {
      const width = to - from;
      const out = new Float64Array(channels.length * width);
      const pause = pauses(undefined, "reading epochs");
      for (const [first, epoch] of epochs.entries()) {
        channels.forEach((channel, at) => {
          const start = (epoch * nChannels + channel) * nSamples;
          out.set(data.subarray(start + from, start + to), at * width);
        });
        visit(out, first);
        if (pause.due()) await pause.turn();
      }
    },
  };
}

/** Everything that is stored. */
export function wholePart(nEpochs: number, nChannels: number, nSamples: number): EpochsPart {
  return {
    epochs: positions(nEpochs),
    channels: positions(nChannels),
    samples: { from: 0, to: nSamples },
  };
}

/** The numbers 0 … n − 1. */
export function positions(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, at) => at);
}

import { pauses, throwIfCancelled } from "../core/job.ts";
import type { PatchedPatterns } from "../searchlight/patched-patterns.ts";
import type { EpochFolds } from "./epoch-folds.ts";
import type { Epochs } from "./epochs.ts";
import type { SampleRange } from "./time-range.ts";

/** Average responses: folds × items × channels × samples, C order. */
export interface SensorPatterns extends Omit<PatchedPatterns, "patches" | "data"> {
  readonly data: Float64Array;
}

/**
 * Average the epochs of each item, within each fold, in some channels and samples. Epochs are read a few at a time, so
 * that a recording larger than memory can be averaged. An item without an epoch in a fold is NaN there. Throws
 * `Cancelled`.
 */
export async function averageEpochs(
  epochs: Epochs,
  { row, nFolds }: EpochFolds,
  nItems: number,
  { channels, samples }: { readonly channels: readonly number[]; readonly samples: SampleRange },
  signal?: AbortSignal,
): Promise<SensorPatterns> {
  const nSamples = samples.to - samples.from;
  const width = channels.length * nSamples;
  const sum = new Float64Array(nFolds * nItems * width);
  const count = new Float64Array(nFolds * nItems);
  throwIfCancelled(signal, "averaging epochs");
  await epochs.eachPart(channels, samples, (data, first) => {
    throwIfCancelled(signal, "averaging epochs");
    for (let i = 0; i * width < data.length; i++) {
      const to = row[first + i];
      if (to < 0) continue;
      count[to]++;
      addInto(sum, to * width, data, i * width, width);
    }
  });
  divideRows(sum, count, width);
  return { data: sum, nFolds, shape: [nItems, channels.length, nSamples], counts: count };
}

/** Add `width` numbers of `data` to those of `sum`, in place. */
export function addInto(
  sum: Float64Array,
  to: number,
  data: Float64Array,
  from: number,
  width: number,
): void {
  for (let j = 0; j < width; j++) sum[to + j] += data[from + j];
}

/** Divide each row by how many went into it, in place; a row of none becomes NaN. */
export function divideRows(sum: Float64Array, count: Float64Array, width: number): void {
  count.forEach((n, row) => {
    for (let j = row * width; j < (row + 1) * width; j++) sum[j] /= n;
  });
}

/**
 * Every pattern multiplied by a whitener (nPicks × nPicks) in the channels `at`; the others are left as they are. Throws
 * `Cancelled`.
 */
export async function whitenPatterns(
  patterns: SensorPatterns,
  whiten: Float64Array,
  at: readonly number[],
  signal?: AbortSignal,
): Promise<SensorPatterns> {
  const [, nChannels, nSamples] = patterns.shape;
  const data = patterns.data.slice();
  const pause = pauses(signal, "whitening");
  for (let start = 0; start < data.length; start += nChannels * nSamples)
    for (const [i, channel] of at.entries()) {
      const to = start + channel * nSamples;
      const out = data.subarray(to, to + nSamples).fill(0);
      at.forEach((other, j) => {
        const weight = whiten[i * at.length + j];
        if (weight === 0) return;
        const from = start + other * nSamples;
        for (let t = 0; t < nSamples; t++) out[t] += weight * patterns.data[from + t];
      });
      if (pause.due()) await pause.turn();
    }
  return { ...patterns, data };
}

import { typicalValue } from "./typical-value.ts";
import type { WindowLayout } from "./window-layout.ts";

/** Numbers that windows are taken from. */
export type SeriesData = Float64Array | Float32Array;

/** First window of a batch, first of its samples, and how many there are. */
export interface Batch {
  readonly first: number;
  readonly nSamples: number;
}

/** The batch number `index` of the fixed grid of batches. */
export function batchAt(layout: WindowLayout, index: number): Batch {
  const first = index * layout.batchWindows;
  const nSamples = Math.min(layout.nSamples - first, layout.batchWindows + layout.length - 1);
  return { first, nSamples };
}

/**
 * Copy a batch's samples into panels: [tile of 4 items][sample][channel][4 items], the last tile filled up with zeros.
 * For correlations each item is shifted by a typical value of its own.
 */
export function packWindows(
  data: SeriesData,
  layout: WindowLayout,
  batch: Batch,
  panels: Float64Array,
): void {
  const { nItems, channels, nAllChannels, nSamples } = layout;
  const step = channels.length * 4;
  for (let item = 0; item < Math.ceil(nItems / 4) * 4; item++) {
    const panel = (item >> 2) * batch.nSamples * step + (item & 3);
    const start = item * nAllChannels * nSamples + batch.first;
    const shift = item < nItems && layout.metric === 0 ? shiftOf(data, layout, item) : 0;
    for (let c = 0; c < channels.length; c++) {
      let to = panel + c * 4;
      if (item >= nItems) {
        for (let t = 0; t < batch.nSamples; t++, to += step) panels[to] = 0;
        continue;
      }
      const from = start + channels[c] * nSamples;
      for (let k = from; k < from + batch.nSamples; k++, to += step) panels[to] = data[k] - shift;
    }
  }
}

/** From the whole series, so that a window's numbers do not depend on the batch it is computed in. */
function shiftOf(data: SeriesData, layout: WindowLayout, item: number): number {
  const { channels, nAllChannels, nSamples } = layout;
  return typicalValue(nSamples * channels.length, (k) => {
    const channel = item * nAllChannels + channels[Math.floor(k / nSamples)];
    return data[channel * nSamples + (k % nSamples)];
  });
}

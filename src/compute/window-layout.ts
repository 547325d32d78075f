import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import type { GramMetric } from "./kernels.ts";
import { metricNumber } from "./metric-number.ts";

/** Measurements over time, and the windows to look at. */
export interface WindowSeries {
  readonly nItems: number;
  readonly nChannels: number;
  readonly nSamples: number;
  /** Samples on either side of a centre: a window holds 2 · radius + 1 samples of every channel. */
  readonly radius: number;
  /** Default `correlation`. */
  readonly metric?: GramMetric;
  /** First centre and the one after the last; default: all whose window lies inside the data. */
  readonly centres?: readonly [from: number, to: number];
  /** Channels to use, by number; default all. */
  readonly channels?: ArrayLike<number>;
}

/** How the windows are cut into batches, and the sizes that follow. */
export interface WindowLayout {
  readonly nItems: number;
  readonly nPairs: number;
  readonly metric: number;
  readonly channels: readonly number[];
  readonly nAllChannels: number;
  readonly nSamples: number;
  /** Samples in a window. */
  readonly length: number;
  /** First window asked for and the one after the last; window w holds samples w … w + length − 1. */
  readonly from: number;
  readonly to: number;
  /** Windows in a segment: at most `length`, so that they all share a sample. */
  readonly segmentWindows: number;
  /** Windows in a batch: what is computed before it is ranked. A multiple of `segmentWindows`. */
  readonly batchWindows: number;
}

/** Dissimilarities of a batch of windows take at most about so many bytes. */
const BATCH_BYTES = 168 * 2 ** 20;
/** A batch holds at most about so many windows, so that sums over its samples stay in the cache. */
const BATCH_WINDOWS = 512;

/**
 * Check a series against the data and cut its windows. The cut depends on the sizes alone, never on the windows asked
 * for or the number of threads: a window's numbers are the same in every call.
 */
export function windowLayout(dataLength: number, series: WindowSeries): WindowLayout {
  const { nItems, nChannels, nSamples, radius } = series;
  checkCounts(dataLength, series);
  const length = 2 * radius + 1;
  const nPairs = (nItems * (nItems - 1)) / 2;
  const [from, to] = series.centres ?? [radius, nSamples - radius];
  checkCentres(from, to, series);
  const most = Math.max(1, Math.floor(BATCH_BYTES / (8 * Math.max(1, nPairs))));
  const segmentWindows = Math.min(length, most);
  const nSegments = Math.max(1, Math.floor(Math.min(most, BATCH_WINDOWS) / segmentWindows));
  return {
    nItems,
    nPairs,
    metric: metricNumber(series.metric ?? "correlation"),
    channels: channelsOf(series),
    nAllChannels: nChannels,
    nSamples,
    length,
    from: from - radius,
    to: to - radius,
    segmentWindows,
    batchWindows: nSegments * segmentWindows,
  };
}

function checkCounts(dataLength: number, series: WindowSeries): void {
  const { nItems, nChannels, nSamples, radius } = series;
  for (const [name, value] of Object.entries({ nItems, nChannels, nSamples })) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new InvalidArgument(name, value, "give a whole number from 1");
  }
  if (!Number.isSafeInteger(radius) || radius < 0 || 2 * radius + 1 > nSamples) {
    throw new InvalidArgument(
      "radius",
      radius,
      `a window of 2 · radius + 1 samples must fit into ${nSamples} samples`,
    );
  }
  if (dataLength !== nItems * nChannels * nSamples) {
    throw new ShapeMismatch(
      `${nItems} items × ${nChannels} channels × ${nSamples} samples`,
      `${dataLength} numbers`,
    );
  }
}

function checkCentres(from: number, to: number, { nSamples, radius }: WindowSeries): void {
  const whole = Number.isSafeInteger(from) && Number.isSafeInteger(to);
  if (whole && from >= radius && from <= to && to <= nSamples - radius) return;
  throw new InvalidArgument(
    "centres",
    `[${from}, ${to})`,
    `give a range inside [${radius}, ${nSamples - radius})`,
  );
}

function channelsOf({ channels, nChannels }: WindowSeries): readonly number[] {
  if (channels === undefined) return Array.from({ length: nChannels }, (_, channel) => channel);
  const chosen = Array.from(channels);
  const bad = chosen.find(
    (channel) => !Number.isSafeInteger(channel) || channel < 0 || channel >= nChannels,
  );
  if (bad !== undefined || chosen.length === 0) {
    throw new InvalidArgument(
      "channels",
      bad ?? "none",
      `give channels from 0 to ${nChannels - 1}`,
    );
  }
  return chosen;
}

import { createHash } from "node:crypto";
import { slidingWindowRdms } from "../../src/compute/sliding-windows.ts";
import type { WindowSeries } from "../../src/compute/window-layout.ts";
import type { ComputeEngine } from "../../src/compute/compute-engine.ts";

/** Numbers around zero from a seed; a tiny generator of the tests alone. */
export function noise(count: number, seed = 1): Float64Array {
  let state = seed >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** All RDMs of a series, window by window. */
export async function windowRdms(
  data: Float64Array,
  series: WindowSeries,
  engine: ComputeEngine,
  jobs = 1,
): Promise<Float64Array[]> {
  const rdms: Float64Array[] = [];
  for await (const rdm of slidingWindowRdms(data, series, { jobs }, engine)) rdms.push(rdm);
  return rdms;
}

/** One window's RDM pair by pair, mean first, as scipy's `pdist` does. */
export function directRdm(data: Float64Array, series: WindowSeries, window: number): Float64Array {
  const patterns = Array.from({ length: series.nItems }, (_, item) =>
    pattern(data, series, item, window),
  );
  const out: number[] = [];
  for (let i = 0; i < patterns.length; i++) {
    for (let j = i + 1; j < patterns.length; j++)
      out.push(distance(patterns[i], patterns[j], series));
  }
  return Float64Array.from(out);
}

function pattern(data: Float64Array, series: WindowSeries, item: number, window: number): number[] {
  const { nChannels, nSamples, radius, channels } = series;
  const chosen = Array.from(channels ?? Array.from({ length: nChannels }, (_, c) => c));
  return chosen.flatMap((channel) => {
    const from = (item * nChannels + channel) * nSamples + window;
    return [...data.subarray(from, from + 2 * radius + 1)];
  });
}

function distance(a: number[], b: number[], { metric }: WindowSeries): number {
  if (metric === "sqeuclidean" || metric === "euclidean") {
    const square = a.reduce((sum, x, k) => sum + (x - b[k]) ** 2, 0);
    return metric === "euclidean" ? Math.sqrt(square) : square;
  }
  // A single number has no pattern.
  if (a.length < 2) return NaN;
  const [x, y] = metric === "cosine" ? [a, b] : [centred(a), centred(b)];
  return 1 - dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

function centred(x: number[]): number[] {
  if (x.every((value) => value === x[0])) return x.map(() => NaN);
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return x.map((value) => value - mean);
}

function dot(x: number[], y: number[]): number {
  return x.reduce((sum, value, k) => sum + value * y[k], 0);
}

/** Largest absolute difference; infinite when NaN stands against a number. */
export function largestError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let k = 0; k < a.length; k++) {
    if (Number.isNaN(a[k]) && Number.isNaN(b[k])) continue;
    if (a[k] === b[k]) continue;
    const error = Math.abs(a[k] - b[k]);
    most = Math.max(most, Number.isNaN(error) ? Infinity : error);
  }
  return most;
}

/** One short text for many numbers, bit for bit: comparing millions of them one by one would take seconds. */
export function digest(vectors: readonly { ranks: Float64Array; tieSum: number }[]): string {
  const hash = createHash("sha256");
  for (const { ranks, tieSum } of vectors) {
    hash.update(new Uint8Array(ranks.buffer)).update(`${tieSum};`);
  }
  return hash.digest("hex");
}

import { slidingWindowRdms } from "../compute/sliding-windows.ts";
import type { GramMetric } from "../compute/kernels.ts";
import type { WindowSeries } from "../compute/window-layout.ts";
import type { JobOptions } from "../core/job.ts";
import type { BoundedPatch, PatchedPatterns } from "./sensor-searchlight.ts";

/** The windows of one sensor patch, as the compute engine takes them. */
export interface SlidingSeries extends WindowSeries {
  readonly metric: GramMetric;
  readonly channels: Int32Array | undefined;
}

const slidingMetrics: readonly string[] = [
  "correlation",
  "cosine",
  "euclidean",
  "sqeuclidean",
] satisfies GramMetric[];

/**
 * The patches as windows that slide along time, one series for each sensor patch; undefined when they do not slide, are
 * cross-validated, or have a metric that cannot be updated from one window to the next.
 */
export function slidingSeries({
  patterns,
  patches,
  radius,
  options,
}: PatchedPatterns): SlidingSeries[] | undefined {
  const { metric = "correlation" } = options;
  const slides =
    radius !== undefined &&
    patterns.nFolds === 1 &&
    typeof metric === "string" &&
    slidingMetrics.includes(metric);
  if (!slides) return undefined;
  const series = new Map<number | undefined, BoundedPatch[]>();
  for (const patch of patches) {
    const list = series.get(patch.centreSeries);
    if (list === undefined) series.set(patch.centreSeries, [patch]);
    else list.push(patch);
  }
  return [...series.values()].map((list) => ({
    ...patterns,
    radius,
    metric: metric as GramMetric,
    centres: [list[0].samples[0] + radius, list[list.length - 1].samples[0] + radius + 1],
    channels: list[0].series,
  }));
}

/** RDMs of all windows in order, on all cores. */
export async function* slidingRdms(
  { patterns }: PatchedPatterns,
  series: readonly SlidingSeries[],
  job: JobOptions,
): AsyncGenerator<Float64Array> {
  for (const one of series)
    yield* slidingWindowRdms(patterns.data, one, { ...job, onProgress: false });
}

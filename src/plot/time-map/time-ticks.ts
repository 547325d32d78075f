import { ticks } from "../draw/ticks.ts";
import type { MapTick } from "./map-figure.ts";

/** Round times at their places between the first and the last. */
export function timeTicks(times: Float64Array, px: number): MapTick[] {
  const [first, last] = [times[0], times[times.length - 1]];
  return ticks(first, last, Math.max(2, px / 70)).map(({ value, label }) => ({
    place: last > first ? (value - first) / (last - first) : 0,
    label,
  }));
}

/** The place of time 0, where it is not at an end. */
export function zeroPlace(times: Float64Array): number | undefined {
  const [first, last] = [times[0], times[times.length - 1]];
  return first < 0 && last > 0 ? -first / (last - first) : undefined;
}

import { textWidth } from "../text/text-width.ts";
import type { TimeCourse } from "./series.ts";

/** Where the curves lie, in pixels, and what the axes span. */
export interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Distance of the curves from the frame: room for peak labels above, for significance bars below. */
  readonly above: number;
  readonly below: number;
  readonly timeDomain: readonly [number, number];
  readonly valueDomain: readonly [number, number];
  /** The range of the axis where it was given; curves are cut there. */
  readonly yRange: readonly [number, number] | undefined;
  readonly xOf: (time: number) => number;
  readonly yOf: (value: number) => number;
}

/** Thickness and distance of significance bars. */
export const bar = { thickness: 4, pitch: 7 } as const;
/** Least distance of the names of curves. */
export const NAME_PITCH = 14;
const TEXT = { sizePx: 11 };

/** Room for axes, labels and bars around as large a field as is left. */
export function frameOf(
  series: readonly TimeCourse[],
  size: {
    readonly widthPx: number;
    readonly heightPx: number;
    readonly titlePx: number;
    readonly peakLabels: readonly string[];
    readonly yRange: readonly [number, number] | undefined;
  },
): Frame {
  const { widthPx, heightPx, yRange } = size;
  const names = Math.max(...series.map(({ name }) => textWidth(name, TEXT)));
  const [left, right] = [64, widthPx - Math.min(names, widthPx / 3) - 34];
  const [top, bottom] = [10 + size.titlePx, heightPx - 42];
  const rows = rowsFor(size.peakLabels, right - left);
  const above = 8 + rows * 17;
  const bars = series.filter(({ significant = [] }) => significant.length > 0).length;
  const below = 8 + bars * bar.pitch;
  const timeDomain = timeRange(series);
  const valueDomain = yRange ?? valueRange(series);
  const scale = (from: number, to: number, [low, high]: readonly [number, number]) => {
    return (value: number) => from + ((value - low) / (high - low)) * (to - from);
  };
  return {
    ...{
      widthPx,
      heightPx,
      left,
      right,
      top,
      bottom,
      above,
      below,
      timeDomain,
      valueDomain,
      yRange,
    },
    xOf: scale(left, right, timeDomain),
    yOf: within(scale(bottom - below, top + above, valueDomain), top, bottom),
  };
}

/** Nothing is drawn beyond the field, where values lie outside of a given range. */
function within(scale: (value: number) => number, top: number, bottom: number) {
  return (value: number): number => Math.min(bottom, Math.max(top, scale(value)));
}

function rowsFor(labels: readonly string[], widthPx: number): number {
  const total = labels.reduce((sum, label) => sum + textWidth(label, TEXT) + 24, 0);
  // Half a row more: labels do not fill rows without gaps.
  return Math.ceil(total / widthPx + (labels.length > 1 ? 0.5 : 0));
}

function timeRange(series: readonly TimeCourse[]): [number, number] {
  const from = Math.min(...series.map(({ times }) => times[0]));
  const to = Math.max(...series.map(({ times }) => times[times.length - 1]));
  return from < to ? [from, to] : [from - 0.5, to + 0.5];
}

/** From the lowest to the highest value or bound, 0 always among them. */
function valueRange(series: readonly TimeCourse[]): [number, number] {
  let [low, high] = [0, 0];
  for (const { values, lower = [], upper = [] } of series) {
    for (const column of [values, lower, upper]) {
      for (const value of Array.from(column)) {
        if (!Number.isFinite(value)) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  return low < high ? [low, high] : [-1, 1];
}

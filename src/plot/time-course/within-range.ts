import { peakOf, type Peak, type Sample, type TimeCourse } from "./series.ts";

/** A curve cut where it leaves the range of the axis, with a point where it crosses; bounds end at the range. */
export function withinRange(
  samples: readonly Sample[],
  range: readonly [number, number] | undefined,
): readonly Sample[] {
  if (range === undefined) return samples;
  return samples.flatMap((sample, at) => [
    cut(sample, range),
    ...crossings(sample, samples[at + 1], range),
  ]);
}

/** The highest value of a curve; undefined where it lies outside of the range of the axis. */
export function shownPeak(
  series: TimeCourse,
  range: readonly [number, number] | undefined,
): Peak | undefined {
  const peak = peakOf(series);
  if (peak === undefined || range === undefined) return peak;
  return countOutside([peak.value], range) === 0 ? peak : undefined;
}

/** How many finite values lie outside of a range. */
export function countOutside(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
): number {
  return Array.from(values).filter(
    (value) => Number.isFinite(value) && (value < low || value > high),
  ).length;
}

function cut(
  { time, value, lower, upper }: Sample,
  [low, high]: readonly [number, number],
): Sample {
  const inside = (at: number | undefined) =>
    at === undefined ? undefined : Math.min(high, Math.max(low, at));
  const outside = value !== undefined && (value < low || value > high);
  return { time, value: outside ? undefined : value, lower: inside(lower), upper: inside(upper) };
}

function crossings(
  from: Sample,
  to: Sample | undefined,
  range: readonly [number, number],
): Sample[] {
  const [a, b] = [from.value, to?.value];
  if (to === undefined || a === undefined || b === undefined) return [];
  return range
    .map((limit) => ({ limit, part: (limit - a) / (b - a) }))
    .filter(({ part }) => part > 0 && part < 1)
    .sort((one, other) => one.part - other.part)
    .map(({ limit, part }) => {
      const between = (x: number | undefined, y: number | undefined) =>
        x === undefined || y === undefined ? undefined : x + part * (y - x);
      const sample = {
        time: from.time + part * (to.time - from.time),
        value: limit,
        lower: between(from.lower, to.lower),
        upper: between(from.upper, to.upper),
      };
      return cut(sample, range);
    });
}

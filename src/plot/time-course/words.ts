import { capital } from "../text/capital.ts";
import { cutText } from "../text/wrap-text.ts";
import { formatFixed, formatNumber } from "../text/format-number.ts";
import { peakOf, type TimeCourse } from "./series.ts";
import { countOutside, shownPeak } from "./within-range.ts";

const LONGEST_NAME_PX = 150;

/** `pixels: 0.087 at 0.13 s`; a long name is cut. */
export function peakLabel(series: TimeCourse): string {
  return `${cutText(series.name, LONGEST_NAME_PX, { sizePx: 11 })}: ${peakWords(series)}`;
}

function peakWords(series: TimeCourse): string {
  const { value, time } = peakOf(series) ?? { value: NaN, time: NaN };
  return `${peakValue(value)} at ${formatFixed(time, 2)} s`;
}

/** What is shown and how, in whole sentences. */
export function timeCourseCaption(
  series: readonly TimeCourse[],
  said: {
    readonly yLabel: string;
    readonly peaks: boolean;
    readonly bandLabel: string;
    readonly significanceLabel: string;
    readonly yRange: readonly [number, number] | undefined;
  },
): string {
  const banded = series.some(({ lower }) => lower !== undefined);
  // Times that begin at 0 may be those of a scanner's run.
  const aroundZero = series.some(({ times }) => times[0] < 0);
  const tested = series.some(({ significant = [] }) => significant.length > 0);
  return [
    `${capital(said.yLabel)} over time${aroundZero ? "; time 0 is the onset of the stimulus" : ""}.`,
    ...(said.peaks ? peakSentence(series, said.yRange) : []),
    ...(banded ? [`Shaded: ${said.bandLabel}.`] : []),
    ...(tested ? [`Bars below: ${said.significanceLabel}.`] : []),
    ...rangeSentence(series, said.yRange),
  ].join(" ");
}

/** What the shaded bands are, as the series say it. */
export function bandWords(series: readonly TimeCourse[]): string {
  const said = new Set(series.flatMap(({ bandLabel }) => bandLabel ?? []));
  return said.size === 0 ? "between the lower and the upper bound" : [...said].join("; ");
}

/** A peak outside of a given axis is not drawn, and so told. */
function peakSentence(
  series: readonly TimeCourse[],
  range: readonly [number, number] | undefined,
): string[] {
  const lost = series.filter((one) => shownPeak(one, range) === undefined);
  const dots = lost.length < series.length ? ["Dots: the highest value of each curve."] : [];
  if (lost.length === 0) return dots;
  const peaks = lost.map((one) => `${one.name}: ${peakWords(one)}`).join("; ");
  return [...dots, `Highest values outside of the axis: ${peaks}.`];
}

function rangeSentence(
  series: readonly TimeCourse[],
  range: readonly [number, number] | undefined,
): string[] {
  if (range === undefined) return [];
  const count = series.reduce((sum, { values }) => sum + countOutside(values, range), 0);
  const isCut = series.some(({ lower = [], upper = [] }) =>
    [lower, upper].some((bound) => countOutside(bound, range) > 0),
  );
  const axis = `The axis is fixed from ${formatNumber(range[0])} to ${formatNumber(range[1])}`;
  return [
    count === 0
      ? `${axis}.`
      : `${axis}; ${count} value${count === 1 ? " lies" : "s lie"} outside of it.`,
    ...(isCut ? ["Shades that reach beyond it are cut."] : []),
  ];
}

/** The picture in words. */
export function timeCourseAltText(series: readonly TimeCourse[], yLabel: string): string {
  const from = Math.min(...series.map(({ times }) => times[0]));
  const to = Math.max(...series.map(({ times }) => times[times.length - 1]));
  const peaks = series
    .slice(0, 12)
    .map((one) => `${one.name}: ${peakWords(one)}`)
    .join("; ");
  const more = series.length > 12 ? "; and others" : "";
  const curves = `${series.length} curve${series.length === 1 ? "" : "s"}`;
  return `Time course of ${yLabel} from ${formatNumber(from)} to ${formatNumber(to)} s, ${curves}, highest values: ${peaks}${more}.`;
}

/** Two significant digits, also where the last is a zero: 0.10 is not 0.1. */
function peakValue(value: number): string {
  const plain = Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4;
  return plain ? value.toPrecision(2).replace("-", "−") : formatNumber(value, 2);
}

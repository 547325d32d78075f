import * as Plot from "@observablehq/plot";
import { InvalidArgument } from "../../core/errors.ts";
import { categoryColours } from "../colour/palette.ts";
import { captionShapes } from "../draw/caption.ts";
import { drawPlot } from "../draw/draw-plot.ts";
import { joinShapes, noShapes, shapeMarks, type Shapes } from "../draw/shapes.ts";
import { ticks } from "../draw/ticks.ts";
import { Figure } from "../figure.ts";
import { textWidth } from "../text/text-width.ts";
import { cutText } from "../text/wrap-text.ts";
import { dodge } from "./dodge.ts";
import { bar, frameOf, type Frame } from "./frame.ts";
import { placeLabels } from "./place-labels.ts";
import { checkTimeCourse, peakOf, type TimeCourse } from "./series.ts";
import { timeCourseTable } from "./time-course-table.ts";
import { peakLabel, timeCourseAltText, timeCourseCaption } from "./words.ts";

/** How time courses are drawn. */
export interface PlotTimeCourseOptions {
  /** What the values are. Default: `RSA score`. */
  readonly yLabel?: string;
  readonly title?: string;
  /** Mark and name the highest value of each curve. Default: for up to 5 curves. */
  readonly peaks?: boolean;
  /** What the shaded bands are. Default: `between the lower and the upper bound`. */
  readonly bandLabel?: string;
  /** What the bars are. Default: `times found significant`. */
  readonly significanceLabel?: string;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the figure. Default: 700. */
  readonly widthPx?: number;
  /** Height without the caption. Default: 340, more where more curves need names. */
  readonly heightPx?: number;
}

const TEXT = { sizePx: 11 };
const SWATCH = 7;
const NAME_PITCH = 14;
const MOST_SERIES = 2 * categoryColours.length;

/**
 * Draw scores over time, one curve a model: time in seconds with lines at 0, shaded bounds, significant stretches as
 * bars below, the highest value of each curve named, and each curve named at its end.
 *
 * Throws `ShapeMismatch` when lengths differ, `InvalidArgument` when times do not ascend, when nothing is finite, or
 * when there are more curves than can be told apart.
 *
 * @example
 * import { plotTimeCourse } from "tsrsa";
 * const times = [-0.1, 0, 0.1, 0.2];
 * const figure = plotTimeCourse([{ name: "pixels", times, values: [0, 0.01, 0.087, 0.03] }]);
 * figure.toCsv().split("\n")[3]; // "pixels,0.1,0.087"
 */
export function plotTimeCourse(
  series: TimeCourse | readonly TimeCourse[],
  options: PlotTimeCourseOptions = {},
): Figure {
  const all = Array.isArray(series) ? (series as readonly TimeCourse[]) : [series as TimeCourse];
  if (all.length === 0 || all.length > MOST_SERIES)
    throw new InvalidArgument("series", `${all.length} curves`, `give 1 to ${MOST_SERIES} of them`);
  all.forEach(checkTimeCourse);
  const { yLabel = "RSA score", peaks = all.length <= 5, title } = options;
  const frame = frameOf(all, {
    widthPx: checkedSize("widthPx", options.widthPx ?? 700, 300),
    heightPx: checkedSize("heightPx", options.heightPx ?? Math.max(340, 80 + NAME_PITCH * all.length), 160),
    titlePx: title === undefined ? 0 : 20,
    peakLabels: peaks ? all.map(peakLabel) : [],
  });
  const caption =
    options.caption ??
    timeCourseCaption(all, {
      yLabel,
      peaks,
      bandLabel: options.bandLabel ?? "between the lower and the upper bound",
      significanceLabel: options.significanceLabel ?? "times found significant",
    });
  const words = captionShapes((options.showCaption ?? true) ? caption : "", {
    left: 14,
    right: frame.widthPx - 14,
    top: frame.heightPx + 4,
  });
  const under = [axisWords(frame, yLabel, title), barShapes(all, frame), nameShapes(all, frame)];
  const over = [...(peaks ? [peakShapes(all, frame)] : []), words.shapes];
  const size = {
    widthPx: frame.widthPx,
    heightPx: Math.ceil(frame.heightPx + (words.height === 0 ? 0 : words.height + 12)),
    altText: timeCourseAltText(all, yLabel),
  };
  const marks = [...curveMarks(all, frame, peaks), ...shapeMarks(joinShapes([...under, ...over]))];
  const svg = drawPlot({ ...axes(frame, size.heightPx), marks }, size);
  return new Figure({ ...size, svg, caption, data: () => timeCourseTable(all) });
}

function axes(frame: Frame, heightPx: number): Plot.PlotOptions {
  return {
    marginLeft: frame.left,
    marginRight: frame.widthPx - frame.right,
    marginTop: frame.top,
    marginBottom: heightPx - frame.bottom,
    x: { domain: [...frame.timeDomain], axis: null },
    y: {
      domain: [...frame.valueDomain],
      range: frame.valueDomain.map(frame.yOf),
      axis: null,
    },
  };
}

function colourOf(at: number): string {
  return categoryColours[at % categoryColours.length];
}

function curveMarks(all: readonly TimeCourse[], frame: Frame, peaks: boolean): Plot.Markish[] {
  const { timeDomain, valueDomain } = frame;
  const [lowest, highest] = valueDomain.map(frame.yOf);
  const yTicks = ticks(...valueDomain, Math.max(1, Math.min(6, (lowest - highest) / 36)));
  const xTicks = ticks(...timeDomain, Math.max(3, (frame.right - frame.left) / 70));
  const yText = new Map(yTicks.map(({ value, label }) => [value, label]));
  const xText = new Map(xTicks.map(({ value, label }) => [value, label]));
  return [
    Plot.gridY([...yText.keys()], { stroke: "#000", strokeOpacity: 0.08 }),
    Plot.axisY([...yText.keys()], {
      label: null,
      tickFormat: (value: number) => yText.get(value) ?? "",
    }),
    Plot.axisX([...xText.keys()], {
      label: null,
      tickFormat: (value: number) => xText.get(value) ?? "",
    }),
    Plot.ruleY([0], { stroke: "#777", strokeWidth: 1 }),
    ...(timeDomain[0] <= 0 && timeDomain[1] >= 0
      ? [Plot.ruleX([0], { stroke: "#777", strokeDasharray: "3,3" })]
      : []),
    ...all.flatMap((series, at) => bandMark(series, colourOf(at))),
    ...all.map((series, at) => curveMark(series, at)),
    ...(peaks ? all.map((series, at) => peakMark(series, colourOf(at))) : []),
  ];
}

interface Sample {
  readonly time: number;
  readonly value: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

function samplesOf({ times, values, lower, upper }: TimeCourse): Sample[] {
  const finite = (column: ArrayLike<number> | undefined, at: number) =>
    column !== undefined && Number.isFinite(column[at]) ? column[at] : undefined;
  return Array.from(times, (time, at) => ({
    time,
    value: finite(values, at),
    lower: finite(lower, at),
    upper: finite(upper, at),
  }));
}

function bandMark(series: TimeCourse, colour: string): Plot.Markish[] {
  if (series.lower === undefined) return [];
  const channels = { x: "time", y1: "lower", y2: "upper" };
  return [Plot.areaY(samplesOf(series), { ...channels, fill: colour, fillOpacity: 0.18 })];
}

function curveMark(series: TimeCourse, at: number): Plot.Markish {
  return Plot.lineY(samplesOf(series), {
    x: "time",
    y: "value",
    stroke: colourOf(at),
    strokeWidth: 1.8,
    strokeLinejoin: "round",
    // A second round of the colours is told apart by its dashes.
    strokeDasharray: at < categoryColours.length ? undefined : "5,3",
  });
}

function peakMark(series: TimeCourse, colour: string): Plot.Markish {
  const peak = peakOf(series);
  return Plot.dot(peak === undefined ? [] : [peak], {
    x: "time",
    y: "value",
    r: 3.5,
    fill: colour,
    stroke: "#fff",
  });
}

function axisWords(frame: Frame, yLabel: string, title: string | undefined): Shapes {
  const shapes = noShapes();
  const { left, right, top, bottom } = frame;
  const common = { sizePx: 12, anchor: "middle" as const };
  const middle = (top + bottom) / 2;
  const reach = 2 * Math.min(middle, frame.heightPx - middle) - 8;
  shapes.texts.push(
    { ...common, text: "Time (s)", x: (left + right) / 2, y: bottom + 32 },
    {
      ...common,
      text: cutText(yLabel, reach, common),
      x: 14,
      y: (top + bottom) / 2,
      rotate: -90,
    },
  );
  if (title !== undefined) {
    const style = { sizePx: 13, bold: true };
    const text = cutText(title, frame.widthPx - 2 * left, style);
    shapes.texts.push({ ...common, ...style, text, x: (left + right) / 2, y: 14 });
  }
  return shapes;
}

function barShapes(all: readonly TimeCourse[], { xOf, bottom, timeDomain }: Frame): Shapes {
  const shapes = noShapes();
  let top = bottom - bar.pitch;
  all.forEach(({ significant = [] }, at) => {
    for (const [from, to] of significant) {
      const left = xOf(Math.max(from, timeDomain[0]));
      // A single significant sample is a bar too.
      const width = Math.max(2, xOf(Math.min(to, timeDomain[1])) - left);
      shapes.boxes.push({ left, top, width, height: bar.thickness, fill: colourOf(at) });
    }
    if (significant.length > 0) top -= bar.pitch;
  });
  return shapes;
}

/** Each curve's name beside its end, joined to it by a line of its colour. */
function nameShapes(all: readonly TimeCourse[], frame: Frame): Shapes {
  const shapes = noShapes();
  const ends = all.map((series) => {
    const last = samplesOf(series).findLast(({ value }) => value !== undefined);
    return { x: frame.xOf(last?.time ?? 0), y: frame.yOf(last?.value ?? 0) };
  });
  const wanted = ends.map(({ y }) => y);
  const heights = dodge(wanted, NAME_PITCH, { top: frame.top + 6, bottom: frame.bottom - 6 });
  all.forEach(({ name }, at) => {
    const x = frame.right + 20;
    const y = heights[at];
    const text = cutText(name, frame.widthPx - x - 6, TEXT);
    const line = { x1: ends[at].x + 2, y1: ends[at].y, x2: x - 4, y2: y, colour: colourOf(at) };
    shapes.lines.push(line);
    shapes.texts.push({ x, y, text, ...TEXT });
  });
  return shapes;
}

/** Each peak's label with a square of the curve's colour, and a line to the peak where it is not close by. */
function peakShapes(all: readonly TimeCourse[], frame: Frame): Shapes {
  const shapes = noShapes();
  const labels = all.map((series) => {
    const peak = peakOf(series) ?? { time: 0, value: 0 };
    const width = textWidth(peakLabel(series), TEXT) + SWATCH + 4;
    return { x: frame.xOf(peak.time), y: frame.yOf(peak.value), width };
  });
  const area = { ...frame, left: frame.left + 4 };
  placeLabels(labels, curvePoints(all, frame), area).forEach((place, at) => {
    if (place === undefined) return;
    const { x, y, width } = labels[at];
    const colour = colourOf(at);
    const { edge } = place;
    if (Math.hypot(edge.x - x, edge.y - y) > 9)
      shapes.lines.push({ x1: x, y1: y, x2: edge.x, y2: edge.y, colour });
    const left = place.x - width / 2;
    const box = { left, top: place.y - SWATCH / 2, width: SWATCH, height: SWATCH, fill: colour };
    shapes.boxes.push(box);
    const text = peakLabel(all[at]);
    shapes.texts.push({ x: left + SWATCH + 4, y: place.y, text, ...TEXT, halo: true });
  });
  return shapes;
}

/** Points along all curves and their bounds, near enough to each other that no label slips between. */
function curvePoints(all: readonly TimeCourse[], frame: Frame): { x: number; y: number }[] {
  const columns = all.flatMap(({ times, values, lower = [], upper = [] }) =>
    [values, lower, upper].map((column) => ({ times, column })),
  );
  return columns.flatMap(({ times, column }) => {
    const points = Array.from(column, (value, i) => ({
      x: frame.xOf(times[i]),
      y: frame.yOf(value),
    }));
    return points.flatMap((point, i) => dots(point, points[i + 1] ?? point));
  });
}

function dots(from: { x: number; y: number }, to: { x: number; y: number }) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (!Number.isFinite(length)) return [];
  const steps = Math.min(50, Math.max(1, Math.ceil(length / 6)));
  return Array.from({ length: steps }, (_, step) => ({
    x: from.x + ((to.x - from.x) * step) / steps,
    y: from.y + ((to.y - from.y) * step) / steps,
  }));
}

function checkedSize(name: string, found: number, least: number): number {
  if (Number.isFinite(found) && found >= least) return Math.round(found);
  throw new InvalidArgument(name, found, `give at least ${least} pixels`);
}

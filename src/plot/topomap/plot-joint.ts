import { observablePlot } from "#platform/observable-plot";
import type * as Plot from "@observablehq/plot";
import { InvalidArgument } from "../../core/errors.ts";
import { numbers, range, text, whole } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import type { Channel } from "../../meg/channel.ts";
import { SensorScores } from "../../meg/sensor-scores.ts";
import { recordingOf, type SensorSource } from "../../meg/sensors/sensor-source.ts";
import { Table } from "../../table/index.ts";
import { valueBarImage, valueColours } from "../colour/value-colours.ts";
import { MARGIN } from "../draw/assemble.ts";
import { captionShapes } from "../draw/caption.ts";
import { barLabel, barShapes, barTicks, barWidth } from "../draw/colour-bar.ts";
import { drawPlot } from "../draw/draw-plot.ts";
import { joinShapes, noShapes, shapeMarks, type Shapes } from "../draw/shapes.ts";
import { ticks } from "../draw/ticks.ts";
import { placeOf, valueAxis, valueAxisShapes } from "../draw/value-axis.ts";
import { Figure } from "../figure.ts";
import { capital } from "../text/capital.ts";
import { HEAD_RADIUS_M } from "./outlines.ts";
import { peakSamples } from "./peak-times.ts";
import { placeValues } from "./sensor-values.ts";
import { headShapes } from "./topomap-shapes.ts";
import { nearestSample } from "./values-at-times.ts";
import { comparisonWords } from "../../rsa/comparisons/comparison-words.ts";

/** How curves of sensors and maps are drawn together. */
export interface PlotJointOptions {
  /** Which model. The only one need not be named. */
  readonly model?: string;
  /** Times of the maps, in seconds. Default: where sensors differ most, up to `maps` of them. */
  readonly timesS?: readonly number[];
  /** How many maps at most, where no times are given. Default: 3. */
  readonly maps?: number;
  /** What the values are. Default: the comparison of the scores. */
  readonly label?: string;
  /** Lowest and highest value of the colours of the maps. Default: those of the sensors at their times. */
  readonly range?: readonly [low: number, high: number];
  /** Above the figure. */
  readonly title?: string;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the figure. Default: 700. */
  readonly widthPx?: number;
}

const plotJointNames: OptionNames<PlotJointOptions> = {
  model: text,
  timesS: numbers,
  maps: whole(1),
  label: true,
  range,
  title: true,
  caption: true,
  showCaption: true,
  widthPx: true,
};

const SIZE = 11;
const HEIGHT = 210;
const MOST_MAPS = 8;

/**
 * Draw scores of all sensors over time, each curve in the colour of its place, with maps of the head at some times and
 * lines that join them.
 *
 * @param scores - of each sensor over time: `rsaEpochs` with `spatialRadiusM` and `temporalRadiusS`, or a group's mean.
 * @param source - where the sensors are: info, epochs, evokeds, or channels.
 * @throws as {@link plotTopomap}; `InvalidArgument` for scores of one sensor or one time.
 *
 * @example
 * import { plotJoint, SensorScores } from "tsrsa";
 * const at = (name: string, x: number, y: number) => ({ name, type: "eeg", position: [x, y, 0.09] as const });
 * const channels = [at("Cz", 0, 0), at("Fz", 0, 0.05), at("Oz", 0, -0.08), at("C3", -0.05, 0)];
 * const scores = new SensorScores({
 *   scores: Float64Array.from({ length: 16 }, (_, k) => Math.sin(k)),
 *   modelNames: ["faces"], channels: channels.map(({ name }) => name), times: Float64Array.of(0, 0.1, 0.2, 0.3),
 *   rsaMetric: "spearman", nItems: 20,
 * });
 * plotJoint(scores, channels, { timesS: [0.1] }).data.names; // [ "channel", "time_s", "value" ]
 */
export function plotJoint(
  scores: SensorScores,
  source: SensorSource,
  options: PlotJointOptions = {},
): Figure {
  checkOptions(options, plotJointNames);
  if (!(scores instanceof SensorScores))
    throw new InvalidArgument("scores", scores, "give scores, as rsaEpochs gives them");
  if (scores.channels.length < 3 || scores.times.length < 2)
    throw new InvalidArgument(
      "scores",
      `${scores.channels.length} sensors at ${scores.times.length} times`,
      "give scores of three sensors or more over time: rsaEpochs with spatialRadiusM and temporalRadiusS",
    );
  const { channels } = recordingOf(source);
  const { widthPx = 700, title } = options;
  const label = options.label ?? comparisonWords(scores.rsaMetric);
  const series = scores.channels.map((channel) => scores.series(options.model, channel).values);
  const samples = samplesOf(scores, series, options);
  const maps = samples.map((at) => {
    const values = {
      channels: scores.channels,
      values: series.map((one) => one[at]),
      name: `${scores.times[at].toFixed(3)} s`,
    };
    return placeValues(values, channels, [0, 0, 0]);
  });
  const colours = valueColours(
    maps.flatMap((map) => Array.from(map.values)),
    options,
  );
  const bar = {
    src: valueBarImage(colours),
    label: barLabel(label, 110),
    ticks: barTicks(...colours.range, 90),
  };
  const titlePx = title === undefined ? 0 : 22;
  const free = widthPx - 2 * MARGIN - barWidth(bar);
  const side = Math.min(130, Math.floor(free / maps.length) - 8);
  if (side < 50) throw new InvalidArgument("widthPx", widthPx, `${maps.length} maps need more`);
  const top = MARGIN + titlePx + 20 + side + 34;
  const axis = valueAxis(...valueRange(series), HEIGHT, label);
  const box = { left: MARGIN + axis.widthPx, right: widthPx - MARGIN, top, bottom: top + HEIGHT };
  const [first, last] = [scores.times[0], scores.times[scores.times.length - 1]];
  const xOf = (time: number) =>
    box.left + ((time - first) / (last - first)) * (box.right - box.left);
  const yOf = placeOf(axis, box);
  const heads = maps.map((map, k) => {
    const centre = MARGIN + (free * (k + 0.5)) / maps.length;
    const placed = { left: centre - side / 2, top: MARGIN + titlePx + 20, sidePx: side };
    const isMeg = map.type === "mag" || map.type === "grad";
    const look = {
      colours,
      contours: 6,
      interpolation: "cubic",
      extrapolate: isMeg ? "local" : "head",
      border: "mean",
      radius: HEAD_RADIUS_M,
      origin: [0, 0],
      sensors: true,
      mark: new Set<string>(),
    } as const;
    return joinShapes([
      headShapes(map, look, placed),
      leaderShapes(map.name, centre, placed.top, side, xOf(scores.times[samples[k]]), box),
    ]);
  });
  const caption =
    options.caption ??
    captionOf(label, scores.channels.length, maps.length, options.timesS === undefined);
  const words = captionShapes((options.showCaption ?? true) ? caption : "", {
    left: MARGIN,
    right: widthPx - MARGIN,
    top: box.bottom + 44,
  });
  const barAt = {
    ...bar,
    left: widthPx - MARGIN - barWidth(bar),
    top: MARGIN + titlePx + 26,
    height: Math.min(100, side),
  };
  const shapes = [
    timeShapes(first, last, box, xOf),
    ...heads,
    barShapes({ ...barAt, ticks: barTicks(...colours.range, barAt.height) }),
    headingShapes(title, widthPx),
    words.shapes,
  ];
  const size = {
    widthPx,
    heightPx: Math.ceil(box.bottom + 44 + words.height + MARGIN),
    altText: altTextOf(scores, options.model, label),
  };
  const curves = curveMark(series, scores, channels, xOf, yOf);
  const scales = {
    x: { domain: [0, size.widthPx], range: [0, size.widthPx] },
    y: { domain: [0, size.heightPx], range: [0, size.heightPx] },
  };
  const svg = drawPlot(
    {
      margin: 0,
      axis: null,
      ...scales,
      marks: [...shapeMarks(valueAxisShapes(axis, box)), curves, ...shapeMarks(joinShapes(shapes))],
    },
    size,
  );
  return new Figure({ ...size, svg, caption, data: () => tableOf(scores, series) });
}

function samplesOf(
  scores: SensorScores,
  series: readonly Float64Array[],
  { timesS, maps = 3 }: PlotJointOptions,
): number[] {
  if (timesS === undefined) {
    const found = peakSamples(series, Math.min(maps, MOST_MAPS));
    if (found.length > 0) return found;
    throw new InvalidArgument(
      "scores",
      "the same at all sensors, or NaN",
      "there is no time to show; give timesS",
    );
  }
  if (timesS.length === 0 || timesS.length > MOST_MAPS)
    throw new InvalidArgument("timesS", `${timesS.length} times`, `give 1 to ${MOST_MAPS}`);
  return Array.from(timesS, (time) => nearestSample(scores.times, time));
}

function valueRange(series: readonly Float64Array[]): [number, number] {
  let [low, high] = [0, 0];
  for (const values of series)
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
  const room = 0.04 * (high - low);
  return [low < 0 ? low - room : 0, high + room];
}

/** One line a sensor, in the colour of its place: right is red, front green, top blue. */
function curveMark(
  series: readonly Float64Array[],
  scores: SensorScores,
  channels: readonly Channel[],
  xOf: (time: number) => number,
  yOf: (value: number) => number,
): Plot.Markish {
  const colours = placeColours(scores.channels, channels);
  const points = series.flatMap((values, at) =>
    Array.from(values, (value, k) => ({
      x: xOf(scores.times[k]),
      y: Number.isFinite(value) ? yOf(value) : NaN,
      at,
      stroke: colours[at],
    })),
  );
  type Point = (typeof points)[number];
  const pixels = (value: (point: Point) => number) =>
    ({ value: value as (point: unknown) => number, scale: null }) as Plot.ChannelValueSpec;
  return observablePlot().line(points, {
    x: pixels(({ x }) => x),
    y: pixels(({ y }) => y),
    z: (point: Point) => point.at,
    stroke: { value: (point: Point) => point.stroke, scale: null } as Plot.ChannelValueSpec,
    strokeWidth: 0.9,
    strokeLinejoin: "round",
  });
}

function placeColours(names: readonly string[], channels: readonly Channel[]): string[] {
  const known = new Map(channels.map((channel) => [channel.name, channel.position]));
  const places = names.map((name) => known.get(name) ?? [0, 0, 0]);
  const level = (axis: number, value: number) => {
    const along = places.map((place) => place[axis]);
    const [low, high] = [Math.min(...along), Math.max(...along)];
    return Math.round(high > low ? (200 * (value - low)) / (high - low) : 100);
  };
  return places.map(([x, y, z]) => `rgb(${level(0, x)}, ${level(1, y)}, ${level(2, z)})`);
}

function leaderShapes(
  name: string,
  centre: number,
  top: number,
  side: number,
  x: number,
  box: { top: number; bottom: number },
): Shapes {
  const shapes = noShapes();
  const colour = "#999";
  shapes.texts.push({
    x: centre,
    y: top - 9,
    text: name,
    sizePx: 12,
    bold: true,
    anchor: "middle",
  });
  shapes.lines.push({ x1: centre, y1: top + side + 2, x2: x, y2: box.top - 6, colour });
  shapes.lines.push({ x1: x, y1: box.top - 6, x2: x, y2: box.bottom, colour, dash: "3,3" });
  return shapes;
}

function timeShapes(
  first: number,
  last: number,
  box: { left: number; right: number; top: number; bottom: number },
  xOf: (time: number) => number,
): Shapes {
  const shapes = noShapes();
  for (const { value, label } of ticks(first, last, Math.max(3, (box.right - box.left) / 70))) {
    const x = xOf(value);
    shapes.lines.push({ x1: x, x2: x, y1: box.bottom, y2: box.bottom + 4, colour: "#555" });
    shapes.texts.push({ x, y: box.bottom + 12, text: label, sizePx: SIZE, anchor: "middle" });
  }
  shapes.texts.push({
    x: (box.left + box.right) / 2,
    y: box.bottom + 29,
    text: "Time (s)",
    sizePx: 12,
    anchor: "middle",
  });
  return shapes;
}

function headingShapes(title: string | undefined, widthPx: number): Shapes {
  const shapes = noShapes();
  if (title !== undefined)
    shapes.texts.push({
      x: widthPx / 2,
      y: MARGIN + 8,
      text: title,
      sizePx: 13,
      bold: true,
      anchor: "middle",
    });
  return shapes;
}

function captionOf(label: string, nSensors: number, nMaps: number, found: boolean): string {
  const where = found
    ? `the ${nMaps === 1 ? "time" : `${nMaps} times`} at which sensors differ most`
    : "the times given";
  return `${capital(label)} of ${nSensors} sensors over time, each curve in the colour of its place (right red, front green, top blue). Heads, seen from above, the nose on top: ${where}; one scale of colours.`;
}

function altTextOf(scores: SensorScores, model: string | undefined, label: string): string {
  const { score, timeS, channel } = scores.peak(model);
  return `Curves of ${label} of ${scores.channels.length} sensors with maps of the head; highest ${score.toPrecision(3)} at ${channel}, ${timeS.toFixed(3)} s.`;
}

function tableOf(scores: SensorScores, series: readonly Float64Array[]): Table {
  const rows = series.flatMap((values, at) => Array.from(values, (value, k) => ({ at, k, value })));
  return new Table({
    channel: rows.map(({ at }) => scores.channels[at]),
    time_s: rows.map(({ k }) => scores.times[k]),
    value: rows.map(({ value }) => value),
  });
}

import { InvalidArgument, ShapeMismatch, UnknownOption } from "../../core/errors.ts";
import { checkOptions } from "../../core/gate/options.ts";
import { SensorScores } from "../../meg/sensor-scores.ts";
import { recordingOf, type SensorSource } from "../../meg/sensors/sensor-source.ts";
import { Table } from "../../table/index.ts";
import { valueBarImage, valueColours } from "../colour/value-colours.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { barLabel, barShapes, barTicks, barWidth } from "../draw/colour-bar.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { Figure } from "../figure.ts";
import { wrapAtMost } from "../text/wrap-text.ts";
import { HEAD_RADIUS_M } from "./outlines.ts";
import {
  checkSensorValues,
  placeValues,
  type PlacedValues,
  type SensorValues,
} from "./sensor-values.ts";
import { valuesAtTimes } from "./values-at-times.ts";
import { headShapes, type HeadLook } from "./topomap-shapes.ts";
import { plotTopomapNames, type PlotTopomapOptions } from "./topomap-options.ts";
import { topomapAltText, topomapCaption } from "./words.ts";
import { comparisonWords } from "../../rsa/comparisons/comparison-words.ts";

const GAP = 14;
const TITLE = { sizePx: 12, bold: true } as const;

/**
 * Draw values of sensors on the head seen from above, the nose on top: one map or several with one scale of colours.
 * Sensors are placed by name; between them values are interpolated as MNE-Python's `plot_topomap` does. Of sensors at
 * one place, as a planar pair, the mean is drawn. The range of colours is that of the sensors, as a smooth map overshoots.
 *
 * @param values - scores of a model at one time or several, or one value a named sensor, one map or a list of them.
 * @param source - where the sensors are: info, epochs, evokeds, or channels.
 * @throws `ItemMismatch` for sensors that the source lacks, `InvalidArgument` for sensors without a place, of several
 *   types, or at fewer than three places; `ShapeMismatch`, `UnknownOption`.
 *
 * @example
 * import { plotTopomap } from "tsrsa";
 * const at = (name: string, x: number, y: number) => ({ name, type: "eeg", position: [x, y, 0.09] as const });
 * const channels = [at("Cz", 0, 0), at("Fz", 0, 0.05), at("Pz", 0, -0.05), at("C3", -0.05, 0), at("C4", 0.05, 0)];
 * const figure = plotTopomap({ channels: ["C4", "C3", "Pz", "Fz"], values: [0.1, 0.3, 0.2, 0.1] }, channels);
 * figure.toCsv().split("\n")[1]; // ",C4,0.1"
 */
export function plotTopomap(
  values: SensorScores | SensorValues | readonly SensorValues[],
  source: SensorSource,
  options: PlotTopomapOptions = {},
): Figure {
  checkOptions(options, plotTopomapNames);
  const { channels } = recordingOf(source);
  const [x, y, z, radius] = options.sphereM ?? [0, 0, 0, HEAD_RADIUS_M];
  const maps = mapsOf(values, options).map((one) => placeValues(one, channels, [x, y, z]));
  const marks = marksOf(options.mark, maps);
  const colours = valueColours(
    maps.flatMap((one) => Array.from(one.values)),
    options,
  );
  const label =
    options.label ?? (values instanceof SensorScores ? comparisonWords(values.rsaMetric) : "value");
  const isMeg = maps[0].type === "mag" || maps[0].type === "grad";
  const look: Omit<HeadLook, "mark"> = {
    colours,
    contours: options.contours ?? 6,
    interpolation: options.interpolation ?? "cubic",
    extrapolate: options.extrapolate ?? (isMeg ? "local" : "head"),
    border: options.border ?? "mean",
    radius,
    origin: [x, y],
    sensors: options.sensors ?? true,
  };
  const { shapes, widthPx, bottom, nUnnamed } = layOut(maps, marks, look, label, options);
  const said = {
    maps,
    colours,
    label,
    look,
    nUnnamed,
    marked: marks.some(({ size }) => size > 0),
    markLabel: options.markLabel ?? "marked sensors",
  };
  return assembleFigure({
    widthPx,
    bottom,
    shapes,
    caption: options.caption ?? topomapCaption(said),
    showCaption: options.showCaption ?? true,
    altText: topomapAltText(said),
    data: () => tableOf(maps),
  });
}

function mapsOf(
  values: SensorScores | SensorValues | readonly SensorValues[],
  { model, timesS }: PlotTopomapOptions,
): readonly SensorValues[] {
  if (values instanceof SensorScores) return valuesAtTimes(values, model, timesS);
  if (model !== undefined || timesS !== undefined)
    throw new InvalidArgument(
      "model and timesS",
      model ?? timesS,
      "they choose among scores; leave them out for values",
    );
  const list: readonly unknown[] = Array.isArray(values) ? values : [values];
  if (list.length === 0) throw new InvalidArgument("values", "none", "give one map or more");
  return list.map((one, at) =>
    checkSensorValues(one, list.length === 1 ? "values" : `values[${at}]`),
  );
}

function marksOf(
  mark: PlotTopomapOptions["mark"],
  maps: readonly PlacedValues[],
): ReadonlySet<string>[] {
  if (mark === undefined || mark.length === 0) return maps.map(() => new Set());
  const nested = mark.every((one) => typeof one !== "string");
  const lists = nested ? mark : maps.map(() => mark);
  if (lists.length !== maps.length)
    throw new ShapeMismatch(`${maps.length} lists of marked sensors, one a map`, `${lists.length}`);
  maps.forEach(({ channels, missing }, at) => {
    const known = [...channels.flatMap((name) => name.split(" + ")), ...missing];
    const unknown = lists[at].find((name) => !known.includes(name));
    if (unknown !== undefined) throw new UnknownOption("mark", unknown, known);
  });
  return lists.map((list) => new Set(list));
}

function layOut(
  maps: readonly PlacedValues[],
  marks: readonly ReadonlySet<string>[],
  look: Omit<HeadLook, "mark">,
  label: string,
  options: PlotTopomapOptions,
) {
  const { widthPx = 760, panelPx = 220, title } = options;
  const bar = {
    src: valueBarImage(look.colours),
    label: barLabel(label, 150),
    ticks: barTicks(...look.colours.range, 150),
  };
  const free = widthPx - 2 * MARGIN - barWidth(bar);
  const columns = Math.min(
    maps.length,
    options.columns ?? Math.max(1, Math.floor((free + GAP) / (Math.min(panelPx, 150) + GAP))),
  );
  const side = Math.min(panelPx, Math.floor((free - (columns - 1) * GAP) / columns));
  if (side < 60)
    throw new InvalidArgument(
      "columns",
      columns,
      `maps would be ${side} pixels wide; take fewer columns or a larger widthPx`,
    );
  const titlePx = title === undefined ? 0 : 22;
  const titles = maps.map(({ name }) => (name === "" ? [] : wrapAtMost(name, side, TITLE, 2)));
  const names = 4 + 15 * Math.max(...titles.map(({ length }) => length));
  const right = MARGIN + columns * (side + GAP) - GAP;
  const heads = maps.map((map, at) => {
    const left = MARGIN + (at % columns) * (side + GAP);
    const top = MARGIN + titlePx + names + Math.floor(at / columns) * (side + names + 6);
    const drawn = headShapes(map, { ...look, mark: marks[at] }, { left, top, sidePx: side });
    return { drawn, title: nameShapes(titles[at], left + side / 2, top) };
  });
  const unnamed = maps.map(({ channels }, at) => channels.length - heads[at].drawn.texts.length);
  const rows = Math.ceil(maps.length / columns);
  const bottom = MARGIN + titlePx + rows * (side + names + 6);
  const first = MARGIN + titlePx + names;
  const height = Math.min(side, 160);
  const placed = {
    ...bar,
    ticks: barTicks(...look.colours.range, height),
    left: right,
    top: first + (side - height) / 2,
    height,
  };
  const heading = noShapes();
  if (title !== undefined)
    heading.texts.push({
      x: (MARGIN + right) / 2,
      y: MARGIN + 8,
      text: title,
      sizePx: 13,
      bold: true,
      anchor: "middle",
    });
  return {
    shapes: [...heads.flatMap(({ drawn, title }) => [drawn, title]), barShapes(placed), heading],
    nUnnamed: look.sensors === "names" ? Math.max(...unnamed) : 0,
    widthPx: right + barWidth(bar) + MARGIN,
    bottom,
  };
}

function nameShapes(lines: readonly string[], x: number, top: number): Shapes {
  const shapes = noShapes();
  lines
    .toReversed()
    .forEach((text, k) =>
      shapes.texts.push({ x, y: top - 8 - k * 15, text, ...TITLE, anchor: "middle" }),
    );
  return shapes;
}

function tableOf(maps: readonly PlacedValues[]): Table {
  const rows = maps.flatMap(({ name, channels, values }) =>
    channels.map((channel, at) => ({ name, channel, value: values[at] })),
  );
  return new Table({
    map: rows.map(({ name }) => name),
    channel: rows.map(({ channel }) => channel),
    value: rows.map(({ value }) => value),
  });
}

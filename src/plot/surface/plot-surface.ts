import { oneOf } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument } from "../../core/errors.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { barLabel, barShapes, barTicks, barWidth, type ColourBar } from "../draw/colour-bar.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { ticks } from "../draw/ticks.ts";
import { type SequentialPalette, sequentialPalettes } from "../colour/palette.ts";
import type { Figure } from "../figure.ts";
import {
  checkHeatmap,
  finiteValues,
  heatmapTable,
  type CheckedHeatmap,
  type Heatmap,
} from "../heatmap/heatmap.ts";
import { barImage } from "../rdms/panel-image.ts";
import { capital } from "../text/capital.ts";
import { formatNumber } from "../text/format-number.ts";
import { textWidth } from "../text/text-width.ts";
import { projector, type BoxLengths } from "./projection.ts";
import { surfaceShapes, type SurfaceFrame } from "./surface-shapes.ts";

/** How a surface is drawn. */
export interface PlotSurfaceOptions {
  /** What the heights are. Default: `value`. */
  readonly label?: string;
  /** Above the figure. */
  readonly title?: string;
  /** How far the box is turned, 5 to 85. Default: 40. */
  readonly azimuthDeg?: number;
  /** How far from above it is seen, 5 to 80. Default: 30. */
  readonly elevationDeg?: number;
  /** Default: `viridis`. */
  readonly palette?: SequentialPalette;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the whole figure. Default: 640. */
  readonly widthPx?: number;
}

const LONGEST_NAME = 110;
const BAR_HEIGHT = 200;

const plotSurfaceNames: OptionNames<PlotSurfaceOptions> = {
  label: true,
  title: true,
  azimuthDeg: true,
  elevationDeg: true,
  palette: oneOf(sequentialPalettes),
  caption: true,
  showCaption: true,
  widthPx: true,
};

/**
 * Draw values over rows × columns (regions × layers) as a surface in space: parallel projection, near patches hide far
 * ones, height and colour both show the value. What lies behind a hill is hidden; `plotHeatmap` shows every value.
 *
 * Throws `ShapeMismatch` when names do not fit the values, `InvalidArgument` for fewer than two rows or columns.
 *
 * @example
 * import { plotSurface } from "tsrsa";
 * const values = [[0.04, 0.05, 0.02], [0.01, 0.03, 0.06]];
 * const figure = plotSurface({ rows: ["V1", "LOC"], columns: ["layer1", "layer2", "layer3"], values });
 * figure.altText; // "Surface of value over 2 rows (V1, LOC) and 3 columns (layer1, layer2, layer3), from 0.01 to 0.06."
 */
export function plotSurface(heatmap: Heatmap, options: PlotSurfaceOptions = {}): Figure {
  checkOptions(options, plotSurfaceNames);
  const map = checkHeatmap(heatmap, 0, 1);
  if (map.rows.length < 2 || map.columns.length < 2)
    throw new InvalidArgument(
      "surface",
      `${map.rows.length} × ${map.columns.length} values`,
      "give two rows and two columns or more",
    );
  const finite = finiteValues([map]);
  if (finite.length === 0)
    throw new InvalidArgument("values", "none finite", "check where the NaN come from");
  const {
    label = "value",
    title,
    palette = "viridis",
    widthPx = 640,
    showCaption = true,
  } = options;
  const range = [least(finite), most(finite)] as const;
  const bar: Omit<ColourBar, "left" | "top"> = {
    src: barImage(palette),
    height: BAR_HEIGHT,
    ticks: barTicks(range[0], range[1], BAR_HEIGHT),
    label: barLabel(label, BAR_HEIGHT),
  };
  const titlePx = title === undefined ? 0 : 26;
  const right = widthPx - MARGIN - barWidth(bar);
  const { frame, top, bottom } = frameOf(map, range, options, { right, titlePx, palette });
  const missing = finite.length < map.rows.length * map.columns.length;
  return assembleFigure({
    widthPx,
    bottom,
    shapes: [
      surfaceShapes(map, frame),
      barShapes({
        ...bar,
        left: right,
        top: Math.max(MARGIN + titlePx, (top + bottom - BAR_HEIGHT) / 2),
      }),
      titleShapes(title, right),
    ],
    caption: options.caption ?? captionOf(label, range, missing),
    showCaption,
    altText: `Surface of ${label} over ${map.rows.length} rows (${map.rows.slice(0, 10).join(", ")}) and ${map.columns.length} columns (${map.columns.slice(0, 10).join(", ")}), from ${formatNumber(range[0])} to ${formatNumber(range[1])}.`,
    data: () => heatmapTable([map]),
  });
}

function frameOf(
  map: CheckedHeatmap,
  range: readonly [number, number],
  { azimuthDeg = 40, elevationDeg = 30 }: PlotSurfaceOptions,
  room: { right: number; titlePx: number; palette: SequentialPalette },
): { frame: SurfaceFrame; top: number; bottom: number } {
  const [lastColumn, lastRow] = [map.columns.length - 1, map.rows.length - 1];
  const box = boxOf(range);
  const project = projector({ azimuthDeg, elevationDeg }, lengthsOf(lastColumn, lastRow));
  const height = (value: number): number => (value - box[0]) / (box[1] - box[0]);
  const at = (c: number, r: number, value: number) =>
    project(c / lastColumn, r / lastRow, height(value));
  const corners = [0, lastColumn].flatMap((c) =>
    [0, lastRow].flatMap((r) => box.map((v) => at(c, r, v))),
  );
  const [west, east] = [least(corners.map(({ x }) => x)), most(corners.map(({ x }) => x))];
  const [south, north] = [least(corners.map(({ y }) => y)), most(corners.map(({ y }) => y))];
  const names = (texts: readonly string[]) =>
    Math.min(LONGEST_NAME, most(texts.map((text) => textWidth(text, { sizePx: 11 })))) + 14;
  // Names hang on the slanted edges, so that only about a half of them reaches beyond the box.
  const left = MARGIN + Math.max(names(map.rows), 44);
  const scale = (room.right - left - names(map.columns)) / (east - west);
  const top = MARGIN + room.titlePx;
  const bottom = top + (north - south) * scale;
  const frame: SurfaceFrame = {
    place: (c, r, value) => {
      const { x, y } = at(c, r, value);
      return [left + (x - west) * scale, top + (north - y) * scale];
    },
    depth: (c, r) => at(c, r, box[0]).depth,
    box,
    range,
    palette: room.palette,
    labelPx: LONGEST_NAME,
  };
  return { frame, top, bottom: bottom + 18 };
}

/** Sides in proportion to what lies along them, none more than twice as long as the other. */
function lengthsOf(lastColumn: number, lastRow: number): BoxLengths {
  const ratio = Math.min(1.6, Math.max(0.625, lastRow / lastColumn));
  return [1 / Math.sqrt(ratio), Math.sqrt(ratio), 0.75];
}

/** From 0, or from the last tick below, to the highest value. */
function boxOf([low, high]: readonly [number, number]): readonly [number, number] {
  if (low === high) return [low - 0.5, high + 0.5];
  if (low > 0 && low < 0.5 * high) return [0, high];
  const marks = ticks(low, high, 5);
  const step = marks.length > 1 ? marks[1].value - marks[0].value : high - low;
  return [Math.floor(low / step) * step, high];
}

function captionOf(label: string, range: readonly [number, number], missing: boolean): string {
  const words = capital(label);
  const gaps = missing ? " Cells beside a missing value are left out." : "";
  return `${words} as height and colour, ${formatNumber(range[0])} to ${formatNumber(range[1])}; between the values it is interpolated.${gaps}`;
}

function titleShapes(title: string | undefined, right: number): Shapes {
  const shapes = noShapes();
  const x = (MARGIN + right) / 2;
  if (title !== undefined)
    shapes.texts.push({ x, y: MARGIN + 7, text: title, sizePx: 13, anchor: "middle", bold: true });
  return shapes;
}

function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

function most(values: readonly number[]): number {
  return values.reduce((high, value) => Math.max(high, value), -Infinity);
}

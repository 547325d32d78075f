import { range as rangeKind, oneOf } from "../../core/gate/kinds.ts";
import type { OptionNames } from "../../core/gate/options.ts";
import type { Table } from "../../table/index.ts";
import {
  valueBarImage,
  valueColours,
  valuePalettes,
  type ValuePalette,
} from "../colour/value-colours.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { barLabel, barShapes, barTicks, barWidth } from "../draw/colour-bar.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { Figure } from "../figure.ts";
import { cutText } from "../text/wrap-text.ts";
import { cellsImage, type Cells } from "./cells-image.ts";

/** How a map over time is drawn. */
export interface TimeMapOptions {
  readonly title?: string;
  /** What the colours are. Default: what the scores say of themselves. */
  readonly label?: string;
  /** Colours from and to. Default: about 0 where values lie on both sides of it, else from the lowest to the highest. */
  readonly range?: readonly [number, number];
  readonly palette?: ValuePalette;
  /** Instead of our own words under the figure. */
  readonly caption?: string;
  /** Write the caption under the figure. Default: true. */
  readonly showCaption?: boolean;
  /** Width of the picture without its bar. Default: 380. */
  readonly panelPx?: number;
}

export const timeMapNames: OptionNames<TimeMapOptions> = {
  title: true,
  label: true,
  range: rangeKind,
  palette: oneOf(valuePalettes, "palette"),
  caption: true,
  showCaption: true,
  panelPx: true,
};

/** A tick at a place from 0 (first cell) to 1 (last cell). */
export interface MapTick {
  readonly place: number;
  readonly label: string;
}

/** A map laid out. */
export interface TimeMap {
  readonly cells: Cells;
  readonly heightPx: number;
  readonly columnTicks: readonly MapTick[];
  readonly rowTicks: readonly MapTick[];
  readonly columnLabel: string;
  readonly rowLabel: string;
  readonly label: string;
  /** Places of lines at time 0: across and up. */
  readonly zeroColumn: number | undefined;
  readonly zeroRow: number | undefined;
  readonly caption: string;
  readonly altText: string;
  readonly data: () => Table;
}

const SIZE = { sizePx: 11 } as const;
const LEFT = 52;
const BELOW = 36;

/** Draw a map: cells, axes, lines at 0 s, a colour bar, a caption. */
export function mapFigure(map: TimeMap, options: TimeMapOptions): Figure {
  const { panelPx: width = 380, title, label = map.label } = options;
  const { cells, heightPx: height } = map;
  const colours = valueColours(cells.values, options);
  const top = MARGIN + (title === undefined ? 4 : 26);
  const left = MARGIN + LEFT;
  const shapes = noShapes();
  const src = cellsImage(cells, colours, width, height);
  shapes.images.push({ left, top, width, height, src });
  shapes.boxes.push({ left, top, width, height, stroke: "#999" });
  addAxes(shapes, map, { left, top, width, height });
  const bar = {
    left: left + width,
    top,
    height,
    src: valueBarImage(colours),
    label: barLabel(label, height),
    ticks: barTicks(...colours.range, height),
  };
  const widthPx = left + width + barWidth(bar) + MARGIN;
  if (title !== undefined)
    shapes.texts.push({
      x: left + width / 2,
      y: MARGIN + 8,
      text: cutText(title, widthPx - 2 * MARGIN, { sizePx: 13, bold: true }),
      sizePx: 13,
      bold: true,
      anchor: "middle",
    });
  return assembleFigure({
    widthPx,
    bottom: top + height + BELOW,
    shapes: [shapes, barShapes(bar)],
    caption: options.caption ?? map.caption,
    showCaption: options.showCaption ?? true,
    altText: map.altText,
    data: map.data,
  });
}

function addAxes(
  shapes: Shapes,
  map: TimeMap,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
): void {
  const xOf = (place: number): number => left + placeOf(place, map.cells.nColumns) * width;
  const yOf = (place: number): number => top + (1 - placeOf(place, map.cells.nRows)) * height;
  const [bottom, line] = [top + height, { colour: "#555" }];
  for (const { place, label } of map.columnTicks) {
    const x = xOf(place);
    shapes.lines.push({ x1: x, x2: x, y1: bottom, y2: bottom + 4, ...line });
    shapes.texts.push({ x, y: bottom + 12, text: label, ...SIZE, anchor: "middle" });
  }
  for (const { place, label } of map.rowTicks) {
    const y = yOf(place);
    shapes.lines.push({ x1: left - 4, x2: left, y1: y, y2: y, ...line });
    shapes.texts.push({ x: left - 7, y, text: label, ...SIZE, anchor: "end" });
  }
  const dashed = { colour: "#333", dash: "4,3" };
  if (map.zeroColumn !== undefined)
    shapes.lines.push({
      x1: xOf(map.zeroColumn),
      x2: xOf(map.zeroColumn),
      y1: top,
      y2: bottom,
      ...dashed,
    });
  if (map.zeroRow !== undefined)
    shapes.lines.push({
      x1: left,
      x2: left + width,
      y1: yOf(map.zeroRow),
      y2: yOf(map.zeroRow),
      ...dashed,
    });
  const across = { ...SIZE, anchor: "middle" } as const;
  const middle = { x: left + width / 2, y: top + height / 2 };
  shapes.texts.push(
    { x: middle.x, y: bottom + 28, text: cutText(map.columnLabel, width, SIZE), ...across },
    {
      x: MARGIN + 8,
      y: middle.y,
      text: cutText(map.rowLabel, height, SIZE),
      ...across,
      rotate: -90,
    },
  );
}

/** Where the middle of a cell lies, of places from the first cell (0) to the last (1). */
function placeOf(place: number, n: number): number {
  return (place * (n - 1) + 0.5) / n;
}

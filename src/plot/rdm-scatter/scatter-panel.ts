import { noShapes, type Shapes } from "../draw/shapes.ts";
import { ticks } from "../draw/ticks.ts";
import { paletteColours } from "../colour/palette.ts";
import { cutText } from "../text/wrap-text.ts";
import { density } from "./density.ts";
import { corners, hexagons } from "./hexagons.ts";
import { BETWEEN, MOST_DOTS, WITHIN, type PairPoints } from "./pair-points.ts";
import { scoresOf } from "./words.ts";

const SIZE = { sizePx: 11 } as const;
const LEFT = 46;
const BELOW = 40;
const EDGE = 30;
const STEPS = 80;
const ONE = "#444";

/** One panel: points or hexagons, axes, densities at the edges, scores above. */
export function scatterPanel(
  points: PairPoints,
  { left, top, sidePx }: { left: number; top: number; sidePx: number },
): Shapes {
  const shapes = noShapes();
  const box = {
    left: left + LEFT,
    right: left + sidePx - EDGE - 4,
    top: top + 20 + EDGE,
    bottom: top + 20 + sidePx - BELOW,
  };
  const [xRange, yRange] = [rangeOf(points.x), rangeOf(points.y)];
  const xOf = (value: number) =>
    box.left + ((value - xRange[0]) / (xRange[1] - xRange[0])) * (box.right - box.left);
  const yOf = (value: number) =>
    box.bottom - ((value - yRange[0]) / (yRange[1] - yRange[0])) * (box.bottom - box.top);
  const at = Array.from(points.x, (x, k) => [xOf(x), yOf(points.y[k])] as const);
  shapes.boxes.push({
    left: box.left,
    top: box.top,
    width: box.right - box.left,
    height: box.bottom - box.top,
    stroke: "#999",
  });
  addAxes(shapes, points, box, { xRange, yRange, xOf, yOf });
  if (points.identity) addIdentity(shapes, xRange, yRange, xOf, yOf);
  if (at.length > MOST_DOTS) addHexagons(shapes, at);
  else
    at.forEach(([x, y], k) =>
      shapes.dots.push({
        x,
        y,
        radiusPx: at.length > 800 ? 1.3 : 2.2,
        fill: colourOf(points.within?.[k]),
      }),
    );
  addDensities(shapes, points, box, xRange, yRange);
  const text = cutText(scoresOf(points), sidePx, SIZE);
  shapes.texts.push({ x: left + sidePx / 2, y: top + 8, text, ...SIZE, anchor: "middle" });
  return shapes;
}

function colourOf(within: boolean | undefined): string {
  if (within === undefined) return ONE;
  return within ? WITHIN : BETWEEN;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
type Range = readonly [number, number];
interface Scales {
  readonly xRange: Range;
  readonly yRange: Range;
  readonly xOf: (value: number) => number;
  readonly yOf: (value: number) => number;
}

function rangeOf(values: Float64Array): Range {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const room = high > low ? 0.04 * (high - low) : Math.abs(high) / 2 || 1;
  return [low - room, high + room];
}

function addAxes(
  shapes: Shapes,
  { xLabel, yLabel }: PairPoints,
  box: Box,
  { xRange, yRange, xOf, yOf }: Scales,
): void {
  const line = { colour: "#555" };
  for (const { value, label } of ticks(...xRange, Math.max(2, (box.right - box.left) / 60))) {
    const x = xOf(value);
    shapes.lines.push({ x1: x, x2: x, y1: box.bottom, y2: box.bottom + 4, ...line });
    shapes.texts.push({ x, y: box.bottom + 12, text: label, ...SIZE, anchor: "middle" });
  }
  for (const { value, label } of ticks(...yRange, Math.max(2, (box.bottom - box.top) / 44))) {
    const y = yOf(value);
    shapes.lines.push({ x1: box.left - 4, x2: box.left, y1: y, y2: y, ...line });
    shapes.texts.push({ x: box.left - 7, y, text: label, ...SIZE, anchor: "end" });
  }
  const across = { ...SIZE, anchor: "middle" } as const;
  shapes.texts.push(
    {
      x: (box.left + box.right) / 2,
      y: box.bottom + 28,
      text: cutText(xLabel, box.right - box.left, SIZE),
      ...across,
    },
    {
      x: box.left - LEFT + 8,
      y: (box.top + box.bottom) / 2,
      text: cutText(yLabel, box.bottom - box.top, SIZE),
      rotate: -90,
      ...across,
    },
  );
}

function addIdentity(
  shapes: Shapes,
  xRange: Range,
  yRange: Range,
  xOf: Scales["xOf"],
  yOf: Scales["yOf"],
): void {
  const [from, to] = [Math.max(xRange[0], yRange[0]), Math.min(xRange[1], yRange[1])];
  if (from < to)
    shapes.lines.push({
      x1: xOf(from),
      y1: yOf(from),
      x2: xOf(to),
      y2: yOf(to),
      colour: "#999",
      dash: "4,3",
    });
}

function addHexagons(shapes: Shapes, at: readonly (readonly [number, number])[]): void {
  const pitch = 8;
  const cells = hexagons(at, pitch);
  const most = cells.reduce((high, { count }) => Math.max(high, count), 0);
  const colours = paletteColours("blues", 64);
  for (const cell of cells) {
    const [r, g, b] = colours[Math.round(8 + 55 * Math.sqrt(cell.count / most))];
    shapes.polygons.push({ points: corners(cell, pitch), fill: `rgb(${r},${g},${b})` });
  }
}

/** Densities of all pairs, or of those within and between categories, above and right of the panel. */
function addDensities(
  shapes: Shapes,
  points: PairPoints,
  box: Box,
  xRange: Range,
  yRange: Range,
): void {
  const kinds = points.within === undefined ? [undefined] : [true, false];
  const of = (values: Float64Array, kind: boolean | undefined) =>
    kind === undefined ? values : values.filter((_, k) => points.within?.[k] === kind);
  const above = kinds.map((kind) => density(of(points.x, kind), ...xRange, STEPS));
  const right = kinds.map((kind) => density(of(points.y, kind), ...yRange, STEPS));
  const [xMost, yMost] = [above, right].map((all) =>
    Math.max(...all.map((one) => Math.max(...one)), 1e-300),
  );
  kinds.forEach((kind, k) => {
    const colour = colourOf(kind);
    const along = (n: number, from: number, to: number) => from + (n / (STEPS - 1)) * (to - from);
    addCurve(
      shapes,
      colour,
      Array.from(above[k], (h, n) => [
        along(n, box.left, box.right),
        box.top - 3 - (h / xMost) * (EDGE - 6),
      ]),
    );
    addCurve(
      shapes,
      colour,
      Array.from(right[k], (h, n) => [
        box.right + 3 + (h / yMost) * (EDGE - 6),
        along(n, box.bottom, box.top),
      ]),
    );
  });
}

function addCurve(
  shapes: Shapes,
  colour: string,
  points: readonly (readonly [number, number])[],
): void {
  points.slice(1).forEach(([x2, y2], k) => {
    const [x1, y1] = points[k];
    shapes.lines.push({ x1, y1, x2, y2, colour, widthPx: 1.4 });
  });
}

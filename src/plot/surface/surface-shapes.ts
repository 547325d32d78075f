import { paletteColours, type SequentialPalette } from "../colour/palette.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { ticks } from "../draw/ticks.ts";
import { cutText } from "../text/wrap-text.ts";
import type { CheckedHeatmap } from "../heatmap/heatmap.ts";

/** A place in the picture, pixels from the top left corner. */
export type Place = readonly [x: number, y: number];

/** Where things lie, and how values become heights and colours. */
export interface SurfaceFrame {
  /** Column and row as places (0 to n − 1), height as a value. */
  readonly place: (column: number, row: number, value: number) => Place;
  readonly depth: (column: number, row: number) => number;
  /** Lowest and highest value of the box. */
  readonly box: readonly [low: number, high: number];
  readonly range: readonly [low: number, high: number];
  readonly palette: SequentialPalette;
  readonly labelPx: number;
}

const TEXT = { sizePx: 11 };
const STEPS = 256;
/** Patches along a side of a cell. */
const PARTS = 5;
const WALL = "#f4f4f4";
const LINE = "#d0d0d0";
const EDGE = "#777";

/** Walls, the surface from far to near, and the names along its edges. */
export function surfaceShapes(map: CheckedHeatmap, frame: SurfaceFrame): Shapes {
  const shapes = noShapes();
  addWalls(shapes, map, frame);
  addPatches(shapes, map, frame);
  addNames(shapes, map, frame);
  return shapes;
}

/** Floor and the two walls behind, with lines at the ticks; drawn as thin areas, so that the surface covers them. */
function addWalls(shapes: Shapes, { rows, columns }: CheckedHeatmap, frame: SurfaceFrame): void {
  const { place, box } = frame;
  const [low, high] = box;
  const [lastColumn, lastRow] = [columns.length - 1, rows.length - 1];
  const corner = (column: number, row: number, value: number) => place(column, row, value);
  const wall = (points: readonly Place[]) =>
    shapes.polygons.push({ points, fill: WALL, stroke: LINE });
  wall([
    corner(0, 0, low),
    corner(lastColumn, 0, low),
    corner(lastColumn, lastRow, low),
    corner(0, lastRow, low),
  ]);
  wall([
    corner(0, lastRow, low),
    corner(lastColumn, lastRow, low),
    corner(lastColumn, lastRow, high),
    corner(0, lastRow, high),
  ]);
  wall([
    corner(lastColumn, 0, low),
    corner(lastColumn, lastRow, low),
    corner(lastColumn, lastRow, high),
    corner(lastColumn, 0, high),
  ]);
  const [, floor] = corner(0, lastRow, low);
  for (const { value, label } of ticks(low, high, 5)) {
    const [left, back, right] = [
      corner(0, lastRow, value),
      corner(lastColumn, lastRow, value),
      corner(lastColumn, 0, value),
    ];
    shapes.polygons.push({ points: [left, back, left], fill: "none", stroke: LINE });
    shapes.polygons.push({ points: [back, right, back], fill: "none", stroke: LINE });
    const [x, y] = left;
    shapes.lines.push({ x1: x - 4, x2: x, y1: y, y2: y, colour: EDGE });
    // At the floor the name of a row begins.
    if (floor - y > 12) shapes.texts.push({ x: x - 7, y, text: label, ...TEXT, anchor: "end" });
  }
  const [top, bottom] = [corner(0, lastRow, high), corner(0, lastRow, low)];
  shapes.lines.push({ x1: top[0], y1: top[1], x2: bottom[0], y2: bottom[1], colour: EDGE });
}

/** The cells between four neighbours, the far ones first, so that near ones hide them. */
function addPatches(shapes: Shapes, map: CheckedHeatmap, frame: SurfaceFrame): void {
  const cells = [];
  for (let row = 0; row + 1 < map.rows.length; row++)
    for (let column = 0; column + 1 < map.columns.length; column++)
      cells.push({ row, column, depth: frame.depth(column + 0.5, row + 0.5) });
  cells.sort((a, b) => b.depth - a.depth);
  for (const { row, column } of cells) addCell(shapes, map, row, column, frame);
}

/** A cell as small patches, each of its own colour, with a line around the whole. */
function addCell(
  shapes: Shapes,
  map: CheckedHeatmap,
  row: number,
  column: number,
  { place, range, palette, depth }: SurfaceFrame,
): void {
  const [a, b] = [map.at(row, column), map.at(row, column + 1)];
  const [c, d] = [map.at(row + 1, column), map.at(row + 1, column + 1)];
  if (![a, b, c, d].every(Number.isFinite)) return;
  const value = (u: number, v: number) =>
    (1 - v) * ((1 - u) * a + u * b) + v * ((1 - u) * c + u * d);
  const at = (u: number, v: number) => place(column + u, row + v, value(u, v));
  const steps = Array.from({ length: PARTS * PARTS }, (_, k) => ({
    u: (k % PARTS) / PARTS,
    v: Math.floor(k / PARTS) / PARTS,
  }));
  steps.sort((p, q) => depth(q.u, q.v) - depth(p.u, p.v));
  const s = 1 / PARTS;
  for (const { u, v } of steps) {
    const fill = colourOf(value(u + s / 2, v + s / 2), range, palette);
    const points = [at(u, v), at(u + s, v), at(u + s, v + s), at(u, v + s)];
    // A line of its own colour closes the seams between patches.
    shapes.polygons.push({ points, fill, stroke: fill });
  }
  const around = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
  shapes.polygons.push({ points: around, fill: "none", stroke: "#ffffff" });
}

function colourOf(
  value: number,
  [low, high]: readonly [number, number],
  palette: SequentialPalette,
): string {
  const place = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
  const [r, g, b] = paletteColours(palette, STEPS)[Math.round(place * (STEPS - 1))];
  return `rgb(${r}, ${g}, ${b})`;
}

/** Columns along the near edge on the right, rows along the near edge on the left. */
function addNames(shapes: Shapes, { rows, columns }: CheckedHeatmap, frame: SurfaceFrame): void {
  const { place, box, labelPx } = frame;
  columns.forEach((name, j) => {
    const [x, y] = place(j, 0, box[0]);
    shapes.lines.push({ x1: x, y1: y, x2: x + 4, y2: y + 4, colour: EDGE });
    shapes.texts.push({ x: x + 7, y: y + 9, text: cutText(name, labelPx, TEXT), ...TEXT });
  });
  rows.forEach((name, i) => {
    const [x, y] = place(0, i, box[0]);
    shapes.lines.push({ x1: x, y1: y, x2: x - 4, y2: y + 4, colour: EDGE });
    shapes.texts.push({
      x: x - 7,
      y: y + 9,
      text: cutText(name, labelPx, TEXT),
      ...TEXT,
      anchor: "end",
    });
  });
}

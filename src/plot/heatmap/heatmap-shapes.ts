import { paletteColours, type SequentialPalette } from "../colour/palette.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { cutText } from "../text/wrap-text.ts";
import { textPx, titleLines, type HeatmapLayout } from "./heatmap-layout.ts";
import type { CheckedHeatmap } from "./heatmap.ts";

/** How values become colours and words. */
export interface HeatmapLook {
  readonly range: readonly [low: number, high: number];
  readonly palette: SequentialPalette;
  /** The value as it is written; undefined when values are not written. */
  readonly valueText: ((value: number) => string) | undefined;
  readonly alpha: number;
}

const STEPS = 256;
const MISSING = "#e1e1e1";

/** What one heat map draws. */
export function heatmapShapes(
  map: CheckedHeatmap,
  place: HeatmapLayout["panels"][number],
  layout: HeatmapLayout,
  look: HeatmapLook,
): Shapes {
  const shapes = noShapes();
  const { left, top } = place;
  const { cellWidth, cellHeight } = layout;
  map.rows.forEach((row, i) => {
    const y = top + (i + 0.5) * cellHeight;
    if (place.names) addRowName(shapes, row, left - 6, y, layout.rowPx);
    map.columns.forEach((_, j) =>
      addCell(shapes, map, i, j, { left, top, cellWidth, cellHeight }, look),
    );
  });
  addColumnNames(shapes, map, place, layout);
  const width = map.columns.length * cellWidth;
  shapes.boxes.push({ left, top, width, height: map.rows.length * cellHeight, stroke: "#999" });
  for (const text of titleLines(map.name, width + 16))
    shapes.texts.push({
      x: left + width / 2,
      y: top - 6 - textPx.title / 2,
      text,
      sizePx: textPx.title,
      anchor: "middle",
      bold: true,
    });
  return shapes;
}

function addRowName(shapes: Shapes, name: string, x: number, y: number, rowPx: number): void {
  const text = cutText(name, rowPx - 6, { sizePx: textPx.label });
  shapes.texts.push({ x, y, text, sizePx: textPx.label, anchor: "end" });
}

interface Grid {
  readonly left: number;
  readonly top: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

function addCell(
  shapes: Shapes,
  map: CheckedHeatmap,
  i: number,
  j: number,
  grid: Grid,
  { range, palette, valueText, alpha }: HeatmapLook,
): void {
  const value = map.at(i, j);
  const box = {
    left: grid.left + j * grid.cellWidth,
    top: grid.top + i * grid.cellHeight,
    width: grid.cellWidth,
    height: grid.cellHeight,
  };
  const colour = Number.isFinite(value) ? colourOf(value, range, palette) : undefined;
  shapes.boxes.push({ ...box, fill: colour?.fill ?? MISSING });
  const star = (map.pAt?.(i, j) ?? 1) <= alpha ? "*" : "";
  const text =
    colour === undefined ? "–" : valueText === undefined ? star : valueText(value) + star;
  if (text === "") return;
  shapes.texts.push({
    x: box.left + box.width / 2,
    y: box.top + box.height / 2,
    text,
    sizePx: textPx.value,
    anchor: "middle",
    colour: colour?.ink ?? "#555",
  });
}

function addColumnNames(
  shapes: Shapes,
  map: CheckedHeatmap,
  { left, top }: { left: number; top: number },
  layout: HeatmapLayout,
): void {
  const under = top + map.rows.length * layout.cellHeight;
  map.columns.forEach((name, j) => {
    const x = left + (j + 0.5) * layout.cellWidth;
    const common = { x, sizePx: textPx.label };
    if (layout.upright) {
      const text = cutText(name, layout.namesPx - 10, { sizePx: textPx.label });
      shapes.texts.push({ ...common, y: under + 6, text, anchor: "end", rotate: -90 });
    } else shapes.texts.push({ ...common, y: under + 12, text: name, anchor: "middle" });
  });
}

/** The colour of a value, and black or white, whichever reads better on it. */
function colourOf(
  value: number,
  [low, high]: readonly [number, number],
  palette: SequentialPalette,
) {
  const place = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
  const [r, g, b] = paletteColours(palette, STEPS)[Math.round(place * (STEPS - 1))];
  const linear = [r, g, b].map((part) => (part / 255) ** 2.2);
  const luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  return { fill: `rgb(${r}, ${g}, ${b})`, ink: luminance > 0.2 ? "#1a1a1a" : "#fff" };
}

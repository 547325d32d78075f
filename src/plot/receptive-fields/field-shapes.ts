import { paletteColours, type SequentialPalette } from "../colour/palette.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { cutText } from "../text/wrap-text.ts";
import type { CheckedFields } from "./fields.ts";

const steps = 256;
/** A pixel whose coefficient is not a number. */
const missing = "#d5d5d5";
export const titlePx = 12;

/** Where a field is drawn, and how its values become colours. */
export interface FieldLook {
  readonly left: number;
  readonly top: number;
  readonly pixelPx: number;
  readonly range: readonly [low: number, high: number];
  /** Smaller coefficients are left as the ground. */
  readonly threshold: number;
  readonly ground: "white" | "black";
  readonly palette: SequentialPalette;
}

/** What one receptive field draws: pixels, a frame and a title in the colour of its voxel, the marked pixel. */
export function fieldShapes(fields: CheckedFields, field: number, look: FieldLook): Shapes {
  const shapes = noShapes();
  const { left, top, pixelPx } = look;
  const { rows, columns, colours, titles, marked } = fields;
  if (look.ground === "black")
    shapes.boxes.push({
      ...{ left, top, width: columns * pixelPx, height: rows * pixelPx },
      ...{ fill: "#000", stroke: "#000" },
    });
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const fill = colourOf(fields.at(field, row, column), look);
      if (fill !== undefined) shapes.boxes.push({ ...cell(look, row, column), fill, stroke: fill });
    }
  const [width, height] = [columns * pixelPx, rows * pixelPx];
  shapes.boxes.push({ left, top, width, height, stroke: "#999" });
  const place = marked[field];
  if (place !== undefined) {
    const box = cell(look, ...place);
    for (const inset of [0, 1, 2])
      shapes.boxes.push({
        left: box.left + inset,
        top: box.top + inset,
        width: box.width - 2 * inset,
        height: box.height - 2 * inset,
        stroke: look.ground === "black" ? "#fff" : colours[field],
      });
  }
  shapes.dots.push({ x: left + 6, y: top - 12, radiusPx: 5, fill: colours[field] });
  shapes.texts.push({
    x: left + 16,
    y: top - 12,
    text: cutText(titles[field], width - 16, { sizePx: titlePx, bold: true }),
    sizePx: titlePx,
    bold: true,
  });
  return shapes;
}

function cell({ left, top, pixelPx }: FieldLook, row: number, column: number) {
  return {
    left: left + column * pixelPx,
    top: top + row * pixelPx,
    width: pixelPx,
    height: pixelPx,
  };
}

function colourOf(value: number, { range, threshold, palette }: FieldLook): string | undefined {
  if (Number.isNaN(value)) return missing;
  if (value < threshold) return undefined;
  const [low, high] = range;
  const place = Math.min(1, Math.max(0, (value - low) / (high - low)));
  const [r, g, b] = paletteColours(palette, steps)[Math.round(place * (steps - 1))];
  return `rgb(${r}, ${g}, ${b})`;
}

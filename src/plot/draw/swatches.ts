import { textWidth } from "../text/text-width.ts";
import { cutText } from "../text/wrap-text.ts";
import { noShapes, type Shapes } from "./shapes.ts";

/** A colour, or a little picture, and what it stands for. */
export interface Swatch {
  readonly text: string;
  readonly fill?: string;
  readonly src?: string;
}

const SIZE = 11;
const LINE = 18;

/** Swatches with their names in as many lines as they need from `top`; tells how high they are. */
export function swatchShapes(
  swatches: readonly Swatch[],
  { left, top, right }: { left: number; top: number; right: number },
): { shapes: Shapes; height: number } {
  const shapes = noShapes();
  let [x, y] = [left, top];
  for (const { text, fill, src } of swatches) {
    const name = cutText(text, right - left - SIZE - 5, { sizePx: SIZE });
    const width = SIZE + 5 + textWidth(name, { sizePx: SIZE });
    if (x > left && x + width > right) [x, y] = [left, y + LINE];
    const box = { left: x, top: y + (LINE - SIZE) / 2, width: SIZE, height: SIZE };
    if (src !== undefined) shapes.images.push({ ...box, src });
    else shapes.boxes.push({ ...box, fill });
    shapes.texts.push({ x: x + SIZE + 5, y: y + LINE / 2, text: name, sizePx: SIZE });
    x += width + 16;
  }
  return { shapes, height: swatches.length === 0 ? 0 : y + LINE - top };
}

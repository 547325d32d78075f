import { wrapText } from "../text/wrap-text.ts";
import { noShapes, type Shapes } from "./shapes.ts";

const SIZE = 11;
const LINE = 15;

/** A caption in lines from `top`; tells how high it is. */
export function captionShapes(
  text: string,
  { left, top, right }: { left: number; top: number; right: number },
): { shapes: Shapes; height: number } {
  const shapes = noShapes();
  const lines = wrapText(text, right - left, { sizePx: SIZE });
  lines.forEach((line, i) => {
    const y = top + (i + 0.5) * LINE;
    shapes.texts.push({ x: left, y, text: line, sizePx: SIZE, colour: "#444" });
  });
  return { shapes, height: lines.length * LINE };
}

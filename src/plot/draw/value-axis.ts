import { noShapes, type Shapes } from "./shapes.ts";
import { ticks, type Tick } from "./ticks.ts";
import { textWidth } from "../text/text-width.ts";
import { wrapText } from "../text/wrap-text.ts";

const SIZE = 11;
const LABEL = 12;

/** A vertical axis of values, laid out in pixels. */
export interface ValueAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly Tick[];
  /** Room it takes left of the field, label included. */
  readonly widthPx: number;
  readonly labelLines: readonly string[];
}

/** An axis with round ticks from at most `low` to at least `high`, of a field as high as given. */
export function valueAxis(low: number, high: number, heightPx: number, label: string): ValueAxis {
  const count = Math.max(2, Math.min(8, heightPx / 44));
  const [from, to] = high > low ? [low, high] : [low - 0.5, high + 0.5];
  const marks = ticks(from, to, count);
  const widest = Math.max(...marks.map((tick) => textWidth(tick.label, { sizePx: SIZE })));
  const labelLines = wrapText(label, heightPx, { sizePx: LABEL });
  const labelPx = labelLines.length * (LABEL + 3);
  return { low: from, high: to, ticks: marks, labelLines, widthPx: labelPx + 6 + widest + 8 };
}

/** Place of a value between the lower and the upper edge. */
export function placeOf(axis: ValueAxis, box: { top: number; bottom: number }) {
  return (value: number): number =>
    box.bottom - ((value - axis.low) / (axis.high - axis.low)) * (box.bottom - box.top);
}

/** Grid lines, ticks, numbers and label. */
export function valueAxisShapes(
  axis: ValueAxis,
  box: { left: number; right: number; top: number; bottom: number },
): Shapes {
  const shapes = noShapes();
  const yOf = placeOf(axis, box);
  for (const { value, label } of axis.ticks) {
    const y = yOf(value);
    // A thin box, because boxes lie below everything else and lines do not.
    const grid = { left: box.left, top: y - 0.5, width: box.right - box.left, height: 1 };
    shapes.boxes.push({ ...grid, fill: "#ebebeb" });
    shapes.lines.push({ x1: box.left - 4, x2: box.left, y1: y, y2: y, colour: "#555" });
    shapes.texts.push({ x: box.left - 7, y, text: label, sizePx: SIZE, anchor: "end" });
  }
  const first = box.left - axis.widthPx + (LABEL + 3) / 2;
  axis.labelLines.forEach((text, i) =>
    shapes.texts.push({
      x: first + i * (LABEL + 3),
      y: (box.top + box.bottom) / 2,
      text,
      sizePx: LABEL,
      anchor: "middle",
      rotate: -90,
    }),
  );
  return shapes;
}

import { placeOf, type ValueAxis } from "../draw/value-axis.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import { formatNumber } from "../text/format-number.ts";
import { cutText } from "../text/wrap-text.ts";

/** A set of models, and the share that only they explain together. */
export interface ShareBar {
  readonly name: string;
  /** Numbers of the models in it. */
  readonly members: readonly number[];
  /** The share of each data RDM that has one. */
  readonly values: readonly number[];
  readonly mean: number;
}

/** The field of the bars; the rows of models lie below it. */
export interface ShareFrame {
  readonly axis: ValueAxis;
  readonly box: { left: number; right: number; top: number; bottom: number };
  readonly widthPx: number;
  /** Middle of each model's row. */
  readonly rowOf: (model: number) => number;
}

/** Height of a model's row. */
export const ROW = 22;
const TEXT = { sizePx: 11 };
const UNIQUE = "#0072b2";
const COMMON = "#7f7f7f";

/** Bars that go down below 0, points of single RDMs, and rows of dots that say which models a bar is of. */
export function shareBarShapes(
  bars: readonly ShareBar[],
  modelNames: readonly string[],
  frame: ShareFrame,
): Shapes {
  const shapes = noShapes();
  const { axis, box, rowOf } = frame;
  const yOf = placeOf(axis, box);
  const pitch = (box.right - box.left) / bars.length;
  const width = Math.min(46, 0.62 * pitch);
  shapes.lines.push({ x1: box.left, x2: box.right, y1: yOf(0), y2: yOf(0), colour: "#555" });
  modelNames.forEach((name, model) => {
    if (model % 2 === 0)
      shapes.boxes.push({
        ...{ left: box.left, top: rowOf(model) - ROW / 2, width: box.right - box.left },
        ...{ height: ROW, fill: "#f4f4f4" },
      });
    const text = cutText(name, box.left - 16, TEXT);
    shapes.texts.push({ x: box.left - 8, y: rowOf(model), text, ...TEXT, anchor: "end" });
  });
  bars.forEach((bar, at) => {
    const x = box.left + (at + 0.5) * pitch;
    addMembers(shapes, bar.members, modelNames.length, x, rowOf);
    if (Number.isNaN(bar.mean)) return;
    const fill = bar.members.length === 1 ? UNIQUE : COMMON;
    const [top, bottom] = [yOf(Math.max(0, bar.mean)), yOf(Math.min(0, bar.mean))];
    shapes.boxes.push({ left: x - width / 2, top, width, height: bottom - top, fill });
    if (bar.values.length > 1)
      for (const value of bar.values)
        shapes.dots.push({ x, y: yOf(value), radiusPx: 2.2, fill: "#fff", stroke: "#333" });
    const ends = bar.values.length > 1 ? [bar.mean, ...bar.values] : [bar.mean];
    const y = bar.mean < 0 ? yOf(Math.min(0, ...ends)) + 10 : yOf(Math.max(0, ...ends)) - 10;
    shapes.texts.push({
      x,
      y,
      text: formatNumber(Math.round(1000 * bar.mean) / 1000),
      ...TEXT,
      anchor: "middle",
      halo: true,
    });
  });
  return shapes;
}

/** A dot for each model, full for those of the set, which a line joins. */
function addMembers(
  shapes: Shapes,
  members: readonly number[],
  nModels: number,
  x: number,
  rowOf: (model: number) => number,
): void {
  const [first, last] = [members[0], members[members.length - 1]];
  if (members.length > 1)
    shapes.lines.push({
      ...{ x1: x, x2: x, y1: rowOf(first), y2: rowOf(last), colour: "#333", widthPx: 2 },
    });
  for (let model = 0; model < nModels; model++)
    shapes.dots.push({
      ...{ x, y: rowOf(model), radiusPx: 4.5 },
      fill: members.includes(model) ? "#333" : "#d9d9d9",
    });
}

import { listOf, text, thing } from "../../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { InvalidArgument, UnknownItem } from "../../core/errors.ts";
import { Table } from "../../table/index.ts";
import { assembleFigure, MARGIN } from "../draw/assemble.ts";
import { noShapes, type Shapes } from "../draw/shapes.ts";
import type { Figure } from "../figure.ts";
import { wrapText } from "../text/wrap-text.ts";

/** A box of a diagram, on a grid of columns and rows. */
export interface DiagramBox {
  /** Unique; written into the box. */
  readonly name: string;
  /** A line of smaller letters below the name. */
  readonly note?: string;
  /** From 0 at the left; halves are allowed. */
  readonly column: number;
  /** From 0 at the top; halves are allowed. */
  readonly row: number;
}

/** How a diagram is drawn. */
export interface PlotDiagramOptions {
  /** Pairs of names: what leads to what. Default: each box to the next. */
  readonly arrows?: readonly (readonly [from: string, to: string])[];
  /** Words under the figure. Default: none. */
  readonly caption?: string;
  /** Width of the figure. Default: 700. */
  readonly widthPx?: number;
}

const names: OptionNames<PlotDiagramOptions> = {
  arrows: listOf(listOf(text)),
  caption: true,
  widthPx: true,
};

const boxHeight = 50;
const rowPitch = 74;
const gap = 26;
const fill = "#f2f5fa";
const stroke = "#5b6b86";

interface Placed extends DiagramBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/**
 * Draw what leads to what, boxes joined by arrows: the steps of an analysis, or the parts of a network.
 *
 * Throws `InvalidArgument` without boxes, or for two of one name; `UnknownItem` for an arrow between boxes that are not
 * there.
 *
 * @example
 * import { plotDiagram } from "tsrsa";
 * const boxes = [{ name: "picture", column: 0, row: 0 }, { name: "network", note: "2 layers", column: 1, row: 0 }];
 * plotDiagram(boxes).altText; // "A diagram: picture → network."
 */
export function plotDiagram(
  boxes: readonly DiagramBox[],
  options: PlotDiagramOptions = {},
): Figure {
  listOf(thing("a box with name, column and row", "name", "column", "row"))(boxes, "boxes");
  checkOptions(options, names);
  const { widthPx = 700, caption = "" } = options;
  const placed = place(boxes, widthPx);
  const arrows =
    options.arrows ?? boxes.slice(1).map(({ name }, at) => [boxes[at].name, name] as const);
  const shapes = [...placed.map(boxShapes), ...arrows.map((arrow) => arrowShapes(placed, arrow))];
  return assembleFigure({
    widthPx,
    bottom: Math.max(...placed.map(({ top }) => top)) + boxHeight,
    shapes,
    caption,
    showCaption: true,
    altText: `A diagram: ${arrows.map(([from, to]) => `${from} → ${to}`).join("; ")}.`,
    data: () => new Table({ from: arrows.map(([from]) => from), to: arrows.map(([, to]) => to) }),
  });
}

function place(boxes: readonly DiagramBox[], widthPx: number): Placed[] {
  if (boxes.length === 0) throw new InvalidArgument("boxes", "none", "give at least one");
  const twice = boxes.find(({ name }, at) =>
    boxes.some((other, i) => i < at && other.name === name),
  );
  if (twice !== undefined)
    throw new InvalidArgument("boxes", `two named ${twice.name}`, "give each its own name");
  const nColumns = Math.max(...boxes.map(({ column }) => column)) + 1;
  const width = (widthPx - 2 * MARGIN - (nColumns - 1) * gap) / nColumns;
  return boxes.map((box) => ({
    ...box,
    left: MARGIN + box.column * (width + gap),
    top: MARGIN + box.row * rowPitch,
    width,
  }));
}

function boxShapes({ name, note, left, top, width }: Placed): Shapes {
  const shapes = noShapes();
  shapes.boxes.push({ left, top, width, height: boxHeight, fill, stroke });
  const lines = [
    ...wrapText(name, width - 10, { sizePx: 12, bold: true }).map((line) => ({ line, bold: true })),
    ...(note === undefined ? [] : wrapText(note, width - 8, { sizePx: 10 })).map((line) => ({
      ...{ line, bold: false },
    })),
  ];
  lines.forEach(({ line, bold }, at) =>
    shapes.texts.push({
      x: left + width / 2,
      y: top + boxHeight / 2 + (at - (lines.length - 1) / 2) * 13,
      ...{ text: line, sizePx: bold ? 12 : 10, bold, anchor: "middle" },
    }),
  );
  return shapes;
}

/** From the edge of one box to that of the other: sideways where they stand side by side, else down. */
function arrowShapes(
  placed: readonly Placed[],
  [fromName, toName]: readonly [string, string],
): Shapes {
  const [from, to] = [fromName, toName].map((name) => {
    const found = placed.find((box) => box.name === name);
    if (found !== undefined) return found;
    throw new UnknownItem(
      name,
      placed.map((box) => box.name),
    );
  });
  const sideways = from.column !== to.column;
  const side = to.column > from.column ? 1 : -1;
  const down = to.top > from.top ? 1 : -1;
  const middle = (box: Placed) => [box.left + box.width / 2, box.top + boxHeight / 2] as const;
  const [[x1, y1], [x2, y2]] = [middle(from), middle(to)];
  const start = sideways
    ? ([x1 + (side * from.width) / 2, y1] as const)
    : ([x1, y1 + (down * boxHeight) / 2] as const);
  const end = sideways
    ? ([x2 - (side * to.width) / 2, y2] as const)
    : ([x2, y2 - (down * boxHeight) / 2] as const);
  return withHead(start, end);
}

function withHead(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
): Shapes {
  const shapes = noShapes();
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const wing = (turn: number) =>
    [x2 - 8 * Math.cos(angle + turn), y2 - 8 * Math.sin(angle + turn)] as const;
  const [shaftX, shaftY] = [x2 - 6 * Math.cos(angle), y2 - 6 * Math.sin(angle)];
  shapes.lines.push({ x1, y1, x2: shaftX, y2: shaftY, colour: stroke, widthPx: 1.5 });
  shapes.polygons.push({ points: [[x2, y2], wing(0.45), wing(-0.45)], fill: stroke });
  return shapes;
}

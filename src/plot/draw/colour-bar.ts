import { textWidth } from "../text/text-width.ts";
import { wrapText } from "../text/wrap-text.ts";
import { noShapes, type Shapes } from "./shapes.ts";
import { ticks, type Tick } from "./ticks.ts";

/** A vertical colour bar. */
export interface ColourBar {
  readonly left: number;
  readonly top: number;
  readonly height: number;
  /** The colours, high values on top. */
  readonly src: string;
  /** Lines of the label, read from below upwards. */
  readonly label: readonly string[];
  readonly ticks: readonly { readonly place: number; readonly label: string }[];
}

const SIZE = 11;
const THICKNESS = 12;
const TICK = 4;
const GAP = 14;

/** Tick labels of a range, each at its place between 0 (low) and 1 (high). */
export function barTicks(low: number, high: number, heightPx: number): ColourBar["ticks"] {
  if (!(high > low)) return ticks(low, high, 1).map(({ label }) => ({ place: 0.5, label }));
  const round: Tick[] = ticks(low, high, Math.max(2, Math.min(6, heightPx / 40)));
  return round.map(({ value, label }) => ({ place: (value - low) / (high - low), label }));
}

/** Width a colour bar takes, with the distance from what is left of it. */
export function barWidth(bar: Pick<ColourBar, "ticks" | "label">): number {
  const widest = Math.max(...bar.ticks.map(({ label }) => textWidth(label, { sizePx: SIZE })));
  return Math.ceil(GAP + THICKNESS + TICK + 3 + widest + 8 + bar.label.length * (SIZE + 2));
}

/** The label of a bar in as many lines as its height asks for. */
export function barLabel(label: string, heightPx: number): readonly string[] {
  return wrapText(label, Math.max(heightPx, 60), { sizePx: SIZE });
}

/** What a colour bar draws. */
export function barShapes(bar: ColourBar): Shapes {
  const shapes = noShapes();
  const left = bar.left + GAP;
  const box = { left, top: bar.top, width: THICKNESS, height: bar.height };
  shapes.images.push({ ...box, src: bar.src });
  shapes.boxes.push({ ...box, stroke: "#999" });
  const edge = left + THICKNESS;
  for (const { place, label } of bar.ticks) {
    const y = bar.top + (1 - place) * bar.height;
    shapes.lines.push({ x1: edge, y1: y, x2: edge + TICK, y2: y, colour: "#555" });
    shapes.texts.push({ x: edge + TICK + 3, y, text: label, sizePx: SIZE });
  }
  const y = bar.top + bar.height / 2;
  bar.label.forEach((text, i) => {
    const x = bar.left + barWidth(bar) - (bar.label.length - i - 0.5) * (SIZE + 2);
    shapes.texts.push({ x, y, text, sizePx: SIZE, anchor: "middle", rotate: -90 });
  });
  return shapes;
}

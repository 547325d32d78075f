import { noShapes, type Shapes } from "../draw/shapes.ts";
import { placeOf, type ValueAxis } from "../draw/value-axis.ts";
import { textWidth } from "../text/text-width.ts";
import { cutText } from "../text/wrap-text.ts";
import { dodge } from "../time-course/dodge.ts";
import type { CheckedProfile } from "./profile.ts";

/** The field of the profiles, and the steps across it. */
export interface ProfileFrame {
  readonly axis: ValueAxis;
  readonly box: { left: number; right: number; top: number; bottom: number };
  readonly steps: readonly string[];
  readonly xOf: (step: number) => number;
  readonly widthPx: number;
}

/** What of the profiles is drawn. */
export interface ProfileLook {
  readonly marks: "both" | "lines" | "points";
  readonly colourOf: (group: string) => string;
  readonly names: boolean;
}

const TEXT = { sizePx: 11 };

/** Lines, errors, points, names of profiles and of steps. */
export function profileShapes(
  all: readonly CheckedProfile[],
  frame: ProfileFrame,
  look: ProfileLook,
): Shapes {
  const shapes = noShapes();
  const { axis, box, xOf, steps } = frame;
  const yOf = placeOf(axis, box);
  all.forEach((profile, at) =>
    addProfile(shapes, profile, aside(at, all.length, xOf), yOf, look, xOf),
  );
  if (axis.low < 0 && axis.high > 0)
    shapes.lines.push({ x1: box.left, x2: box.right, y1: yOf(0), y2: yOf(0), colour: "#777" });
  shapes.lines.push({
    x1: box.left,
    x2: box.right,
    y1: box.bottom,
    y2: box.bottom,
    colour: "#555",
  });
  shapes.lines.push({ x1: box.left, x2: box.left, y1: box.top, y2: box.bottom, colour: "#555" });
  const pitch = xOf(1) - xOf(0);
  const slanted = steps.some((step) => textWidth(step, TEXT) > pitch - 6);
  steps.forEach((step, j) => {
    const common = { x: xOf(j), ...TEXT };
    if (slanted)
      shapes.texts.push({
        ...common,
        y: box.bottom + 8,
        text: cutText(step, 120, TEXT),
        anchor: "end",
        rotate: -45,
      });
    else shapes.texts.push({ ...common, y: box.bottom + 12, text: step, anchor: "middle" });
  });
  if (look.names) addNames(shapes, all, frame, look.colourOf);
  return shapes;
}

/** Profiles side by side at each step, so that points and errors do not hide each other. */
function aside(at: number, n: number, xOf: (step: number) => number): number {
  const pitch = xOf(1) - xOf(0);
  const spread = Math.min(0.5 * pitch, 9 * (n - 1));
  return n < 2 ? 0 : (at / (n - 1) - 0.5) * spread;
}

function addProfile(
  shapes: Shapes,
  profile: CheckedProfile,
  dx: number,
  yOf: (value: number) => number,
  { marks, colourOf }: ProfileLook,
  xOf: (step: number) => number,
): void {
  const { values, errors, subjects, group } = profile;
  const colour = colourOf(group);
  const place = (j: number) => ({ x: xOf(j) + dx, y: yOf(values[j]) });
  values.forEach((value, j) => {
    if (!Number.isFinite(value)) return;
    const { x, y } = place(j);
    if (marks !== "points" && Number.isFinite(values[j + 1])) {
      const next = place(j + 1);
      shapes.lines.push({ x1: x, y1: y, x2: next.x, y2: next.y, colour, widthPx: 1.6 });
    }
    const error = errors?.[j];
    if (error !== undefined && Number.isFinite(error))
      shapes.lines.push({
        x1: x,
        x2: x,
        y1: yOf(value - error),
        y2: yOf(value + error),
        colour,
        widthPx: 1.2,
      });
    if (marks !== "lines") {
      for (const row of subjects)
        if (Number.isFinite(row[j]))
          shapes.dots.push({ x, y: yOf(row[j]), radiusPx: 1.8, fill: "#fff", stroke: colour });
    }
    shapes.dots.push({ x, y, radiusPx: 3.4, fill: colour, stroke: "#fff" });
  });
}

/** Each profile's name beside its end, joined to it by a line of its colour. */
function addNames(
  shapes: Shapes,
  all: readonly CheckedProfile[],
  { axis, box, xOf, widthPx }: ProfileFrame,
  colourOf: (group: string) => string,
): void {
  const yOf = placeOf(axis, box);
  const ends = all.map(({ values }, at) => {
    const last = values.findLastIndex(Number.isFinite);
    return { x: xOf(last) + aside(at, all.length, xOf), y: yOf(values[last]) };
  });
  const wanted = ends.map(({ y }) => y);
  const heights = dodge(wanted, 14, { top: box.top + 6, bottom: box.bottom - 6 });
  all.forEach(({ name, group }, at) => {
    const x = box.right + 20;
    const text = cutText(name, widthPx - x - 8, TEXT);
    const colour = colourOf(group);
    shapes.lines.push({
      x1: ends[at].x + 5,
      y1: ends[at].y,
      x2: x - 4,
      y2: heights[at],
      colour,
      widthPx: 0.8,
    });
    shapes.texts.push({ x, y: heights[at], text, ...TEXT });
  });
}

import { noShapes, type Shapes } from "../draw/shapes.ts";
import { placeOf } from "../draw/value-axis.ts";
import { cutText } from "../text/wrap-text.ts";
import type { CheckedComparison, CheckedScore } from "./comparison.ts";
import type { PairStyle } from "./pair-marks.ts";
import {
  GROUP_LINE,
  groupLines,
  LONGEST_NAME,
  nameLines,
  textPx,
  type ComparisonLayout,
} from "./comparison-layout.ts";

const INK = "#222";
const CEILING = "#d9d9d9";
const DOT = 2.4;

/** How a comparison is drawn. */
export interface ComparisonLook {
  /** Colour of a bar by the name of its model. */
  readonly colourOf: (name: string) => string;
  readonly points: boolean;
  readonly alpha: number;
  readonly pairStyle: PairStyle;
}

/** Bars, errors, dots, ceilings, lines of pairs, marks and names. */
export function comparisonShapes(
  all: readonly CheckedComparison[],
  layout: ComparisonLayout,
  look: ComparisonLook,
): Shapes {
  const shapes = noShapes();
  const { box, axis } = layout;
  const yOf = placeOf(axis, box);
  all.forEach((comparison, group) => {
    addCeiling(shapes, comparison, layout, group, yOf);
    comparison.models.forEach((model, i) =>
      addBar(shapes, model, layout.middles[group][i], layout, look, yOf),
    );
    addNames(shapes, comparison, group, layout);
  });
  shapes.lines.push({ x1: box.left, x2: box.right, y1: yOf(0), y2: yOf(0), colour: INK });
  shapes.lines.push({ x1: box.left, x2: box.left, y1: box.top, y2: box.bottom, colour: "#555" });
  addPairs(shapes, layout, look.pairStyle);
  return shapes;
}

function addCeiling(
  shapes: Shapes,
  { noiseCeiling }: CheckedComparison,
  { middles, barPx, box }: ComparisonLayout,
  group: number,
  yOf: (value: number) => number,
): void {
  if (noiseCeiling === undefined) return;
  const own = middles[group];
  const single = middles.length === 1;
  const left = single ? box.left : own[0] - barPx / 2 - 4;
  const right = single ? box.right : own[own.length - 1] + barPx / 2 + 4;
  const [top, bottom] = [yOf(noiseCeiling.upper), yOf(noiseCeiling.lower)];
  const height = Math.max(1.5, bottom - top);
  shapes.boxes.push({ left, top, width: right - left, height, fill: CEILING });
}

function addBar(
  shapes: Shapes,
  { name, mean, error, scores, pZero, pCeiling }: CheckedScore,
  x: number,
  { barPx, box, markRow }: ComparisonLayout,
  { colourOf, points, alpha }: ComparisonLook,
  yOf: (value: number) => number,
): void {
  if (Number.isFinite(mean)) {
    const [top, bottom] = [Math.min(yOf(mean), yOf(0)), Math.max(yOf(mean), yOf(0))];
    const place = { left: x - barPx / 2, top, width: barPx, height: bottom - top };
    shapes.boxes.push({ ...place, fill: colourOf(name) });
  } else shapes.texts.push({ x, y: yOf(0) - 10, text: "no value", sizePx: 11, anchor: "middle" });
  if (points) addDots(shapes, scores, x, barPx, yOf);
  if (error !== undefined && Number.isFinite(error + mean)) {
    const [y1, y2] = [yOf(mean - error), yOf(mean + error)];
    const cap = Math.min(5, barPx / 4);
    const line = { colour: INK, widthPx: 1.4 };
    shapes.lines.push({ x1: x, x2: x, y1, y2, ...line });
    for (const y of [y1, y2])
      shapes.lines.push({ x1: x - cap, x2: x + cap, y1: y, y2: y, ...line });
  }
  if (!markRow) return;
  const marks = `${(pZero ?? 1) <= alpha ? "*" : ""}${(pCeiling ?? 1) <= alpha ? "▽" : ""}`;
  if (marks !== "")
    shapes.texts.push({ x, y: box.bottom + 9, text: marks, sizePx: 11, anchor: "middle" });
}

/** Dots side by side in the order of the subjects, so that a subject can be followed from bar to bar. */
function addDots(
  shapes: Shapes,
  scores: readonly number[],
  x: number,
  barPx: number,
  yOf: (value: number) => number,
): void {
  const spread = Math.min(0.7 * barPx, 7 * (scores.length - 1));
  scores.forEach((score, i) => {
    if (!Number.isFinite(score)) return;
    const aside = scores.length < 2 ? 0 : (i / (scores.length - 1) - 0.5) * spread;
    shapes.dots.push({ x: x + aside, y: yOf(score), radiusPx: DOT, fill: "#fff", stroke: "#444" });
  });
}

function addNames(
  shapes: Shapes,
  { name, models }: CheckedComparison,
  group: number,
  layout: ComparisonLayout,
): void {
  const own = layout.middles[group];
  const top = layout.box.bottom + (layout.markRow ? 15 : 0);
  const pitch = own.length > 1 ? own[1] - own[0] : layout.barPx * 1.6;
  if (layout.names === "colours") {
    const middle = (own[0] + own[own.length - 1]) / 2;
    groupLines(name, own.length * pitch).forEach((text, line) =>
      shapes.texts.push({
        ...{ x: middle, y: top + 12 + line * GROUP_LINE, text },
        ...{ sizePx: textPx.group, anchor: "middle" },
      }),
    );
    return;
  }
  models.forEach((model, i) => {
    if (layout.names === "slanted") {
      const text = cutText(model.name, LONGEST_NAME, { sizePx: textPx.name });
      shapes.texts.push({
        x: own[i] + 3,
        y: top + 8,
        text,
        sizePx: textPx.name,
        anchor: "end",
        rotate: -45,
      });
    } else
      nameLines(model.name, pitch).forEach((text, line) =>
        shapes.texts.push({
          x: own[i],
          y: top + 11 + line * 14,
          text,
          sizePx: textPx.name,
          anchor: "middle",
        }),
      );
  });
}

function addPairs(shapes: Shapes, layout: ComparisonLayout, style: PairStyle): void {
  for (const { group, row, members, head } of layout.pairs) {
    const xs = members.map((model) => layout.middles[group][model]);
    const [x1, x2] = [xs[0], xs[xs.length - 1]];
    const y = layout.box.top - 6 - row * layout.pairPitch;
    const line = { colour: "#333", widthPx: 1.2 };
    shapes.lines.push({ x1, x2, y1: y, y2: y, ...line });
    const at = head === undefined ? undefined : layout.middles[group][head];
    if (style === "bars" || style === "cliques")
      for (const x of style === "bars" ? [x1, x2] : xs)
        shapes.lines.push({ x1: x, x2: x, y1: y, y2: y + 3, ...line });
    if (style === "cliques")
      for (const x of xs) shapes.dots.push({ x, y, radiusPx: 2, fill: "#333" });
    if (at === undefined) continue;
    if (style === "wings") {
      shapes.dots.push({ x: at, y, radiusPx: 3, fill: "#333" });
      for (const x of xs)
        if (x !== at) shapes.lines.push({ x1: x, x2: x, y1: y, y2: y + 4, ...line });
    } else {
      const back = at === x1 ? 4 : -4;
      for (const side of [-3, 3])
        shapes.lines.push({ x1: at, y1: y, x2: at + back, y2: y + side, ...line });
    }
  }
}

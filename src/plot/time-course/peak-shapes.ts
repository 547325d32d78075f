import { noShapes, type Shapes } from "../draw/shapes.ts";
import { textWidth } from "../text/text-width.ts";
import { colourOf } from "./curve-colour.ts";
import type { Frame } from "./frame.ts";
import { placeLabels, type Point } from "./place-labels.ts";
import type { TimeCourse } from "./series.ts";
import { shownPeak } from "./within-range.ts";
import { peakLabel } from "./words.ts";

const TEXT = { sizePx: 11 };
const SWATCH = 7;

/** The label of each peak that is on the axis with a square of the curve's colour, and a line to the peak where it is not close by. */
export function peakShapes(all: readonly TimeCourse[], frame: Frame): Shapes {
  const shapes = noShapes();
  const labels = all.flatMap((series, at) => {
    const peak = shownPeak(series, frame.yRange);
    if (peak === undefined) return [];
    const text = peakLabel(series);
    const width = textWidth(text, TEXT) + SWATCH + 4;
    return { x: frame.xOf(peak.time), y: frame.yOf(peak.value), width, text, colour: colourOf(at) };
  });
  const area = { ...frame, left: frame.left + 4 };
  placeLabels(labels, curvePoints(all, frame), area).forEach((place, at) => {
    if (place === undefined) return;
    const { x, y, width, text, colour } = labels[at];
    const { edge } = place;
    if (Math.hypot(edge.x - x, edge.y - y) > 9)
      shapes.lines.push({ x1: x, y1: y, x2: edge.x, y2: edge.y, colour });
    const left = place.x - width / 2;
    const box = { left, top: place.y - SWATCH / 2, width: SWATCH, height: SWATCH, fill: colour };
    shapes.boxes.push(box);
    shapes.texts.push({ x: left + SWATCH + 4, y: place.y, text, ...TEXT, halo: true });
  });
  return shapes;
}

/** Points along all curves and their bounds, near enough to each other that no label slips between. */
function curvePoints(all: readonly TimeCourse[], frame: Frame): Point[] {
  const columns = all.flatMap(({ times, values, lower = [], upper = [] }) =>
    [values, lower, upper].map((column) => ({ times, column })),
  );
  return columns.flatMap(({ times, column }) => {
    const points = Array.from(column, (value, i) => ({
      x: frame.xOf(times[i]),
      y: frame.yOf(value),
    }));
    return points.flatMap((point, i) => dots(point, points[i + 1] ?? point));
  });
}

function dots(from: Point, to: Point): Point[] {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (!Number.isFinite(length)) return [];
  const steps = Math.min(50, Math.max(1, Math.ceil(length / 6)));
  return Array.from({ length: steps }, (_, step) => ({
    x: from.x + ((to.x - from.x) * step) / steps,
    y: from.y + ((to.y - from.y) * step) / steps,
  }));
}

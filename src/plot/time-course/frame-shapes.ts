import { noShapes, type Shapes } from "../draw/shapes.ts";
import { cutText } from "../text/wrap-text.ts";
import { colourOf } from "./curve-colour.ts";
import { dodge } from "./dodge.ts";
import { bar, NAME_PITCH, type Frame } from "./frame.ts";
import { samplesOf, type TimeCourse } from "./series.ts";

const TEXT = { sizePx: 11 };

/** Title and names of the axes. */
export function axisWords(frame: Frame, yLabel: string, title: string | undefined): Shapes {
  const shapes = noShapes();
  const { left, right, top, bottom } = frame;
  const common = { sizePx: 12, anchor: "middle" as const };
  const middle = (top + bottom) / 2;
  const reach = 2 * Math.min(middle, frame.heightPx - middle) - 8;
  shapes.texts.push(
    { ...common, text: "Time (s)", x: (left + right) / 2, y: bottom + 32 },
    {
      ...common,
      text: cutText(yLabel, reach, common),
      x: 14,
      y: (top + bottom) / 2,
      rotate: -90,
    },
  );
  if (title !== undefined) {
    const style = { sizePx: 13, bold: true };
    const text = cutText(title, frame.widthPx - 2 * left, style);
    shapes.texts.push({ ...common, ...style, text, x: (left + right) / 2, y: 14 });
  }
  return shapes;
}

/** A bar below the curves for each stretch of time found significant. */
export function barShapes(all: readonly TimeCourse[], { xOf, bottom, timeDomain }: Frame): Shapes {
  const shapes = noShapes();
  let top = bottom - bar.pitch;
  all.forEach(({ significant = [] }, at) => {
    for (const [from, to] of significant) {
      const left = xOf(Math.max(from, timeDomain[0]));
      // A single significant sample is a bar too.
      const width = Math.max(2, xOf(Math.min(to, timeDomain[1])) - left);
      shapes.boxes.push({ left, top, width, height: bar.thickness, fill: colourOf(at) });
    }
    if (significant.length > 0) top -= bar.pitch;
  });
  return shapes;
}

/** Each curve's name beside its end, joined to it by a line of its colour. */
export function nameShapes(all: readonly TimeCourse[], frame: Frame): Shapes {
  const shapes = noShapes();
  const ends = all.map((series) => {
    const last = samplesOf(series).findLast(({ value }) => value !== undefined);
    return { x: frame.xOf(last?.time ?? 0), y: frame.yOf(last?.value ?? 0) };
  });
  const wanted = ends.map(({ y }) => y);
  const heights = dodge(wanted, NAME_PITCH, { top: frame.top + 6, bottom: frame.bottom - 6 });
  all.forEach(({ name }, at) => {
    const x = frame.right + 20;
    const y = heights[at];
    const text = cutText(name, frame.widthPx - x - 6, TEXT);
    const line = { x1: ends[at].x + 2, y1: ends[at].y, x2: x - 4, y2: y, colour: colourOf(at) };
    shapes.lines.push(line);
    shapes.texts.push({ x, y, text, ...TEXT });
  });
  return shapes;
}

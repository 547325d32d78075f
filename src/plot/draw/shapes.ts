import { observablePlot } from "#platform/observable-plot";
import type * as Plot from "@observablehq/plot";
import { drawPlot } from "./draw-plot.ts";
import type { TextShape } from "./text-shape.ts";

/** A picture placed by its top left corner, in pixels. */
export interface ImageShape {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly src: string;
}

/** A box, filled or only framed, in pixels. */
export interface BoxShape {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly fill?: string;
  readonly stroke?: string;
}

/** A straight line, in pixels. */
export interface LineShape {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly colour?: string;
  /** Default: 1. */
  readonly widthPx?: number;
  /** Dashes as SVG has them, for example `3,3`. */
  readonly dash?: string;
}

/** A disc, in pixels. */
export interface DotShape {
  readonly x: number;
  readonly y: number;
  readonly radiusPx: number;
  readonly fill: string;
  readonly stroke?: string;
}

/** A filled area between points, in pixels; later ones cover earlier ones. */
export interface PolygonShape {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly fill: string;
  readonly stroke?: string;
}

/** Everything to draw, laid out in pixels from the top left corner. */
export interface Shapes {
  readonly images: ImageShape[];
  readonly boxes: BoxShape[];
  readonly polygons: PolygonShape[];
  readonly lines: LineShape[];
  readonly dots: DotShape[];
  readonly texts: TextShape[];
}

/** No shapes yet. */
export function noShapes(): Shapes {
  return { images: [], boxes: [], polygons: [], lines: [], dots: [], texts: [] };
}

/** All shapes of several lists in one. */
export function joinShapes(all: readonly Shapes[]): Shapes {
  return {
    images: all.flatMap((one) => one.images),
    boxes: all.flatMap((one) => one.boxes),
    polygons: all.flatMap((one) => one.polygons),
    lines: all.flatMap((one) => one.lines),
    dots: all.flatMap((one) => one.dots),
    texts: all.flatMap((one) => one.texts),
  };
}

/** Draw a layout in pixels with Plot's own marks, over what lies `under` all of it. */
export function drawShapes(
  shapes: Shapes,
  size: { widthPx: number; heightPx: number; altText: string },
  under: Shapes = noShapes(),
): string {
  // Scales are there, though no channel uses them: without one a rectangle would fill the whole frame.
  const x = { domain: [0, size.widthPx], range: [0, size.widthPx] };
  const y = { domain: [0, size.heightPx], range: [0, size.heightPx] };
  const marks = [...shapeMarks(under), ...shapeMarks(shapes)];
  return drawPlot({ margin: 0, axis: null, x, y, marks }, size);
}

/** Plot's marks for shapes; they stand beside marks with scales, and stay where the pixels say. */
export function shapeMarks({
  images,
  boxes,
  polygons,
  lines,
  dots,
  texts,
}: Shapes): Plot.Markish[] {
  return [
    ...(images.length === 0 ? [] : [imageMark(images)]),
    ...groupBy(boxes, (box) => `${box.fill} ${box.stroke}`).map(boxMark),
    ...(polygons.length === 0 ? [] : [polygonMark(polygons)]),
    ...groupBy(lines, (line) => `${line.colour} ${line.widthPx} ${line.dash}`).map(lineMark),
    ...groupBy(dots, (dot) => `${dot.radiusPx} ${dot.fill} ${dot.stroke}`).map(dotMark),
    ...groupBy(texts, (t) => `${t.sizePx} ${t.anchor} ${t.bold} ${t.colour} ${t.halo}`).map(
      textMark,
    ),
  ];
}

/** A channel in pixels, which no scale touches. */
function pixels<T>(value: (shape: T) => number): Plot.ChannelValueSpec {
  return { value: value as (shape: unknown) => number, scale: null } as Plot.ChannelValueSpec;
}

function imageMark(images: readonly ImageShape[]): Plot.Markish {
  return observablePlot().image(images, {
    x: pixels((d: ImageShape) => d.left + d.width / 2),
    y: pixels((d: ImageShape) => d.top + d.height / 2),
    width: (d: ImageShape) => d.width,
    height: (d: ImageShape) => d.height,
    src: (d: ImageShape) => d.src,
    sort: null,
    preserveAspectRatio: "none",
  });
}

function boxMark(boxes: readonly BoxShape[]): Plot.Markish {
  return observablePlot().rect(boxes, {
    x1: pixels((d: BoxShape) => d.left),
    x2: pixels((d: BoxShape) => d.left + d.width),
    y1: pixels((d: BoxShape) => d.top),
    y2: pixels((d: BoxShape) => d.top + d.height),
    fill: boxes[0].fill ?? "none",
    stroke: boxes[0].stroke ?? "none",
  });
}

function lineMark(lines: readonly LineShape[]): Plot.Markish {
  return observablePlot().link(lines, {
    x1: pixels((d: LineShape) => d.x1),
    x2: pixels((d: LineShape) => d.x2),
    y1: pixels((d: LineShape) => d.y1),
    y2: pixels((d: LineShape) => d.y2),
    stroke: lines[0].colour ?? "currentColor",
    strokeWidth: lines[0].widthPx ?? 1,
    ...(lines[0].dash === undefined ? {} : { strokeDasharray: lines[0].dash }),
  });
}

function dotMark(dots: readonly DotShape[]): Plot.Markish {
  return observablePlot().dot(dots, {
    x: pixels((d: DotShape) => d.x),
    y: pixels((d: DotShape) => d.y),
    r: dots[0].radiusPx,
    fill: dots[0].fill,
    stroke: dots[0].stroke ?? "none",
  });
}

/** One closed line a polygon, in the order given. */
function polygonMark(polygons: readonly PolygonShape[]): Plot.Markish {
  const corners = polygons.flatMap(({ points, fill, stroke = "none" }, at) =>
    points.map(([x, y]) => ({ x, y, at, fill, stroke })),
  );
  type Corner = (typeof corners)[number];
  return observablePlot().line(corners, {
    x: pixels((d: Corner) => d.x),
    y: pixels((d: Corner) => d.y),
    z: (d: Corner) => d.at,
    fill: { value: (d: Corner) => d.fill, scale: null } as Plot.ChannelValueSpec,
    stroke: { value: (d: Corner) => d.stroke, scale: null } as Plot.ChannelValueSpec,
    strokeWidth: 0.75,
    strokeLinejoin: "round",
    curve: "linear-closed",
  });
}

function textMark(texts: readonly TextShape[]): Plot.Markish {
  const [first] = texts;
  return observablePlot().text(texts, {
    x: pixels((d: TextShape) => d.x),
    y: pixels((d: TextShape) => d.y),
    // A function, because a text that names a field would be taken for that field.
    text: (d: TextShape) => d.text,
    rotate: texts.some((d) => d.rotate !== undefined) ? (d: TextShape) => d.rotate ?? 0 : undefined,
    fontSize: first.sizePx,
    fontWeight: first.bold === true ? "bold" : undefined,
    textAnchor: first.anchor ?? "start",
    fill: first.colour ?? "currentColor",
    ...(first.halo === true ? { stroke: "#fff", strokeWidth: 3 } : {}),
  });
}

function groupBy<T>(values: readonly T[], key: (value: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return [...groups.values()];
}

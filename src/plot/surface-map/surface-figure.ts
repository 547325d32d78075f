import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { Table } from "../../table/index.ts";
import { captionShapes } from "../draw/caption.ts";
import { barShapes, barWidth } from "../draw/colour-bar.ts";
import { drawShapes, joinShapes, noShapes } from "../draw/shapes.ts";
import { Figure, type FigureParts } from "../figure.ts";
import { mapBar } from "../stat-map/map-bar.ts";
import { isOneSided, mapColours, type MapColours } from "../stat-map/map-colours.ts";
import { isDrawn } from "../stat-map/shown.ts";
import { wrapAtMost } from "../text/wrap-text.ts";
import type { PlotSurfaceMapOptions, SurfaceMarker } from "./surface-map-options.ts";
import { surfacePanels, type DrawnHalf } from "./surface-panels.ts";
import { checkMarkers, surfacePeaks } from "./surface-peaks.ts";
import type { HalfMap, SurfaceFrames, SurfaceMapLike } from "./surface-values.ts";
import { altTextOf, captionOf, reaches, summarize, type Rule } from "./surface-words.ts";

const MARGIN = 10;
const TITLE = { sizePx: 13, bold: true };

/** What is drawn of a map: its halves with their skins, the marks on them, and the rule of what is seen. */
export interface DrawnMap {
  readonly halves: readonly DrawnHalf[];
  readonly colours: MapColours;
  readonly markers: readonly SurfaceMarker[];
}

/** Throws `InvalidArgument` for what is no map, and for pictures without room. */
export function checkFirst(map: SurfaceMapLike, options: PlotSurfaceMapOptions): void {
  const { surfaces, widthPx = 760 } = options;
  if (typeof map !== "object" || map === null || surfaces === undefined)
    throw new InvalidArgument("surfaces", surfaces, "give values, and the meshes to draw them on");
  if (!Number.isFinite(widthPx) || widthPx < 200)
    throw new InvalidArgument("widthPx", widthPx, "give at least 200 pixels");
}

/**
 * One frame of a map as a figure. With `htmlOf` there is a form to be played with, and the scale is that of all frames.
 */
export function surfaceFigure(
  frames: SurfaceFrames,
  frame: number,
  options: PlotSurfaceMapOptions,
  htmlOf?: (drawn: DrawnMap) => FigureParts["html"],
): Figure {
  const { widthPx = 760, label = "value", title, threshold = 0, peaks = 0 } = options;
  const halves = frames.halvesAt(frame);
  const scaled = htmlOf === undefined ? halves : allHalves(frames);
  const reached = scaled.some(({ values }) => reaches(values, threshold));
  const rule = { threshold, oneSided: isOneSided(options, threshold, reached) };
  const summary = summarize(halves, rule);
  const ofScale = scaled === halves ? summary : summarize(scaled, rule);
  const colours = mapColours(ofScale, { ...options, ...rule });
  const drawn = halves.map((half) => drawnHalf(half, colours, options));
  const markers = [
    ...checkMarkers(options.markers ?? [], halves),
    ...surfacePeaks(halves, rule, colours.scale === "symmetric", peaks),
  ];
  const titleLines = wrapAtMost(title ?? "", widthPx - 2 * MARGIN, TITLE, 2);
  const top = MARGIN + titleLines.length * 18;
  const barPx = barWidth(mapBar(colours, label, { left: 0, top: 0, height: 150 }));
  const room = { left: MARGIN, top, widthPx: widthPx - 2 * MARGIN - barPx };
  const views = options.views ?? ["lateral", "medial"];
  const painted = surfacePanels(drawn, views, markers, room);
  const bar = mapBar(colours, label, { left: MARGIN + painted.width, top, height: painted.height });
  const how = [timeWords(frames, frame), frames.how].join(" ").trim();
  const caption = options.caption ?? captionOf(label, rule, summary, how);
  const words = captionShapes((options.showCaption ?? true) ? caption : "", {
    left: MARGIN,
    right: widthPx - MARGIN,
    top: top + painted.height + 8,
  });
  const heightPx = Math.ceil(
    top + painted.height + (words.height > 0 ? words.height + 8 : 0) + MARGIN,
  );
  const altText = altTextOf(label, title, summary);
  const titles = noShapes();
  titleLines.forEach((line, i) =>
    titles.texts.push({ x: MARGIN, y: MARGIN + 6 + i * 18, text: line, ...TITLE }),
  );
  const shapes = joinShapes([titles, painted.shapes, barShapes(bar), words.shapes]);
  return new Figure({
    svg: drawShapes(shapes, { widthPx, heightPx, altText }),
    widthPx,
    heightPx,
    caption,
    altText,
    data: () => tableOf(halves, rule),
    html: htmlOf?.({ halves: drawn, colours, markers }),
  });
}

function allHalves({ nFrames, halvesAt }: SurfaceFrames): HalfMap[] {
  return Array.from({ length: nFrames }, (_, frame) => halvesAt(frame)).flat();
}

function timeWords({ times }: SurfaceFrames, frame: number): string {
  return times.length > 1 ? `At ${times[frame].toFixed(3)} s.` : "";
}

function drawnHalf(
  half: HalfMap,
  colours: MapColours,
  { curvature, parcels }: PlotSurfaceMapOptions,
): DrawnHalf {
  const labels = parcels?.[half.side]?.labels;
  const folds = curvature?.[half.side];
  checkLength(labels, half, "parcels");
  checkLength(folds, half, "curvature");
  return { ...half, skin: { values: half.values, colours, curvature: folds, labels } };
}

function checkLength(
  values: ArrayLike<number> | undefined,
  { side, values: own }: HalfMap,
  what: string,
): void {
  if (values === undefined || values.length === own.length) return;
  throw new ShapeMismatch(
    `${own.length} numbers in ${what}.${side}, one for each vertex of its mesh`,
    `${values.length}`,
  );
}

/** The vertices that are drawn: which half, number, place and value. */
function tableOf(halves: readonly HalfMap[], rule: Rule): Table {
  const rows = halves.flatMap(({ side, mesh, values }) =>
    Array.from(values.keys())
      .filter((vertex) => isDrawn(rule, values[vertex]))
      .map((vertex) => ({ side, vertex, value: values[vertex], data: mesh.points.data })),
  );
  const along = (axis: number) => rows.map(({ vertex, data }) => Number(data[3 * vertex + axis]));
  return new Table({
    half: rows.map(({ side }) => side),
    vertex: rows.map(({ vertex }) => vertex),
    x: along(0),
    y: along(1),
    z: along(2),
    value: rows.map(({ value }) => value),
  });
}

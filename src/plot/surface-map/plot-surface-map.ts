import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { checkOptions } from "../../core/gate/options.ts";
import { Table } from "../../table/index.ts";
import { captionShapes } from "../draw/caption.ts";
import { barShapes, barWidth } from "../draw/colour-bar.ts";
import { drawShapes, joinShapes, noShapes } from "../draw/shapes.ts";
import { Figure } from "../figure.ts";
import { mapBar } from "../stat-map/map-bar.ts";
import { isOneSided, mapColours, type MapColours } from "../stat-map/map-colours.ts";
import { isDrawn, type Shown } from "../stat-map/shown.ts";
import { formatNumber } from "../text/format-number.ts";
import { wrapAtMost } from "../text/wrap-text.ts";
import { plotSurfaceMapNames, type PlotSurfaceMapOptions } from "./surface-map-options.ts";
import { surfacePanels, type DrawnHalf } from "./surface-panels.ts";
import { checkMarkers, surfacePeaks } from "./surface-peaks.ts";
import { surfaceValues, type HalfMap, type SurfaceMapLike } from "./surface-values.ts";

const MARGIN = 10;
const TITLE = { sizePx: 13, bold: true };

/**
 * Draw a map on the cortex: on meshes of any shape (pial, inflated, white), from the sides, the middle, above or below,
 * with the folds in greys under it. Values below the threshold and without a number show the cortex. The picture is made
 * of pixels by a painter of our own, so that it needs neither a display nor a graphics card; one scale serves all views.
 *
 * @param map - a value for each vertex (`rsaSurface(…).map()`), or one source estimate, whose values are spread from its
 *   sources over the mesh (said in the caption).
 * @throws ShapeMismatch for values, curvature or parcels of another mesh; InvalidArgument; UnknownOption.
 * @example
 * import { plotSurfaceMap } from "tsrsa";
 * const points = { data: Float64Array.of(0, 30, 0, 0, -30, 0, 0, 0, 30, -20, 0, 5), shape: [4, 3] };
 * const triangles = { data: Int32Array.of(0, 2, 3, 1, 3, 2, 0, 3, 1, 0, 1, 2), shape: [4, 3] };
 * const surfaces = { left: { points, triangles } };
 * const figure = plotSurfaceMap({ left: [0.1, 0.5, NaN, 0.2] }, { surfaces, threshold: 0.2, label: "rho" });
 * figure.data.column("vertex"); // [1, 3]
 */
export function plotSurfaceMap(map: SurfaceMapLike, options: PlotSurfaceMapOptions): Figure {
  checkOptions(options, plotSurfaceMapNames);
  if (typeof map !== "object" || map === null || options.surfaces === undefined)
    throw new InvalidArgument(
      "surfaces",
      options.surfaces,
      "give values, and the meshes to draw them on",
    );
  const { widthPx = 760, label = "value", title, threshold = 0, peaks = 0 } = options;
  if (!Number.isFinite(widthPx) || widthPx < 200)
    throw new InvalidArgument("widthPx", widthPx, "give at least 200 pixels");
  const { halves, how } = surfaceValues(map, options.surfaces, options);
  const reached = halves.some(({ values }) => reaches(values, threshold));
  const rule = { threshold, oneSided: isOneSided(options, threshold, reached) };
  const summary = summarize(halves, rule);
  const colours = mapColours(summary, { ...options, ...rule });
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
  });
}

/** Which values are drawn, as on slices. */
type Rule = Pick<Shown, "threshold" | "oneSided">;

function reaches(values: Float64Array, threshold: number): boolean {
  return values.some((value) => value >= threshold);
}

interface SurfaceSummary {
  readonly nShown: number;
  readonly nValues: number;
  readonly least: number;
  readonly greatest: number;
  readonly isFlat: boolean;
  /** Where the value farthest from 0 is: `left 12`. */
  readonly peak: string;
  readonly peakValue: number;
}

function summarize(halves: readonly HalfMap[], rule: Rule): SurfaceSummary {
  let [nShown, nValues, least, greatest, peakValue] = [0, 0, Infinity, -Infinity, 0];
  let peak = "";
  for (const { side, values } of halves)
    values.forEach((value, vertex) => {
      if (!Number.isNaN(value)) nValues++;
      if (!isDrawn(rule, value)) return;
      nShown++;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      if (Math.abs(value) > Math.abs(peakValue)) {
        peakValue = value;
        peak = `${side} ${vertex}`;
      }
    });
  const isFlat = nShown > 0 && least === greatest;
  return { nShown, nValues, least, greatest, isFlat, peak, peakValue };
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

function captionOf(
  label: string,
  { threshold, oneSided }: Rule,
  { nShown, nValues, peak, peakValue }: SurfaceSummary,
  how: string,
): string {
  const rule =
    threshold > 0 ? `, those of at least ${oneSided ? "" : "±"}${formatNumber(threshold)}` : "";
  const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ",");
  const vertices = nValues === 1 ? "vertex" : "vertices";
  const name = /^[a-zà-ÿ]{2}/.test(label) ? label.charAt(0).toUpperCase() + label.slice(1) : label;
  const drawn = `${name} at ${grouped(nShown)} of ${grouped(nValues)} ${vertices}${rule}.`;
  const where = nShown === 0 ? "" : `Farthest from 0: ${formatNumber(peakValue)} at ${peak}.`;
  return [drawn, where, how].filter((sentence) => sentence !== "").join(" ");
}

function altTextOf(label: string, title: string | undefined, summary: SurfaceSummary): string {
  const { nShown, least, greatest, peak, peakValue } = summary;
  const name = title === undefined ? "Map on the cortex" : `Map on the cortex (${title})`;
  if (nShown === 0) return `${name} of ${label}: no vertex is drawn.`;
  const range = `values from ${formatNumber(least)} to ${formatNumber(greatest)}`;
  return `${name} of ${label}: ${nShown} vertices drawn, ${range}. Farthest from 0: ${formatNumber(peakValue)} at ${peak}.`;
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

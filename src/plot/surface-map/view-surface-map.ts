import { frameAt } from "../../sources/frame-at.ts";
import { checkOptions } from "../../core/gate/options.ts";
import { placeOfHighest } from "../../stats/place-of-highest.ts";
import type { Figure } from "../figure.ts";
import { checkFirst, surfaceFigure } from "./surface-figure.ts";
import { plotSurfaceMapNames, type PlotSurfaceMapOptions } from "./surface-map-options.ts";
import { surfaceFrames, type SurfaceFrames, type SurfaceMapLike } from "./surface-values.ts";
import { cortexViewerHtml } from "./viewer-html.ts";
import { heldFrames } from "./viewer-scene.ts";

/**
 * Show a map on the cortex to be looked at from all sides: in a notebook or a page it is turned by dragging or with the
 * arrow keys, a click says the value and the parcel of a vertex, and estimates have a slider over their times. One scale
 * serves all times. The figure is still one: as SVG and PNG, in print, and wherever scripts are stripped, it is that of
 * {@link plotSurfaceMap}. Nothing is loaded, and no graphics card is needed: page, numbers and script are in one piece.
 *
 * @param options - those of `plotSurfaceMap`; `atS` is the time to begin with. Default: that of the value farthest from 0.
 *
 * Throws as `plotSurfaceMap`.
 *
 * @example
 * import { viewSurfaceMap } from "tsrsa";
 * const points = { data: Float64Array.of(0, 30, 0, 0, -30, 0, 0, 0, 30, -20, 0, 5), shape: [4, 3] };
 * const triangles = { data: Int32Array.of(0, 2, 3, 1, 3, 2, 0, 3, 1, 0, 1, 2), shape: [4, 3] };
 * const surfaces = { left: { points, triangles } };
 * const figure = viewSurfaceMap({ left: [0.1, 0.5, NaN, 0.2] }, { surfaces, threshold: 0.2, label: "rho" });
 * figure.data.column("vertex"); // [1, 3]
 */
export function viewSurfaceMap(map: SurfaceMapLike, options: PlotSurfaceMapOptions): Figure {
  checkOptions(options, plotSurfaceMapNames);
  checkFirst(map, options);
  const all = surfaceFrames(map, options.surfaces, options);
  const wanted =
    options.atS === undefined ? peakFrame(all) : frameAt(all.times, all.tstepS, options.atS);
  const { frames, start } = heldFrames(all, wanted);
  return surfaceFigure(frames, start, options, (drawn) =>
    cortexViewerHtml(frames, start, options, drawn),
  );
}

/** The frame of the value farthest from 0, of equals the first. */
function peakFrame({ nFrames, reachAt }: SurfaceFrames): number {
  return placeOfHighest(Array.from({ length: nFrames }, (_, frame) => reachAt(frame)));
}

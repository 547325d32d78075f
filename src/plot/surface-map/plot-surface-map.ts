import { frameAt } from "../../sources/frame-at.ts";
import { checkOptions } from "../../core/gate/options.ts";
import type { Figure } from "../figure.ts";
import { checkFirst, surfaceFigure } from "./surface-figure.ts";
import { plotSurfaceMapNames, type PlotSurfaceMapOptions } from "./surface-map-options.ts";
import { surfaceFrames, type SurfaceMapLike } from "./surface-values.ts";

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
  checkFirst(map, options);
  const frames = surfaceFrames(map, options.surfaces, options);
  return surfaceFigure(frames, frameAt(frames.times, frames.tstepS, options.atS), options);
}

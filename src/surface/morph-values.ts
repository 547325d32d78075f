import { meshEdges, type Mesh } from "./mesh-edges.ts";
import type { MorphMap } from "./morph-map.ts";
import { nearestSources } from "./nearest-source.ts";
import { smoothed } from "./smooth-on-mesh.ts";

/** How values known at some points come to all: by the nearest source, or smoothed so many steps (`fill`: until done). */
export type MorphSmoothing = "nearest" | "fill" | number;

/** Columns worked on at a time: they stay in the cache. */
const columnsAtOnce = 16;

/**
 * Values of sources (sources × columns, row by row) on the points of another mesh: spread over all points of their own
 * mesh, then taken by the weights of `map`. NaN where a corner with weight has no value.
 */
export function morphValues(
  mesh: Mesh,
  sources: Int32Array,
  values: Float64Array,
  map: MorphMap,
  smooth: MorphSmoothing,
): Float64Array {
  const edges = meshEdges(mesh);
  const nColumns = values.length / sources.length;
  const nPoints = mesh.points.shape[0];
  const nearest = smooth === "nearest" ? nearestSources(mesh, sources) : undefined;
  const nTo = map.corners.length / 3;
  const result = new Float64Array(nTo * nColumns);
  for (let first = 0; first < nColumns; first += columnsAtOnce) {
    const width = Math.min(columnsAtOnce, nColumns - first);
    const known = new Float64Array(nPoints * width).fill(NaN);
    const put = (point: number, source: number) => {
      for (let c = 0; c < width; c++)
        known[point * width + c] = values[source * nColumns + first + c];
    };
    if (nearest === undefined) sources.forEach(put);
    else
      nearest.forEach((source, point) => {
        if (source >= 0) put(point, source);
      });
    const all =
      typeof smooth === "number" || smooth === "fill"
        ? smoothed(edges, known, width, smooth)
        : known;
    for (let to = 0; to < nTo; to++)
      for (let c = 0; c < width; c++)
        result[to * nColumns + first + c] = valueAt(map, to, all, width, c);
  }
  return result;
}

function valueAt(
  { corners, weights }: MorphMap,
  to: number,
  all: Float64Array,
  width: number,
  c: number,
): number {
  let sum = 0;
  for (let at = 3 * to; at < 3 * to + 3; at++)
    if (weights[at] !== 0) sum += weights[at] * all[corners[at] * width + c];
  return sum;
}

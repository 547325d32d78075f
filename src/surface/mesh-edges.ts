import { thing } from "../core/gate/kinds.ts";
import type { Matrix } from "../core/matrix.ts";

/** Points and the triangles between them. */
export interface Mesh {
  /** Points × 3, in any unit of length. */
  readonly points: Matrix;
  /** Triangles × 3, numbers of points from 0. */
  readonly triangles: Matrix;
}

/** What has points and triangles. */
export const aMesh = thing("{ points, triangles }", "points", "triangles");

/** The edges of a mesh from each point: those of point p are from `starts[p]` up to `starts[p + 1]`. */
export interface MeshEdges {
  readonly starts: Int32Array;
  /** The point at the other end, ascending. */
  readonly ends: Int32Array;
  readonly lengths: Float64Array;
}

/** Each edge once in both directions, with its straight length; the mesh is one that was checked. */
export function meshEdges({ points, triangles }: Mesh): MeshEdges {
  const nPoints = points.shape[0];
  const corners = triangles.data;
  // Both ends of each side of each triangle, sorted by the first and then the second; a side of two triangles is twice there.
  const counts = new Int32Array(nPoints + 1);
  for (let at = 0; at < corners.length; at++) counts[corners[at] + 1] += 2;
  for (let p = 0; p < nPoints; p++) counts[p + 1] += counts[p];
  const all = new Int32Array(2 * corners.length);
  const next = counts.slice(0, nPoints);
  for (let at = 0; at < corners.length; at += 3)
    for (let corner = 0; corner < 3; corner++) {
      const [a, b] = [corners[at + corner], corners[at + ((corner + 1) % 3)]];
      all[next[a]++] = b;
      all[next[b]++] = a;
    }
  const starts = new Int32Array(nPoints + 1);
  let to = 0;
  for (let p = 0; p < nPoints; p++) {
    const own = all.subarray(counts[p], counts[p + 1]).sort();
    for (let at = 0; at < own.length; at++)
      if (own[at] !== p && own[at] !== own[at - 1]) all[to++] = own[at];
    starts[p + 1] = to;
  }
  const ends = all.slice(0, to);
  return { starts, ends, lengths: lengthsOf(points, starts, ends) };
}

function lengthsOf({ data }: Matrix, starts: Int32Array, ends: Int32Array): Float64Array {
  const lengths = new Float64Array(ends.length);
  for (let p = 0; p + 1 < starts.length; p++)
    for (let at = starts[p]; at < starts[p + 1]; at++) {
      const [a, b] = [3 * p, 3 * ends[at]];
      const [dx, dy, dz] = [
        data[a] - data[b],
        data[a + 1] - data[b + 1],
        data[a + 2] - data[b + 2],
      ];
      lengths[at] = Math.sqrt(dx * dx + dy * dy + dz * dz);
    }
  return lengths;
}

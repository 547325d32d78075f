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
  const others = Array.from({ length: nPoints }, () => new Set<number>());
  for (let at = 0; at < triangles.data.length; at += 3)
    for (let corner = 0; corner < 3; corner++) {
      const [a, b] = [triangles.data[at + corner], triangles.data[at + ((corner + 1) % 3)]];
      if (a === b) continue;
      others[a].add(b);
      others[b].add(a);
    }
  const starts = new Int32Array(nPoints + 1);
  others.forEach((set, p) => (starts[p + 1] = starts[p] + set.size));
  const ends = new Int32Array(starts[nPoints]);
  others.forEach((set, p) => ends.set(Int32Array.from(set).sort(), starts[p]));
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

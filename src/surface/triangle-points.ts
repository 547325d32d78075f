import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { checkedMatrix } from "../core/gate/checked-matrix.ts";
import { aMesh, type Mesh } from "./mesh-edges.ts";

/** Throws `ShapeMismatch`, `InvalidArgument` unless points are finite places and triangles are of them. */
export function checkMesh(mesh: Mesh, argument: string): void {
  aMesh(mesh, argument);
  const points = checkedMatrix(mesh.points, `points of ${argument}`);
  const triangles = checkedMatrix(mesh.triangles, `triangles of ${argument}`);
  const fits = ({ shape }: Mesh["points"]) => shape.length === 2 && shape[1] === 3;
  if (!fits(points) || !fits(triangles))
    throw new ShapeMismatch(
      `points × 3 and triangles × 3 in ${argument}`,
      `(${points.shape.join(", ")}) and (${triangles.shape.join(", ")})`,
    );
  const at = points.data.findIndex((value) => !Number.isFinite(value));
  if (at >= 0)
    throw new InvalidArgument(
      `point ${Math.floor(at / 3)} of ${argument}`,
      points.data[at],
      "points need three finite coordinates",
    );
  const n = points.shape[0];
  const wrong = triangles.data.find(
    (point) => !(Number.isInteger(point) && point >= 0 && point < n),
  );
  if (wrong !== undefined)
    throw new InvalidArgument(`triangles of ${argument}`, wrong, `give points from 0 to ${n - 1}`);
}

/** For each point the triangles that it is a corner of: those of point p are from `starts[p]` up to `starts[p + 1]`. */
export function trianglesAround({ points, triangles }: Mesh): {
  readonly starts: Int32Array;
  readonly list: Int32Array;
} {
  const starts = new Int32Array(points.shape[0] + 1);
  for (const point of triangles.data) starts[point + 1]++;
  for (let p = 1; p < starts.length; p++) starts[p] += starts[p - 1];
  const next = starts.slice();
  const list = new Int32Array(triangles.data.length);
  for (let at = 0; at < triangles.data.length; at++)
    list[next[triangles.data[at]]++] = Math.floor(at / 3);
  return { starts, list };
}

/** The cross product of two edges of each triangle: twice its area long, away from the side it is clockwise from. */
export function triangleNormals({ points: { data }, triangles }: Mesh): Float64Array {
  const normals = new Float64Array(triangles.data.length);
  for (let at = 0; at < normals.length; at += 3) {
    const [a, b, c] = [0, 1, 2].map((corner) => 3 * triangles.data[at + corner]);
    const [ux, uy, uz] = [data[b] - data[a], data[b + 1] - data[a + 1], data[b + 2] - data[a + 2]];
    const [vx, vy, vz] = [data[c] - data[a], data[c + 1] - data[a + 1], data[c + 2] - data[a + 2]];
    normals[at] = uy * vz - uz * vy;
    normals[at + 1] = uz * vx - ux * vz;
    normals[at + 2] = ux * vy - uy * vx;
  }
  return normals;
}

import type { Mesh } from "./mesh-edges.ts";
import { checkMesh, triangleNormals } from "./triangle-points.ts";

/**
 * The area of a mesh that belongs to each point: a third of every triangle that it is a corner of, in the square of the
 * points' unit. Their sum is the area of the mesh.
 *
 * @throws ShapeMismatch, InvalidArgument.
 * @example
 * import { vertexAreas } from "tsrsa";
 * const points = { data: Float64Array.of(0, 0, 0, 3, 0, 0, 0, 2, 0), shape: [3, 3] };
 * const triangles = { data: Int32Array.of(0, 1, 2), shape: [1, 3] };
 * Array.from(vertexAreas({ points, triangles })); // [ 1, 1, 1 ]
 */
export function vertexAreas(mesh: Mesh): Float64Array {
  checkMesh(mesh, "mesh");
  const normals = triangleNormals(mesh);
  const areas = new Float64Array(mesh.points.shape[0]);
  for (let at = 0; at < normals.length; at += 3) {
    const third = Math.hypot(normals[at], normals[at + 1], normals[at + 2]) / 6;
    for (let corner = 0; corner < 3; corner++) areas[mesh.triangles.data[at + corner]] += third;
  }
  return areas;
}

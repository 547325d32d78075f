import { meshEdges, type Mesh } from "./mesh-edges.ts";
import { checkMesh } from "./triangle-points.ts";

/**
 * The points beside each point of a mesh: those that an edge joins to it, ascending, without itself. What
 * `permutationClusterTest` takes as `adjacency: { neighbours }` when the last axis runs over all points.
 *
 * @throws ShapeMismatch, InvalidArgument for triangles of points that are not there.
 * @example
 * import { meshNeighbours } from "tsrsa";
 * const points = { data: Float64Array.of(0, 0, 0, 1, 0, 0, 1, 1, 0, 5, 5, 5), shape: [4, 3] };
 * const triangles = { data: Int32Array.of(0, 1, 2), shape: [1, 3] };
 * meshNeighbours({ points, triangles }).map((list) => list.length); // [ 2, 2, 2, 0 ]
 */
export function meshNeighbours(mesh: Mesh): Int32Array[] {
  checkMesh(mesh, "mesh");
  const { starts, ends } = meshEdges(mesh);
  return Array.from({ length: starts.length - 1 }, (_, point) =>
    ends.slice(starts[point], starts[point + 1]),
  );
}

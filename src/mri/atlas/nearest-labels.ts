import { inverseOf, gridOf, nVoxelsOf, type Gridded } from "../grid.ts";
import { positionsOf } from "../coordinates.ts";

/** The label of the nearest voxel of an atlas for each voxel of an image; 0 outside. */
export function nearestLabels(
  { labels, shape, affine }: { readonly labels: Int32Array } & Gridded,
  image: Gridded,
): Int32Array {
  const [nx, ny = 1, nz = 1] = shape;
  const grid = gridOf(image);
  const voxels = Int32Array.from({ length: nVoxelsOf(grid) }, (_, at) => at);
  const places = positionsOf(grid, voxels);
  const toAtlas = inverseOf(affine);
  return voxels.map((at) => {
    const [i, j, k] = [0, 1, 2].map((axis) =>
      Math.round(
        toAtlas[axis][0] * places[3 * at] +
          toAtlas[axis][1] * places[3 * at + 1] +
          toAtlas[axis][2] * places[3 * at + 2] +
          toAtlas[axis][3],
      ),
    );
    const inside = i >= 0 && i < nx && j >= 0 && j < ny && k >= 0 && k < nz;
    return inside ? labels[(i * ny + j) * nz + k] : 0;
  });
}

import { positionsOf } from "./coordinates.ts";
import { gridOf, inverseOf, nVoxelsOf, type Gridded, type Volume } from "./grid.ts";
import { makeMask, maskOf, type VoxelMask } from "./masks.ts";

/**
 * A mask moved to the grid of another image: each voxel takes what the mask has at the nearest voxel, outside of it
 * nothing. Nothing else in this library moves a mask; one that does not fit an image is refused.
 * Agrees with `nilearn.image.resample_to_img(interpolation="nearest")` but for voxels half-way between two, and for
 * voxels whose centre lies in the outer half of the mask's outermost voxels: these are inside here as any other part of
 * that voxel, and 0 in nilearn, which ends at the centres of the outermost voxels.
 *
 * @example
 * import { resampleMask } from "tsrsa";
 * const coarse = [[4, 0, 0, 0], [0, 4, 0, 0], [0, 0, 4, 0], [0, 0, 0, 1]];
 * const fine = [[2, 0, 0, 0], [0, 4, 0, 0], [0, 0, 4, 0], [0, 0, 0, 1]];
 * const mask = { data: Uint8Array.of(0, 1), shape: [2, 1, 1], affine: coarse };
 * resampleMask(mask, { shape: [4, 1, 1], affine: fine }).data; // Uint8Array(4) [ 0, 1, 1, 0 ]
 */
export function resampleMask(mask: Volume, image: Gridded): VoxelMask {
  const { data, shape, affine } = makeMask(mask);
  const [nx, ny, nz] = shape;
  const grid = gridOf(image);
  const voxels = Int32Array.from({ length: nVoxelsOf(grid) }, (_, at) => at);
  const places = positionsOf(grid, voxels);
  const toMask = inverseOf(affine);
  const moved = Uint8Array.from(voxels, (at) => {
    const along = (axis: number): number =>
      Math.round(
        toMask[axis][0] * places[3 * at] +
          toMask[axis][1] * places[3 * at + 1] +
          toMask[axis][2] * places[3 * at + 2] +
          toMask[axis][3],
      );
    const [i, j, k] = [along(0), along(1), along(2)];
    const inside = i >= 0 && i < nx && j >= 0 && j < ny && k >= 0 && k < nz;
    return inside ? data[(i * ny + j) * nz + k] : 0;
  });
  return maskOf(grid, moved);
}

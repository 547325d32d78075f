import type { NiftiAffine } from "../../../src/io/nifti/index.ts";

/** Where the voxels of the functional images lie: left and back half of the head, 3 mm voxels. */
export const shape: readonly [nx: number, ny: number, nz: number] = [40, 17, 23];

export const affine: NiftiAffine = [
  [3, 0, 0, -88.5],
  [0, 3, 0, -116],
  [0, 0, 3, -38],
  [0, 0, 0, 1],
];

/** A point in mm: x to the right, y to the front, z up. */
export type Point = readonly [x: number, y: number, z: number];

export const nVoxels = shape[0] * shape[1] * shape[2];

/** The centre of a voxel, numbered in C order (z fastest). */
export function centreOf(voxel: number): Point {
  const [, ny, nz] = shape;
  const [i, j, k] = [Math.floor(voxel / (ny * nz)), Math.floor(voxel / nz) % ny, voxel % nz];
  return [
    affine[0][0] * i + affine[0][3],
    affine[1][1] * j + affine[1][3],
    affine[2][2] * k + affine[2][3],
  ];
}

import type { NiftiAffine } from "../../../src/io/nifti/index.ts";

/** Where the voxels of an image lie, in mm: x to the right, y to the front, z up. */
export interface Grid {
  readonly shape: readonly [nx: number, ny: number, nz: number];
  readonly affine: NiftiAffine;
}

/** A point in mm. */
export type Point = readonly [x: number, y: number, z: number];

/** The functional images: voxels twice as long on every side as those of the real study, x flipped as there. */
export const functionalGrid: Grid = {
  shape: [20, 25, 19],
  affine: [
    [-7, 0, 0, 66.5],
    [0, 7.5, 0, -110],
    [0, 0, 7.5, -60],
    [0, 0, 0, 1],
  ],
};

/** The anatomical images. */
export const anatomicalGrid: Grid = {
  shape: [72, 88, 70],
  affine: [
    [-2.5, 0, 0, 88.75],
    [0, 2.5, 0, -128],
    [0, 0, 2.5, -76],
    [0, 0, 0, 1],
  ],
};

/** Number of voxels. */
export function nVoxels({ shape }: Grid): number {
  return shape[0] * shape[1] * shape[2];
}

/** The centre of each voxel in C order, z fastest. Both grids lie along the axes. */
export function* centres({ shape, affine }: Grid): Generator<Point> {
  const along = (axis: number, at: number) => affine[axis][axis] * at + affine[axis][3];
  for (let i = 0; i < shape[0]; i++)
    for (let j = 0; j < shape[1]; j++)
      for (let k = 0; k < shape[2]; k++) yield [along(0, i), along(1, j), along(2, k)];
}

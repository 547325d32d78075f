import { ShapeMismatch } from "../../core/errors.ts";
import { sizeOf, type NumericArray } from "../../core/matrix.ts";
import { gridOf, inverseOf, type Volume } from "../../mri/grid.ts";

/** A point: in mm, or in voxels. */
export type Vec3 = readonly [x: number, y: number, z: number];

/** Rows of four numbers: rotation and scaling, then shift. */
export type Transform = readonly (readonly number[])[];

/** A checked volume, with the ways from voxels to mm and back. */
export interface PlacedVolume {
  readonly data: NumericArray;
  readonly shape: Vec3;
  readonly toMm: Transform;
  readonly toVoxel: Transform;
}

/**
 * Check a volume. Throws `ShapeMismatch` for anything but one volume in three dimensions, `InvalidArgument` for an
 * affine that cannot be turned round.
 */
export function place(image: Volume, what: string): PlacedVolume {
  const { data, shape } = image;
  const nVolumes = shape.slice(3).reduce((product, length) => product * length, 1);
  if (shape.length < 3 || nVolumes !== 1)
    throw new ShapeMismatch(
      `a ${what} of shape (x, y, z)`,
      `(${shape.join(", ")})`,
      "give one volume, for example the mean over volumes",
    );
  if (data.length !== sizeOf(shape))
    throw new ShapeMismatch(`${sizeOf(shape)} values in the ${what}`, `${data.length}`);
  const grid = gridOf(image);
  return { data, shape: grid.shape, toMm: grid.affine, toVoxel: inverseOf(grid.affine) };
}

/** Where a transform takes a point. */
export function apply(transform: Transform, [x, y, z]: Vec3): Vec3 {
  const row = (r: readonly number[]) => r[0] * x + r[1] * y + r[2] * z + r[3];
  return [row(transform[0]), row(transform[1]), row(transform[2])];
}

/** Position in the data of a voxel; −1 outside of the image. */
export function voxelAt({ shape, toVoxel }: PlacedVolume, mm: Vec3): number {
  const [i, j, k] = apply(toVoxel, mm).map(Math.round);
  if (i < 0 || j < 0 || k < 0 || i >= shape[0] || j >= shape[1] || k >= shape[2]) return -1;
  return (i * shape[1] + j) * shape[2] + k;
}

/** Indices of the voxel at a position in the data. */
export function indicesOf({ shape }: PlacedVolume, at: number): Vec3 {
  const k = at % shape[2];
  const column = (at - k) / shape[2];
  const j = column % shape[1];
  return [(column - j) / shape[1], j, k];
}

/** Centre in mm of the voxel at a position in the data. */
export function centreOf(volume: PlacedVolume, at: number): Vec3 {
  return apply(volume.toMm, indicesOf(volume, at));
}

/** Value at a point between voxel centres, from the eight around; NaN outside of the image. */
export function interpolate({ data, shape, toVoxel }: PlacedVolume, mm: Vec3): number {
  const point = apply(toVoxel, mm);
  const low = [0, 0, 0];
  const share = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    const last = shape[axis] - 1;
    if (!(point[axis] >= -0.5 && point[axis] <= last + 0.5)) return NaN;
    const inside = Math.min(last, Math.max(0, point[axis]));
    low[axis] = Math.min(Math.floor(inside), Math.max(0, last - 1));
    share[axis] = inside - low[axis];
  }
  let sum = 0;
  for (let corner = 0; corner < 8; corner++) {
    const [a, b, c] = [corner & 1, (corner >> 1) & 1, corner >> 2];
    const weight =
      (a ? share[0] : 1 - share[0]) * (b ? share[1] : 1 - share[1]) * (c ? share[2] : 1 - share[2]);
    if (weight === 0) continue;
    sum += weight * data[((low[0] + a) * shape[1] + low[1] + b) * shape[2] + low[2] + c];
  }
  return sum;
}

/** The longest way along each axis of mm from one voxel to the next. */
export function voxelSizeMm({ toMm }: PlacedVolume): Vec3 {
  const size = (axis: number) => Math.max(...toMm[axis].slice(0, 3).map(Math.abs));
  return [size(0), size(1), size(2)];
}

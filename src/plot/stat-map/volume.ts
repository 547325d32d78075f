import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { sizeOf, type NumericArray } from "../../core/matrix.ts";
import type { NiftiAffine } from "../../io/nifti/index.ts";

/**
 * One volume of an image in space: values in C order (z fastest), shape (x, y, z), and the affine from voxel indices to
 * mm. What `readNifti` and `rsaNifti` give is one.
 */
export interface VolumeLike {
  readonly data: NumericArray;
  readonly shape: readonly number[];
  readonly affine: NiftiAffine;
}

/** A point: in mm, or in voxels. */
export type Vec3 = readonly [x: number, y: number, z: number];

/** Three rows of four numbers: rotation and scaling, then shift. */
export type Transform = readonly (readonly number[])[];

/** A checked volume, with the way from mm back to voxels. */
export interface Volume {
  readonly data: NumericArray;
  readonly shape: Vec3;
  readonly toMm: Transform;
  readonly toVoxel: Transform;
}

/**
 * Check a volume. Throws `ShapeMismatch` for anything but one volume in three dimensions, `InvalidArgument` for an
 * affine that cannot be turned round.
 */
export function asVolume(image: VolumeLike, what: string): Volume {
  const { data, shape, affine } = image;
  const nVolumes = shape.slice(3).reduce((product, length) => product * length, 1);
  if (shape.length < 3 || nVolumes !== 1)
    throw new ShapeMismatch(
      `a ${what} of shape (x, y, z)`,
      `(${shape.join(", ")})`,
      "give one volume, for example the mean over volumes",
    );
  if (data.length !== sizeOf(shape))
    throw new ShapeMismatch(`${sizeOf(shape)} values in the ${what}`, `${data.length}`);
  const toMm = affine.slice(0, 3);
  return { data, shape: [shape[0], shape[1], shape[2]], toMm, toVoxel: inverse(toMm, what) };
}

/** Where a transform takes a point. */
export function apply(transform: Transform, [x, y, z]: Vec3): Vec3 {
  const row = (r: readonly number[]) => r[0] * x + r[1] * y + r[2] * z + r[3];
  return [row(transform[0]), row(transform[1]), row(transform[2])];
}

function inverse(m: Transform, what: string): Transform {
  const minor = (r: number, c: number) => {
    const [r1, r2, c1, c2] = [(r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3];
    return m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
  };
  const determinant = m[0][0] * minor(0, 0) + m[0][1] * minor(0, 1) + m[0][2] * minor(0, 2);
  if (!Number.isFinite(determinant) || determinant === 0)
    throw new InvalidArgument(
      `affine of the ${what}`,
      JSON.stringify(m),
      "its three axes must be finite and point in different directions",
    );
  const rows = [0, 1, 2].map((r) => [0, 1, 2].map((c) => minor(c, r) / determinant));
  return rows.map((row) => [...row, -row.reduce((sum, value, c) => sum + value * m[c][3], 0)]);
}

/** Position in the data of a voxel; −1 outside of the image. */
export function voxelAt({ shape, toVoxel }: Volume, mm: Vec3): number {
  const [i, j, k] = apply(toVoxel, mm).map(Math.round);
  if (i < 0 || j < 0 || k < 0 || i >= shape[0] || j >= shape[1] || k >= shape[2]) return -1;
  return (i * shape[1] + j) * shape[2] + k;
}

/** Indices of the voxel at a position in the data. */
export function indicesOf({ shape }: Volume, at: number): Vec3 {
  const k = at % shape[2];
  const column = (at - k) / shape[2];
  const j = column % shape[1];
  return [(column - j) / shape[1], j, k];
}

/** Centre in mm of the voxel at a position in the data. */
export function centreOf(volume: Volume, at: number): Vec3 {
  return apply(volume.toMm, indicesOf(volume, at));
}

/** Value at a point between voxel centres, from the eight around; NaN outside of the image. */
export function interpolate({ data, shape, toVoxel }: Volume, mm: Vec3): number {
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
export function voxelSizeMm({ toMm }: Volume): Vec3 {
  const size = (axis: number) => Math.max(...toMm[axis].slice(0, 3).map(Math.abs));
  return [size(0), size(1), size(2)];
}

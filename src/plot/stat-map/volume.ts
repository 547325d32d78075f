import { ShapeMismatch } from "../../core/errors.ts";
import { list, numbers, thing } from "../../core/gate/kinds.ts";
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

const isVolume = thing("an image with data, shape and affine", "data", "shape", "affine");

/**
 * Check a volume. Throws `ShapeMismatch` for anything but one volume in three dimensions, `InvalidArgument` for an
 * affine that cannot be turned round.
 */
export function place(image: Volume, what: string): PlacedVolume {
  isVolume(image, what);
  const { data, shape } = image;
  list(shape, `shape of the ${what}`);
  numbers(data, `data of the ${what}`);
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
export function voxelAt({ shape, toVoxel }: PlacedVolume, [x, y, z]: Vec3): number {
  // Asked for every pixel, so nothing is allocated.
  const i = Math.round(along(toVoxel[0], x, y, z));
  const j = Math.round(along(toVoxel[1], x, y, z));
  const k = Math.round(along(toVoxel[2], x, y, z));
  if (i < 0 || j < 0 || k < 0 || i >= shape[0] || j >= shape[1] || k >= shape[2]) return -1;
  return (i * shape[1] + j) * shape[2] + k;
}

function along(row: readonly number[], x: number, y: number, z: number): number {
  return row[0] * x + row[1] * y + row[2] * z + row[3];
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
export function interpolate(volume: PlacedVolume, [x, y, z]: Vec3): number {
  const { data, shape, toVoxel } = volume;
  const i = inside(along(toVoxel[0], x, y, z), shape[0]);
  const j = inside(along(toVoxel[1], x, y, z), shape[1]);
  const k = inside(along(toVoxel[2], x, y, z), shape[2]);
  if (Number.isNaN(i + j + k)) return NaN;
  const [i0, j0, k0] = [Math.trunc(i), Math.trunc(j), Math.trunc(k)];
  let sum = 0;
  for (let corner = 0; corner < 8; corner++) {
    const [a, b, c] = [corner & 1, (corner >> 1) & 1, corner >> 2];
    const weight = share(i - i0, a) * share(j - j0, b) * share(k - k0, c);
    // A voxel that has no weight may be undefined, or none.
    if (weight > 0) sum += weight * data[((i0 + a) * shape[1] + j0 + b) * shape[2] + k0 + c];
  }
  return sum;
}

/** A place along an axis between the first and the last centre; half a voxel beyond is still theirs, NaN what is not. */
function inside(place: number, length: number): number {
  if (!(place >= -0.5 && place <= length - 0.5)) return NaN;
  return Math.min(length - 1, Math.max(0, place));
}

function share(rest: number, side: number): number {
  return side === 1 ? rest : 1 - rest;
}

/** The longest way along each axis of mm from one voxel to the next. */
export function voxelSizeMm({ toMm }: PlacedVolume): Vec3 {
  const size = (axis: number) => Math.max(...toMm[axis].slice(0, 3).map(Math.abs));
  return [size(0), size(1), size(2)];
}

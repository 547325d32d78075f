import { toVector } from "../core/gate/vector.ts";
import { listOf, whole } from "../core/gate/kinds.ts";
import { InvalidArgument } from "../core/errors.ts";
import { gridOf, inverseOf, type Grid, type Gridded } from "./grid.ts";

/** Indices of a voxel along x, y and z, counted from 0. */
export type VoxelIndex = readonly [i: number, j: number, k: number];

/** A place in mm: x to the right, y to the front, z up. */
export type Millimetres = readonly [x: number, y: number, z: number];

/**
 * Where the centre of a voxel is, in mm: affine · (i, j, k, 1). Agrees with `nibabel.affines.apply_affine`.
 * Throws `InvalidArgument` for a singular affine.
 *
 * @example
 * import { voxelToMm } from "tsrsa";
 * const affine = [[2, 0, 0, -90], [0, 2, 0, -126], [0, 0, 4, -72], [0, 0, 0, 1]];
 * voxelToMm({ shape: [91, 109, 45], affine }, [45, 63, 18]); // [ 0, 0, 0 ]
 */
export function voxelToMm(image: Gridded, voxel: VoxelIndex): Millimetres {
  const [i, j, k] = three(voxel, "voxel");
  const { affine } = gridOf(image);
  const along = (row: readonly number[]): number => row[0] * i + row[1] * j + row[2] * k + row[3];
  return [along(affine[0]), along(affine[1]), along(affine[2])];
}

/**
 * Voxel indices of a place in mm, with fractions: the inverse of {@link voxelToMm}. Round them for the nearest voxel;
 * they may lie outside the image. Throws `InvalidArgument` for a singular affine.
 *
 * @example
 * import { mmToVoxel } from "tsrsa";
 * const affine = [[2, 0, 0, -90], [0, 2, 0, -126], [0, 0, 4, -72], [0, 0, 0, 1]];
 * mmToVoxel({ shape: [91, 109, 45], affine }, [0, 1, 0]); // [ 45, 63.5, 18 ]
 */
export function mmToVoxel(image: Gridded, mm: Millimetres): VoxelIndex {
  const [x, y, z] = three(mm, "mm");
  const inverse = inverseOf(gridOf(image).affine);
  const along = (row: readonly number[]): number => row[0] * x + row[1] * y + row[2] * z + row[3];
  return [along(inverse[0]), along(inverse[1]), along(inverse[2])];
}

/**
 * The number of a voxel in C order, z fastest: its place in the `data` of a volume.
 * Throws `InvalidArgument` for a voxel outside.
 *
 * @example
 * import { voxelNumber } from "tsrsa";
 * voxelNumber([4, 5, 6], [1, 0, 2]); // 32
 */
export function voxelNumber(shape: readonly number[], voxel: VoxelIndex): number {
  listOf(whole(1))(shape, "shape");
  const [i, j, k] = three(voxel, "voxel");
  const [nx, ny = 1, nz = 1] = shape;
  const inside = (at: number, n: number): boolean => Number.isInteger(at) && at >= 0 && at < n;
  if (inside(i, nx) && inside(j, ny) && inside(k, nz)) return (i * ny + j) * nz + k;
  throw new InvalidArgument(
    "voxel",
    `(${i}, ${j}, ${k})`,
    `give whole numbers from 0 to (${nx - 1}, ${ny - 1}, ${nz - 1})`,
  );
}

/**
 * The voxel with a number in C order: the inverse of {@link voxelNumber}.
 *
 * @example
 * import { voxelOfNumber } from "tsrsa";
 * voxelOfNumber([4, 5, 6], 32); // [ 1, 0, 2 ]
 */
export function voxelOfNumber(shape: readonly number[], number: number): VoxelIndex {
  listOf(whole(1))(shape, "shape");
  whole(0)(number, "number");
  const [, ny = 1, nz = 1] = shape;
  return [Math.floor(number / (ny * nz)), Math.floor(number / nz) % ny, number % nz];
}

/** Places in mm of voxels given by number: three numbers a voxel. */
export function positionsOf({ shape, affine }: Grid, voxels: ArrayLike<number>): Float64Array {
  const positions = new Float64Array(3 * voxels.length);
  for (let at = 0; at < voxels.length; at++) {
    const [i, j, k] = voxelOfNumber(shape, voxels[at]);
    for (let axis = 0; axis < 3; axis++) {
      const row = affine[axis];
      positions[3 * at + axis] = row[0] * i + row[1] * j + row[2] * k + row[3];
    }
  }
  return positions;
}

function three(place: readonly number[], argument: string): readonly [number, number, number] {
  const [a, b, c, ...more] = toVector(place, argument);
  if (c !== undefined && more.length === 0) return [a, b, c];
  throw new InvalidArgument(argument, place, "give three numbers");
}

import { numbers } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import type { NiftiAffine } from "../io/nifti/index.ts";
import { checkSameGrid, gridOf, nVoxelsOf, type Grid, type Volume } from "./grid.ts";

/** Which voxels of a grid are meant: 1 inside and 0 outside, in C order. It can be written with `writeNifti`. */
export interface VoxelMask extends Volume {
  readonly data: Uint8Array;
  readonly shape: readonly [nx: number, ny: number, nz: number];
  readonly affine: NiftiAffine;
  /** How many voxels are inside. */
  readonly nVoxels: number;
}

/** Which values are inside. */
export interface MakeMaskOptions {
  /** Only values above this. */
  readonly above?: number;
  /** Only values below this. */
  readonly below?: number;
}

const makeMaskNames: OptionNames<MakeMaskOptions> = { above: true, below: true };

/**
 * A mask from an image: the voxels that are not 0, or those above and below a threshold. NaN is outside.
 *
 * @param image - one volume, for example a mask file or a score map.
 * @throws ShapeMismatch for an image of several volumes; InvalidArgument for a singular affine.
 * @example
 * import { makeMask } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const image = { data: Float64Array.of(0, 0.2, 0.7, NaN), shape: [2, 2, 1], affine };
 * [makeMask(image).nVoxels, makeMask(image, { above: 0.5 }).data]; // [ 2, Uint8Array(4) [ 0, 0, 1, 0 ] ]
 */
export function makeMask(image: Volume, options: MakeMaskOptions = {}): VoxelMask {
  checkOptions(options, makeMaskNames);
  const { above, below } = options;
  const grid = gridOf(image);
  checkSingleVolume(image, grid);
  const inside = (value: number): boolean => {
    if (above === undefined && below === undefined) return value !== 0 && !Number.isNaN(value);
    return value > (above ?? -Infinity) && value < (below ?? Infinity);
  };
  return maskOf(
    grid,
    Uint8Array.from(image.data, (value) => (inside(value) ? 1 : 0)),
  );
}

/**
 * The voxels that are in all masks.
 *
 * @throws ShapeMismatch for masks of other grids.
 * @example
 * import { intersectMasks, makeMask } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const of = (...data: number[]) => makeMask({ data: Uint8Array.from(data), shape: [3, 1, 1], affine });
 * intersectMasks(of(1, 1, 0), of(0, 1, 1)).data; // Uint8Array(3) [ 0, 1, 0 ]
 */
export function intersectMasks(first: Volume, ...others: readonly Volume[]): VoxelMask {
  return combine(first, others, (a, b) => a & b);
}

/**
 * The voxels that are in any of the masks.
 *
 * @throws ShapeMismatch for masks of other grids.
 * @example
 * import { makeMask, uniteMasks } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const of = (...data: number[]) => makeMask({ data: Uint8Array.from(data), shape: [3, 1, 1], affine });
 * uniteMasks(of(1, 0, 0), of(0, 1, 0)).data; // Uint8Array(3) [ 1, 1, 0 ]
 */
export function uniteMasks(first: Volume, ...others: readonly Volume[]): VoxelMask {
  return combine(first, others, (a, b) => a | b);
}

/**
 * The voxels of the first mask that are in none of the others.
 *
 * @throws ShapeMismatch for masks of other grids.
 * @example
 * import { makeMask, subtractMasks } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * const of = (...data: number[]) => makeMask({ data: Uint8Array.from(data), shape: [3, 1, 1], affine });
 * subtractMasks(of(1, 1, 0), of(0, 1, 1)).data; // Uint8Array(3) [ 1, 0, 0 ]
 */
export function subtractMasks(first: Volume, ...others: readonly Volume[]): VoxelMask {
  return combine(first, others, (a, b) => a & (1 - b));
}

/**
 * The voxels that are not in the mask.
 *
 * @example
 * import { invertMask, makeMask } from "tsrsa";
 * const affine = [[3, 0, 0, 0], [0, 3, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]];
 * invertMask({ data: Uint8Array.of(1, 0), shape: [2, 1, 1], affine }).data; // Uint8Array(2) [ 0, 1 ]
 */
export function invertMask(mask: Volume): VoxelMask {
  return maskOf(
    gridOf(mask),
    makeMask(mask).data.map((inside) => 1 - inside),
  );
}

/** A mask of a grid, its voxels counted. */
export function maskOf({ shape, affine }: Grid, data: Uint8Array): VoxelMask {
  return { data, shape, affine, nVoxels: data.reduce((count, inside) => count + inside, 0) };
}

/** A mask for an image: on its grid and with voxels inside. Throws `ShapeMismatch`, `InvalidArgument`. */
export function maskFor(image: Grid, mask: Volume, name: string): VoxelMask {
  checkSameGrid(image, gridOf(mask), name);
  const made = makeMask(mask);
  if (made.nVoxels > 0) return made;
  throw new InvalidArgument(name, "no voxel inside", "give a mask with voxels that are not 0");
}

function combine(
  first: Volume,
  others: readonly Volume[],
  both: (a: number, b: number) => number,
): VoxelMask {
  const grid = gridOf(first);
  const data = makeMask(first).data;
  for (const other of others) {
    checkSameGrid(grid, gridOf(other), "mask");
    const inside = makeMask(other).data;
    for (let at = 0; at < data.length; at++) data[at] = both(data[at], inside[at]);
  }
  return maskOf(grid, data);
}

function checkSingleVolume({ data, shape }: Volume, grid: Grid): void {
  numbers(data, "data of the image");
  if (shape.slice(3).some((n) => n !== 1))
    throw new ShapeMismatch(
      "a mask of one volume",
      shape.join(" × "),
      "read one volume of it, for example with openNifti(path).readVolume(0)",
    );
  if (data.length === nVoxelsOf(grid)) return;
  throw new ShapeMismatch(`${nVoxelsOf(grid)} values for ${shape.join(" × ")}`, `${data.length}`);
}

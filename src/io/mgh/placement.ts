import type { ByteCursor } from "../binary/byte-cursor.ts";

/** Where the voxels are. */
export interface Placement {
  readonly sizes: readonly number[];
  /** Directions of the three axes, one after the other. */
  readonly directions: ArrayLike<number>;
  readonly centre: ArrayLike<number>;
}

/** What nibabel takes when the header says nothing: coronal slices of 1 mm. */
const usual: Placement = {
  sizes: [1, 1, 1],
  directions: [-1, 0, 0, 0, 0, 1, 0, -1, 0],
  centre: [0, 0, 0],
};

/** Sizes, directions and centre of the header, at byte 28. Throws `FileFormatError` for what is no place. */
export function readPlacement(cursor: ByteCursor): Placement {
  if (cursor.int16("goodRASFlag") <= 0) return usual;
  const sizes = Array.from(cursor.float32s(3, "voxel size"));
  const directions = cursor.float32s(9, "directions");
  const centre = cursor.float32s(3, "centre");
  for (const value of [...sizes, ...directions, ...centre])
    if (!Number.isFinite(value)) throw cursor.fault("placement", "finite numbers", `${value}`);
  if (sizes.some((size) => size <= 0))
    throw cursor.fault("voxel size", "above 0", sizes.join(", "));
  return { sizes, directions, centre };
}

/** From voxel indices to scanner coordinates: the centre of the header is that of the voxel at half of each axis. */
export function affineOf(
  { sizes, directions, centre }: Placement,
  dims: readonly number[],
): number[][] {
  const rows = [0, 1, 2].map((row) => {
    const scaled = [0, 1, 2].map((axis) => directions[3 * axis + row] * sizes[axis]);
    const shift = scaled.reduce((sum, value, axis) => sum + (value * dims[axis]) / 2, 0);
    return [...scaled, centre[row] - shift];
  });
  return [...rows, [0, 0, 0, 1]];
}

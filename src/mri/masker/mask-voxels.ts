import { InvalidArgument } from "../../core/errors.ts";
import { checkedMatrix } from "../../core/gate/checked-matrix.ts";
import { thing } from "../../core/gate/kinds.ts";
import type { Volume } from "../grid.ts";
import { makeMask, type VoxelMask } from "../masks.ts";

const isVolume = thing("an image with data, shape and affine", "data", "shape", "affine");

/**
 * A mask whose image has no values but 0 and one other, as masks have; NaN is outside. An image of several labels is
 * no mask, and taking all of them for inside would be a guess.
 */
export function strictMask(image: Volume): VoxelMask {
  isVolume(image, "mask");
  checkedMatrix(image, "mask");
  const values = new Set<number>();
  for (let at = 0; at < image.data.length && values.size < 3; at++) {
    const value = image.data[at];
    if (value !== 0 && !Number.isNaN(value)) values.add(value);
  }
  if (values.size > 1)
    throw new InvalidArgument(
      "mask",
      `an image of several values (${[...values].join(", ")} …)`,
      "a mask has 0 and one other value; say which are inside with makeMask(image, { above, below })",
    );
  const mask = makeMask(image);
  if (mask.nVoxels > 0) return mask;
  throw new InvalidArgument("mask", "no voxel inside", "give a mask with voxels that are not 0");
}

/** Numbers of the voxels inside, in C order, ascending. */
export function voxelsInside({ data, nVoxels }: VoxelMask): Int32Array {
  const voxels = new Int32Array(nVoxels);
  let n = 0;
  data.forEach((inside, at) => {
    if (inside === 1) voxels[n++] = at;
  });
  return voxels;
}

import { InvalidArgument, ShapeMismatch } from "../core/errors.ts";
import { sizeOf } from "../core/matrix.ts";
import type { Grid } from "./grid.ts";
import type { Spheres } from "./sphere-patches.ts";

/**
 * Patches of one's own. A list for each patch: numbers of its voxels in C order of the image (see `voxelNumber`), the
 * first being the centre, where the map has the score. Or a neighbour matrix of all voxels of the image in compressed
 * sparse rows: row v has the voxels around voxel v, and voxels whose row is empty are no centres.
 */
export type VoxelPatches =
  | readonly ArrayLike<number>[]
  | { readonly indptr: ArrayLike<number>; readonly indices: ArrayLike<number> };

/** Centres as positions among the voxels used, and what lies around each. */
export interface GivenPatches {
  readonly positions: Int32Array;
  readonly patches: Spheres;
}

/**
 * Patches as given, restricted to the voxels used; a patch is its centre and the others, ascending.
 *
 * @param isCentre - whether a voxel used may be the centre of a row of a matrix.
 * @throws InvalidArgument for a voxel that is not in the image, a centre given twice or not used, or no patch;
 *   ShapeMismatch for a matrix of another size.
 */
export function givenPatches(
  given: VoxelPatches,
  { shape }: Grid,
  voxels: Int32Array,
  isCentre: (position: number) => boolean,
): GivenPatches {
  const nVoxels = sizeOf(shape);
  const at = new Map(Array.from(voxels, (voxel, position) => [voxel, position]));
  const around = new Map<number, Int32Array>();
  const take = (list: readonly number[], name: string): void => {
    for (const voxel of list)
      if (!Number.isInteger(voxel) || voxel < 0 || voxel >= nVoxels)
        throw new InvalidArgument(name, voxel, `give voxels of the image, 0 to ${nVoxels - 1}`);
    const centre = at.get(list[0]);
    if (centre === undefined)
      throw new InvalidArgument(name, list[0], "begin with a centre inside the brain mask");
    if (around.has(centre))
      throw new InvalidArgument(name, list[0], "it is the centre of two patches; give each once");
    const inside = list.flatMap((voxel) => at.get(voxel) ?? []);
    around.set(centre, Int32Array.from(new Set(inside)).sort());
  };
  if ("indptr" in given)
    rowsOf(given, nVoxels, (row, name) => {
      const centre = at.get(row[0]);
      if (centre !== undefined && isCentre(centre)) take(row, name);
    });
  else given.forEach((list, patch) => take(Array.from(list), `patches[${patch}]`));
  if (around.size === 0)
    throw new InvalidArgument("patches", "none", "give at least one, inside the masks");
  const of = (centre: number): Int32Array => around.get(centre) ?? Int32Array.of(centre);
  return {
    positions: Int32Array.from(around.keys()),
    patches: { around: (centre) => of(centre).slice(), sizeAt: (centre) => of(centre).length },
  };
}

/** The rows of a neighbour matrix that are not empty, each after its own voxel. */
function rowsOf(
  { indptr, indices }: { readonly indptr: ArrayLike<number>; readonly indices: ArrayLike<number> },
  nVoxels: number,
  use: (row: readonly number[], name: string) => void,
): void {
  if (indptr.length !== nVoxels + 1 || indptr[nVoxels] !== indices.length)
    throw new ShapeMismatch(
      `${nVoxels + 1} row starts and as many indices as the last says, for ${nVoxels} voxels`,
      `${indptr.length} and ${indices.length}`,
      "give a matrix of all voxels of the image by all",
    );
  for (let voxel = 0; voxel < nVoxels; voxel++) {
    const row = Array.from(
      { length: indptr[voxel + 1] - indptr[voxel] },
      (_, k) => indices[indptr[voxel] + k],
    );
    if (row.length > 0) use([voxel, ...row], `patches, row ${voxel}`);
  }
}

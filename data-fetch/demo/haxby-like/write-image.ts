import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { writeNifti, type NiftiWriteOptions } from "../../../src/io/nifti/index.ts";
import { nVoxels, type Grid } from "./grids.ts";

/** Write an image on a grid: one volume, or several `repetitionTimeS` apart, as there are values. */
export async function writeImage(
  path: string,
  grid: Grid,
  data: Float64Array,
  { repetitionTimeS, ...options }: NiftiWriteOptions & { readonly repetitionTimeS?: number },
): Promise<void> {
  const { shape, affine } = grid;
  const nVolumes = data.length / nVoxels(grid);
  const sizes = [0, 1, 2].map((axis) => Math.abs(affine[axis][axis]));
  await mkdir(dirname(path), { recursive: true });
  await writeNifti(
    path,
    {
      data,
      affine,
      shape: nVolumes === 1 ? shape : [...shape, nVolumes],
      zooms: repetitionTimeS === undefined ? sizes : [...sizes, repetitionTimeS],
      description: "demo data made by tsrsa: no measurement",
    },
    options,
  );
}

import type { NiftiHeader, NiftiImage, NiftiUnits } from "../io/nifti/index.ts";
import { gridOf, type Gridded, type Volume } from "./grid.ts";

/** One value a voxel on the grid of the image analysed; `writeNifti` writes it. */
export interface ScoreMap extends Volume {
  /** What the values are, for example a model. */
  readonly name: string;
  readonly data: Float32Array;
  readonly shape: readonly [nx: number, ny: number, nz: number];
  readonly units: NiftiUnits;
  readonly description: string;
}

/** Where the voxels of an image lie, as its file had it. */
export type Placement = Gridded & Partial<Omit<NiftiImage, "data">>;

/** A map of values, 0 elsewhere: one value for each voxel, or one for all. */
export function scoreMap(
  header: Placement,
  voxels: Int32Array,
  values: ArrayLike<number>,
  name: string,
  description: string,
): ScoreMap {
  const { shape } = gridOf(header);
  const data = new Float32Array(shape[0] * shape[1] * shape[2]);
  const one = values.length === 1;
  voxels.forEach((voxel, at) => (data[voxel] = values[one ? 0 : at]));
  return { name, data, shape, ...placement(header), description };
}

/** The affine as the image had it, where that was in mm. */
export function placement(
  header: Placement,
): Pick<ScoreMap, "affine" | "units"> & Partial<Pick<NiftiHeader, "zooms" | "sform" | "qform">> {
  const { affine, zooms, sform, qform, units } = header;
  const inMm = { space: "mm", time: "unknown" } as const;
  if (units?.space === "m" || units?.space === "um")
    return { affine: gridOf(header).affine, units: inMm };
  return {
    affine,
    units: inMm,
    ...(zooms !== undefined && { zooms: zooms.slice(0, 3) }),
    ...(sform !== undefined && { sform }),
    ...(qform !== undefined && { qform }),
  };
}

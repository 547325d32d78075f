import { FileFormatError } from "../../core/errors.ts";
import type { HeaderFields } from "./header-fields.ts";
import type { NiftiAffine, NiftiTransform } from "./types.ts";

/** Where the voxels of an image are. */
export interface Placement {
  readonly affine: NiftiAffine;
  readonly affineFrom: "sform" | "qform" | "grid";
  readonly sform: NiftiTransform | undefined;
  readonly qform: NiftiTransform | undefined;
}

/** Codes that the format knows; 0 is none. */
const mostCode = 5;

/**
 * The affine as nibabel's `get_best_affine` computes it: sform, else qform, else the grid. Unlike it, a code that the
 * format does not know is refused where it decides (nibabel drops the transform with a line in a log).
 */
export function placementOf(
  file: string,
  fields: HeaderFields,
  shape: readonly number[],
): Placement {
  const { sformCode, qformCode } = fields;
  if (sformCode !== 0) checkCode(file, "sform_code", sformCode);
  else if (qformCode !== 0) checkCode(file, "qform_code", qformCode);
  const sform =
    sformCode === 0 ? undefined : { code: sformCode, affine: sformAffine(file, fields) };
  const qform = qformOf(file, fields, sform !== undefined);
  if (sform !== undefined) return { affine: sform.affine, affineFrom: "sform", sform, qform };
  if (qform !== undefined) return { affine: qform.affine, affineFrom: "qform", sform, qform };
  return {
    affine: gridAffine(spatialZooms(file, fields), shape),
    affineFrom: "grid",
    sform,
    qform,
  };
}

function checkCode(file: string, field: string, code: number): void {
  if (code > 0 && code <= mostCode) return;
  throw new FileFormatError(file, field, `0 to ${mostCode}`, `${code}`);
}

function sformAffine(file: string, { srow }: HeaderFields): NiftiAffine {
  if (!srow.every(Number.isFinite))
    throw new FileFormatError(file, "srow_x, srow_y, srow_z", "finite numbers", srow.join(", "));
  return [srow.slice(0, 4), srow.slice(4, 8), srow.slice(8, 12), [0, 0, 0, 1]];
}

// Beside an sform nothing depends on the qform, so there a damaged one counts as none.
function qformOf(file: string, fields: HeaderFields, spare: boolean): NiftiTransform | undefined {
  const { qformCode } = fields;
  if (qformCode <= 0 || qformCode > mostCode) return undefined;
  try {
    return { code: qformCode, affine: qformAffine(file, fields) };
  } catch (error) {
    if (spare && error instanceof FileFormatError) return undefined;
    throw error;
  }
}

/** Rotation of the quaternion × voxel sizes, the third with the sign of qfac. */
function qformAffine(file: string, fields: HeaderFields): NiftiAffine {
  const { quatern, qoffset, pixdim } = fields;
  if (![...quatern, ...qoffset].every(Number.isFinite)) {
    const found = [...quatern, ...qoffset].join(", ");
    throw new FileFormatError(file, "quatern_b to qoffset_z", "finite numbers", found);
  }
  const zooms = spatialZooms(file, fields);
  // Anything but −1 means 1, as in nibabel.
  const scale = [zooms[0], zooms[1], pixdim[0] === -1 ? -zooms[2] : zooms[2]];
  const rotation = rotationOf(file, quatern);
  const rows = rotation.map((row, i) => [...row.map((value, j) => value * scale[j]), qoffset[i]]);
  return [...rows, [0, 0, 0, 1]];
}

/** Rounding of three float32 numbers may bring b² + c² + d² this far above 1. */
const quaternionRounding = 3 * 2 ** -23;

function rotationOf(file: string, [b, c, d]: readonly number[]): number[][] {
  const rest = 1 - (b * b + c * c + d * d);
  if (rest < -quaternionRounding)
    throw new FileFormatError(
      file,
      "quatern_b, quatern_c, quatern_d",
      "b² + c² + d² of at most 1",
      `${b * b + c * c + d * d}`,
    );
  const a = Math.abs(rest) < quaternionRounding ? 0 : Math.sqrt(rest);
  const s = 2 / (a * a + b * b + c * c + d * d);
  return [
    [1 - s * (c * c + d * d), s * (b * c - a * d), s * (b * d + a * c)],
    [s * (b * c + a * d), 1 - s * (b * b + d * d), s * (c * d - a * b)],
    [s * (b * d - a * c), s * (c * d + a * b), 1 - s * (b * b + c * c)],
  ];
}

/** Voxel sizes along x, y and z: without sign, and 1 where the header has 0, as in nibabel. */
export function spatialZooms(file: string, { pixdim }: HeaderFields): readonly number[] {
  return [1, 2, 3].map((axis) => {
    if (Number.isFinite(pixdim[axis])) return Math.abs(pixdim[axis]) || 1;
    throw new FileFormatError(file, `pixdim[${axis}]`, "a voxel size", `${pixdim[axis]}`);
  });
}

/** Axes along the grid, x flipped, the middle of the image at 0. */
export function gridAffine(zooms: readonly number[], shape: readonly number[]): NiftiAffine {
  const middle = (axis: number) => ((shape[axis] ?? 1) - 1) / 2;
  const size = (axis: number) => (axis < shape.length ? zooms[axis] : 1);
  return [
    [-size(0), 0, 0, middle(0) * size(0)],
    [0, size(1), 0, -middle(1) * size(1)],
    [0, 0, size(2), -middle(2) * size(2)],
    [0, 0, 0, 1],
  ];
}

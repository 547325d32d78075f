import { FileFormatError } from "../../core/errors.ts";
import { placementOf, spatialZooms } from "./affine.ts";
import type { Placement } from "./affine.ts";
import { datatypeNames, typeOfCode } from "./datatypes.ts";
import type { StoredType } from "./datatypes.ts";
import { headerBytes, readFields } from "./header-fields.ts";
import type { HeaderFields } from "./header-fields.ts";
import type { NiftiScaling, NiftiUnits } from "./types.ts";

/** A header whose every field that matters has been proved possible. */
export interface CheckedHeader extends Placement {
  readonly fields: HeaderFields;
  /** True when voxels follow in the same file, false for a .hdr and .img pair. */
  readonly single: boolean;
  readonly shape: readonly number[];
  readonly zooms: readonly number[];
  readonly type: StoredType;
  readonly scaling: NiftiScaling | undefined;
  readonly units: NiftiUnits;
  readonly voxOffset: number;
  /** Bytes of all voxels. */
  readonly dataBytes: number;
}

/** Version and byte order, from the first four bytes. Throws `FileFormatError`. */
export function kindOf(file: string, start: Uint8Array): [version: 1 | 2, littleEndian: boolean] {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  for (const littleEndian of [true, false])
    for (const version of [1, 2] as const)
      if (view.getInt32(0, littleEndian) === headerBytes[version]) return [version, littleEndian];
  throw new FileFormatError(
    file,
    "sizeof_hdr",
    "348 or 540 in either byte order",
    `${view.getInt32(0, true)}`,
    { advice: "it is not a NIfTI file, or a damaged one" },
  );
}

/** Check a whole header (348 or 540 bytes). Throws `FileFormatError` for the first field that cannot be. */
export function checkHeader(file: string, bytes: Uint8Array): CheckedHeader {
  const fields = readFields(bytes, ...kindOf(file, bytes));
  const single = checkMagic(file, fields);
  const shape = checkShape(file, fields);
  const type = checkType(file, fields);
  const dataBytes = checkProduct(file, shape, type.bytes);
  const zooms = [...spatialZooms(file, fields), ...fields.pixdim.slice(4)].slice(0, shape.length);
  return {
    ...placementOf(file, fields, shape),
    fields,
    single,
    shape,
    zooms,
    type,
    scaling: scalingOf(file, fields),
    units: unitsOf(fields.units),
    voxOffset: checkOffset(file, fields, single),
    dataBytes,
  };
}

const magics: Readonly<Record<string, boolean>> = {
  "n+1\0": true,
  "ni1\0": false,
  "n+2\0\r\n\x1a\n": true,
  "ni2\0\r\n\x1a\n": false,
  // Some programs leave the line ends out, and nibabel lets them.
  "n+2\0\0\0\0\0": true,
  "ni2\0\0\0\0\0": false,
};

function checkMagic(file: string, { magic, version }: HeaderFields): boolean {
  if (magic in magics && magic[2] === String(version)) return magics[magic];
  const analyze = version === 1 && magic === "\0\0\0\0";
  throw new FileFormatError(
    file,
    "magic",
    `"n+${version}" or "ni${version}"`,
    JSON.stringify(magic),
    analyze
      ? { advice: "it is ANALYZE 7.5, which does not say left from right; convert it to NIfTI" }
      : undefined,
  );
}

/** Vertices of a hemisphere of fsaverage, which FreeSurfer writes as three axes that have room for them. */
const ico7 = { axes: [27307, 1, 6], vertices: 163_842 } as const;

/** The axes of a surface as FreeSurfer writes it to NIfTI-1: nibabel reads them so, too. */
function surfaceShape(shape: readonly number[], glmin: number): readonly number[] {
  const begins = (axes: readonly number[]) => axes.every((length, at) => shape[at] === length);
  if (begins([-1, 1, 1]) && glmin > 0) return [glmin, 1, 1, ...shape.slice(3)];
  return begins(ico7.axes) ? [ico7.vertices, 1, 1, ...shape.slice(3)] : shape;
}

function checkShape(file: string, { dim, glmin, version }: HeaderFields): readonly number[] {
  const [nAxes] = dim;
  if (!(nAxes >= 1 && nAxes <= 7))
    throw new FileFormatError(file, "dim[0]", "1 to 7 axes", `${nAxes}`);
  // What stands behind the last axis may be anything.
  const axes = dim.slice(1, nAxes + 1);
  const shape = version === 1 ? surfaceShape(axes, glmin) : axes;
  const wrong = shape.findIndex((length) => !(length >= 1 && Number.isSafeInteger(length)));
  if (wrong < 0) return shape;
  throw new FileFormatError(file, `dim[${wrong + 1}]`, "a length of at least 1", `${shape[wrong]}`);
}

function checkType(file: string, { datatype, bitpix }: HeaderFields): StoredType {
  const type = typeOfCode(datatype);
  if ("found" in type)
    throw new FileFormatError(file, "datatype", `one of ${datatypeNames.join(", ")}`, type.found, {
      advice: type.advice,
    });
  if (bitpix === type.bytes * 8) return type;
  throw new FileFormatError(
    file,
    "bitpix",
    `${type.bytes * 8} bits, as ${type.name} has`,
    `${bitpix}`,
  );
}

function checkProduct(file: string, shape: readonly number[], bytesPerVoxel: number): number {
  let product = bytesPerVoxel;
  for (const length of shape) {
    product *= length;
    if (!Number.isSafeInteger(product))
      throw new FileFormatError(
        file,
        "dim",
        "fewer than 2⁵³ bytes of voxels",
        `(${shape.join(", ")}) of ${bytesPerVoxel} bytes`,
      );
  }
  return product;
}

function checkOffset(file: string, { voxOffset, version }: HeaderFields, single: boolean): number {
  const least = single ? headerBytes[version] + 4 : 0;
  if (Number.isSafeInteger(voxOffset) && voxOffset >= least) return voxOffset;
  const expected = `a whole number from ${least}${single ? ", where the header ends" : ""}`;
  throw new FileFormatError(file, "vox_offset", expected, `${voxOffset}`);
}

// As nibabel: a slope of 0, NaN or infinity means none, and then the intercept counts for nothing.
function scalingOf(file: string, { slope, intercept }: HeaderFields): NiftiScaling | undefined {
  if (slope === 0 || !Number.isFinite(slope)) return undefined;
  if (!Number.isFinite(intercept))
    throw new FileFormatError(
      file,
      "scl_inter",
      `a finite number beside a slope of ${slope}`,
      `${intercept}`,
    );
  return slope === 1 && intercept === 0 ? undefined : { slope, intercept };
}

/** Units by their code in the header; `unitCode` in encode-header.ts is the way back. */
export const spaceUnits = ["unknown", "m", "mm", "um"] as const;
export const timeUnits = ["unknown", "s", "ms", "us", "Hz", "ppm", "rad/s"] as const;

function unitsOf(code: number): NiftiUnits {
  return {
    space: spaceUnits[code & 7] ?? "unknown",
    time: timeUnits[(code >> 3) & 7] ?? "unknown",
  };
}

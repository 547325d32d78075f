import { niftiReader } from "#platform/nifti-reader";
import type { NIFTI1, NIFTI2, NIFTIEXTENSION } from "nifti-reader-js";
import { spaceUnits, timeUnits } from "./check-header.ts";
import type { StoredType } from "./datatypes.ts";
import { headerBytes, textBytes } from "./header-fields.ts";
import type { WrittenPlacement } from "./write-placement.ts";
import type { NiftiDetails, NiftiExtension, NiftiScaling, NiftiUnits } from "./types.ts";

/** Everything that a header to be written tells. */
export interface HeaderToWrite {
  readonly version: 1 | 2;
  readonly shape: readonly number[];
  readonly type: StoredType;
  readonly scaling: NiftiScaling | undefined;
  readonly placement: WrittenPlacement;
  readonly units: NiftiUnits;
  readonly description: string;
  readonly details: NiftiDetails | undefined;
  readonly extensions: readonly NiftiExtension[];
}

/** The bytes before the voxels: header and extensions, put together by nifti-reader-js, little-endian. */
export function encodeHeader(header: HeaderToWrite): Uint8Array {
  const { version, shape, type, scaling, placement, extensions } = header;
  const reader = niftiReader();
  const out = version === 1 ? new reader.NIFTI1() : new reader.NIFTI2();
  out.littleEndian = true;
  out.magic = version === 1 ? "n+1\0" : "n+2\0\r\n\x1a\n";
  out.dims = [shape.length, ...shape, ...Array<number>(7 - shape.length).fill(1)];
  out.datatypeCode = type.code;
  out.numBitsPerVoxel = type.bytes * 8;
  out.scl_slope = scaling?.slope ?? 1;
  out.scl_inter = scaling?.intercept ?? 0;
  out.xyzt_units = unitCode(header.units);
  out.description = fitText(header.description, textBytes.description);
  out.pixDims = [...placement.pixdim];
  out.sform_code = placement.sformCode;
  out.qform_code = placement.qformCode;
  out.affine = placement.srow.map((row) => [...row]);
  [out.quatern_b, out.quatern_c, out.quatern_d] = placement.quatern;
  [out.qoffset_x, out.qoffset_y, out.qoffset_z] = placement.qoffset;
  setDetails(out, header.details);
  out.extensions = extensions.map(paddedExtension);
  const extensionBytes = out.extensions.reduce((sum, { esize }) => sum + esize, 0);
  out.vox_offset = headerBytes[version] + 4 + extensionBytes;
  return new Uint8Array(out.toArrayBuffer(extensions.length > 0));
}

function setDetails(out: NIFTI1 | NIFTI2, details: NiftiDetails | undefined): void {
  if (details === undefined) return;
  out.intent_code = details.intentCode;
  out.intent_name = fitText(details.intentName, textBytes.intentName);
  [out.intent_p1, out.intent_p2, out.intent_p3] = details.intentParameters;
  out.dim_info = details.dimInfo;
  out.slice_start = details.sliceStart;
  out.slice_end = details.sliceEnd;
  out.slice_code = details.sliceCode;
  out.slice_duration = details.sliceDuration;
  out.toffset = details.timeOffset;
  out.cal_min = details.displayMin;
  out.cal_max = details.displayMax;
  out.aux_file = fitText(details.auxiliaryFile, textBytes.auxiliaryFile);
}

// The size of an extension, with its 8 bytes of size and code, is a multiple of 16.
function paddedExtension({ code, bytes }: NiftiExtension): NIFTIEXTENSION {
  const size = Math.ceil((bytes.length + 8) / 16) * 16;
  const padded = new Uint8Array(size - 8);
  padded.set(bytes);
  return new (niftiReader().NIFTIEXTENSION)(size, code, padded.buffer, true);
}

function unitCode({ space, time }: NiftiUnits): number {
  return spaceUnits.indexOf(space) + 8 * timeUnits.indexOf(time);
}

// A longer text would run over into the next field.
function fitText(text: string, bytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes - 1));
  return text.slice(0, read);
}

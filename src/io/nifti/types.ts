import type { NumericArray } from "../../core/matrix.ts";

/** The numeric types of voxels that are read and written. */
export type NiftiDatatype =
  | "int8"
  | "uint8"
  | "int16"
  | "uint16"
  | "int32"
  | "uint32"
  | "int64"
  | "uint64"
  | "float32"
  | "float64";

/** A 4 × 4 matrix, row by row. Voxel (i, j, k), counted from 0, has its centre at `affine · [i, j, k, 1]`. */
export type NiftiAffine = readonly (readonly number[])[];

/** One of the two transforms a header may hold, with its code (1 scanner, 2 aligned, 3 Talairach, 4 MNI, 5 template). */
export interface NiftiTransform {
  readonly code: number;
  readonly affine: NiftiAffine;
}

/** A block that a program put between header and voxels. */
export interface NiftiExtension {
  /** What it is, in the registry of NIfTI: 4 is AFNI, 6 a comment, 32 CIFTI. */
  readonly code: number;
  readonly bytes: Uint8Array;
}

/** Fields that describe and that no number of ours depends on. They are kept when an image is written again. */
export interface NiftiDetails {
  readonly intentCode: number;
  readonly intentName: string;
  readonly intentParameters: readonly [number, number, number];
  readonly dimInfo: number;
  readonly sliceStart: number;
  readonly sliceEnd: number;
  readonly sliceCode: number;
  readonly sliceDuration: number;
  readonly timeOffset: number;
  readonly displayMin: number;
  readonly displayMax: number;
  readonly auxiliaryFile: string;
}

/** Everything of a NIfTI file but its voxels. */
export interface NiftiHeader {
  /** Of the format: 1 or 2. */
  readonly version: 1 | 2;
  readonly byteOrder: "little" | "big";
  /** Lengths of the axes, x first: 1 to 7 of them. */
  readonly shape: readonly number[];
  /** Voxel sizes along x, y and z in `units.space`, then the repetition time in `units.time`; as long as `shape`. */
  readonly zooms: readonly number[];
  /**
   * From voxel indices (i, j, k) to coordinates in `units.space` (nearly always mm): x to the right, y to the front,
   * z up. As nibabel computes it: the sform if the file has one, else the qform, else the grid centred with x flipped.
   */
  readonly affine: NiftiAffine;
  /** Where `affine` came from. */
  readonly affineFrom: "sform" | "qform" | "grid";
  readonly sform: NiftiTransform | undefined;
  readonly qform: NiftiTransform | undefined;
  /** How voxels are stored in the file. */
  readonly datatype: NiftiDatatype;
  /** Value = stored × slope + intercept; `undefined` when the stored numbers are the values. */
  readonly scaling: NiftiScaling | undefined;
  readonly units: NiftiUnits;
  readonly description: string;
  readonly details: NiftiDetails;
  readonly extensions: readonly NiftiExtension[];
}

/** From stored numbers to values. */
export interface NiftiScaling {
  readonly slope: number;
  readonly intercept: number;
}

/** Units of `zooms` and `affine`. */
export interface NiftiUnits {
  readonly space: "unknown" | "m" | "mm" | "um";
  readonly time: "unknown" | "s" | "ms" | "us" | "Hz" | "ppm" | "rad/s";
}

/**
 * A NIfTI image: header and all values, scaled, in **C order**: the *last* axis varies fastest, as in numpy, and not x
 * as in the file. Value (x, y, z, t) of shape (nx, ny, nz, nt) is `data[((x * ny + y) * nz + z) * nt + t]`, so the time
 * course of one voxel lies together.
 */
export interface NiftiImage extends NiftiHeader {
  readonly data: Float64Array;
}

/** Stored numbers, not scaled, in C order; 64-bit integers as bigints. */
export interface NiftiStored {
  readonly data: NumericArray | BigInt64Array | BigUint64Array;
  readonly shape: readonly number[];
}

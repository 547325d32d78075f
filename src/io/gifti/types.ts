import type { Matrix } from "../../core/matrix.ts";

/** Where the numbers of an array are, and how to bring them elsewhere. */
export interface GiftiTransform {
  /** For example `NIFTI_XFORM_UNKNOWN`, `NIFTI_XFORM_SCANNER_ANAT`, `NIFTI_XFORM_TALAIRACH`. */
  readonly from: string;
  readonly to: string;
  /** 4 × 4, of column vectors. It is not applied to the values. */
  readonly affine: Matrix<Float64Array>;
}

/** One array of a GIFTI file. */
export interface GiftiArray {
  /** What it is, without `NIFTI_INTENT_`: `POINTSET`, `TRIANGLE`, `LABEL`, `TIME_SERIES`, `SHAPE`, `NODE_INDEX`, … */
  readonly intent: string;
  /** The numbers in C order, of the type of the file. */
  readonly values: Matrix;
  readonly meta: ReadonlyMap<string, string>;
  readonly transforms: readonly GiftiTransform[];
}

/** An entry of a label table. */
export interface GiftiLabel {
  /** The number that stands in the array. */
  readonly key: number;
  readonly name: string;
  /** Red, green, blue and alpha from 0 to 1; undefined where the file has none. */
  readonly rgba: readonly [number, number, number, number] | undefined;
}

/** What a GIFTI file holds. */
export interface GiftiFile {
  readonly meta: ReadonlyMap<string, string>;
  readonly arrays: readonly GiftiArray[];
  readonly labels: readonly GiftiLabel[];
}

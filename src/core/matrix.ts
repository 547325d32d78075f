import { ShapeMismatch } from "./errors.ts";

/** The numeric arrays a {@link Matrix} may hold. */
export type NumericArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray;

/** Numbers in C order (last axis fastest) with their shape. Nothing more; no hidden views. */
export interface Matrix<T extends NumericArray = NumericArray> {
  readonly data: T;
  readonly shape: readonly number[];
}

/** What a function that takes features accepts: a matrix, or rows of numbers. */
export type MatrixLike = Matrix | readonly ArrayLike<number>[];

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** A matrix from data and shape. Throws `ShapeMismatch` when they disagree. */
export function matrix<T extends NumericArray>(data: T, shape: readonly number[]): Matrix<T> {
  if (data.length !== sizeOf(shape)) {
    throw new ShapeMismatch(
      `${sizeOf(shape)} numbers for shape (${shape.join(", ")})`,
      `${data.length}`,
    );
  }
  return { data, shape: [...shape] };
}

/** Items × features in float64: axis 0 kept, all others flattened in C order. Rows must be of equal length. */
export function toRows(features: MatrixLike): Matrix<Float64Array> {
  if (isMatrix(features)) {
    const n = features.shape[0] ?? 0;
    return { data: toFloat64(features.data), shape: [n, n === 0 ? 0 : features.data.length / n] };
  }
  const width = features[0]?.length ?? 0;
  const data = new Float64Array(features.length * width);
  features.forEach((row, i) => {
    if (row.length !== width)
      throw new ShapeMismatch(`${width} numbers in row ${i}, as in row 0`, `${row.length}`);
    for (let j = 0; j < width; j++) data[i * width + j] = row[j];
  });
  return { data, shape: [features.length, width] };
}

export function isMatrix(value: MatrixLike): value is Matrix {
  return !Array.isArray(value);
}

/** The same numbers as float64; the input itself when it already is. */
export function toFloat64(data: NumericArray): Float64Array {
  return data instanceof Float64Array ? data : Float64Array.from(data);
}

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

import { ShapeMismatch } from "./errors.ts";
import { checkedMatrix } from "./gate/checked-matrix.ts";
import { joinRows } from "./gate/rows.ts";
import type { Matrix, MatrixLike, NumericArray } from "./numeric-array.ts";

export type { Matrix, MatrixLike, NumericArray };

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

/**
 * Items × features in float64: axis 0 kept, all others flattened in C order. The gate of every function that takes
 * features: rows must be of equal length, shape and data must agree, and every value must be a number; a missing value
 * (`null`) is NaN. Throws `InvalidArgument` or `ShapeMismatch`, naming the place.
 */
export function toRows(features: MatrixLike, argument = "features"): Matrix<Float64Array> {
  if (Array.isArray(features)) {
    const data = joinRows(features, argument);
    return {
      data,
      shape: [features.length, features.length === 0 ? 0 : data.length / features.length],
    };
  }
  const { data, shape } = checkedMatrix(features, argument);
  return { data: toFloat64(data), shape: [shape[0], sizeOf(shape.slice(1))] };
}

/** Whether a user gave `{ data, shape }`, which is checked here, or rows. */
export function isMatrix(value: MatrixLike): value is Matrix {
  if (Array.isArray(value)) return false;
  checkedMatrix(value);
  return true;
}

/** The same numbers as float64; the input itself when it already is. */
export function toFloat64(data: NumericArray): Float64Array {
  return data instanceof Float64Array ? data : Float64Array.from(data);
}

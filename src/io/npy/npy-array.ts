import { InvalidArgument } from "../../core/errors.ts";
import { thing } from "../../core/gate/kinds.ts";
import { matrix, type Matrix, type NumericArray } from "../../core/matrix.ts";

/** What every kind of array has. */
interface ArrayInfo {
  /** The type as numpy writes it, for example `<f8`, `>i2`, `<U12`. */
  readonly dtype: string;
  /** Lengths of the axes; `[]` for a single value. The data is always in C order (last axis fastest). */
  readonly shape: readonly number[];
}

/** Numbers that JavaScript holds exactly; half precision comes as float32. It is a {@link Matrix}. */
export interface NumberNpyArray extends ArrayInfo, Matrix {
  readonly kind: "number";
  readonly data: NumericArray;
}

/** 64-bit integers, exact beyond 2⁵³. */
export interface BigIntNpyArray extends ArrayInfo {
  readonly kind: "bigint";
  readonly data: BigInt64Array | BigUint64Array;
}

/** Truth values, 0 or 1. */
export interface BoolNpyArray extends ArrayInfo {
  readonly kind: "bool";
  readonly data: Uint8Array;
}

/** Text (`U`) or UTF-8 byte strings (`S`), without numpy's padding. */
export interface StringNpyArray extends ArrayInfo {
  readonly kind: "string";
  readonly data: readonly string[];
}

/** Complex numbers: real and imaginary parts apart, each in C order. */
export interface ComplexNpyArray extends ArrayInfo {
  readonly kind: "complex";
  readonly real: Float64Array | Float32Array;
  readonly imag: Float64Array | Float32Array;
}

/** An array of an `.npy` file; `kind` tells what its data is. */
export type NpyArray =
  NumberNpyArray | BigIntNpyArray | BoolNpyArray | StringNpyArray | ComplexNpyArray;

const isArray = thing("an array that readNpy or readNpz gave", "kind", "shape");

/**
 * The numbers of an array as a matrix of the same shape. Truth values become 0 and 1, 64-bit integers float64.
 * Throws `InvalidArgument` for text, complex numbers, and integers that float64 cannot hold exactly.
 *
 * @example
 * import { asMatrix, npyBytes, parseNpy } from "tsrsa/io";
 * const array = parseNpy(npyBytes([true, false]));
 * Array.from(asMatrix(array).data); // [1, 0]
 */
export function asMatrix(array: NpyArray): Matrix {
  isArray(array, "array");
  if (array.kind === "number" || array.kind === "bool") return matrix(array.data, array.shape);
  if (array.kind === "bigint") return matrix(exactFloats(array.data), array.shape);
  const advice =
    array.kind === "string"
      ? "numbers are wanted here; read it with asStrings"
      : "take its real or imag part, or their magnitude, first";
  throw new InvalidArgument("array", `${array.kind} array of type ${array.dtype}`, advice);
}

/**
 * The text of a 1-d (or 0-d) array, for example a list of item labels. Throws `InvalidArgument` for anything else.
 *
 * @example
 * import { asStrings, npyBytes, parseNpy } from "tsrsa/io";
 * asStrings(parseNpy(npyBytes(["f001", "f002"]))); // ["f001", "f002"]
 */
export function asStrings(array: NpyArray): string[] {
  isArray(array, "array");
  if (array.kind !== "string") {
    const found = `${array.kind} array of type ${array.dtype}`;
    throw new InvalidArgument("array", found, "text is wanted here; read numbers with asMatrix");
  }
  if (array.shape.length > 1) {
    const found = `text of shape (${array.shape.join(", ")})`;
    throw new InvalidArgument("array", found, "one axis is wanted here; take one column of it");
  }
  return [...array.data];
}

function exactFloats(data: BigInt64Array | BigUint64Array): Float64Array {
  const floats = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    floats[i] = Number(data[i]);
    if (BigInt(floats[i]) !== data[i]) {
      const advice = "float64 cannot hold it exactly; use the array's own bigint data";
      throw new InvalidArgument(`64-bit integer at position ${i}`, data[i], advice);
    }
  }
  return floats;
}

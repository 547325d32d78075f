import { InvalidArgument } from "../../core/errors.ts";
import { list, thing } from "../../core/gate/kinds.ts";
import { sizeOf, type Matrix, type NumericArray } from "../../core/matrix.ts";
import { writePath } from "#platform/files";
import { encodeHeader } from "./encode-header.ts";
import { encodeStrings } from "./encode-strings.ts";
import type { NpyArray } from "./npy-array.ts";

/** What can be written: an array that was read, a matrix, or a plain list (one axis). Lists of numbers become float64. */
export type NpyInput =
  | NpyArray
  | Matrix
  | NumericArray
  | BigInt64Array
  | BigUint64Array
  | readonly string[]
  | readonly number[]
  | readonly boolean[];

/**
 * Write an `.npy` file that numpy reads, in C order and little-endian, as `numpy.save` does. Text becomes `<U`.
 *
 * Throws `InvalidArgument` when the shape does not fit the data.
 *
 * @example
 * import { npyBytes } from "tsrsa/io";
 * // await writeNpy("items.npy", ["f001", "f002"]) writes these bytes:
 * npyBytes(["f001", "f002"]).length; // 160
 */
export async function writeNpy(path: string | URL, array: NpyInput): Promise<void> {
  await writePath(path, [npyBytes(array)]);
}

/**
 * The bytes of an `.npy` file; see {@link writeNpy}.
 *
 * @example
 * import { npyBytes, parseNpy } from "tsrsa/io";
 * parseNpy(npyBytes({ data: new Int16Array([1, 2]), shape: [1, 2] })).dtype; // "<i2"
 */
export function npyBytes(array: NpyInput): Uint8Array {
  const { dtype, shape, data } = encode(array);
  const header = encodeHeader(dtype, shape);
  const bytes = new Uint8Array(header.length + data.length);
  bytes.set(header);
  bytes.set(data, header.length);
  return bytes;
}

interface Encoded {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

function encode(array: NpyInput): Encoded {
  if (Array.isArray(array)) return encodeList(array as readonly unknown[]);
  if (ArrayBuffer.isView(array)) return encodeTyped(array, [array.length]);
  isArray(array, "array");
  const held = array as NpyArray | Matrix;
  if (!("kind" in held)) {
    list(held.data, "data of the array");
    return encodeTyped(held.data, checked(held.shape, held.data.length));
  }
  if (held.kind === "complex") {
    const data = interleaved(held.real, held.imag);
    const dtype = data instanceof Float32Array ? "<c8" : "<c16";
    return { ...encodeTyped(data, checked(held.shape, data.length / 2)), dtype };
  }
  const shape = checked(held.shape, held.data.length);
  if (held.kind === "string") return { ...encodeStrings(held.data), shape };
  const encoded = encodeTyped(held.data, shape);
  return held.kind === "bool" ? { ...encoded, dtype: "|b1" } : encoded;
}

const isArray = thing("a list, a typed array, or { data, shape }", "shape");

function encodeList(given: readonly unknown[]): Encoded {
  list(given, "array");
  // A copy has undefined where the list has holes, which no type has.
  const values = Array.from(given);
  const shape = [values.length];
  const all = (type: string) => values.every((value) => typeof value === type);
  if (all("number")) return encodeTyped(Float64Array.from(values as number[]), shape);
  if (all("string")) return { ...encodeStrings(values as string[]), shape };
  if (all("boolean"))
    return {
      ...encodeTyped(
        Uint8Array.from(values, (value) => Number(value)),
        shape,
      ),
      dtype: "|b1",
    };
  const advice = "an array holds numbers only, text only or truth values only";
  throw new InvalidArgument("array", "a list of mixed values", advice);
}

const DTYPES: Readonly<Partial<Record<string, string>>> = {
  Float64Array: "<f8",
  Float32Array: "<f4",
  Int32Array: "<i4",
  Uint32Array: "<u4",
  Int16Array: "<i2",
  Uint16Array: "<u2",
  Int8Array: "|i1",
  Uint8Array: "|u1",
  Uint8ClampedArray: "|u1",
  BigInt64Array: "<i8",
  BigUint64Array: "<u8",
};

function encodeTyped(
  data: NumericArray | BigInt64Array | BigUint64Array,
  shape: readonly number[],
): Encoded {
  // The tag and not the constructor: a Node Buffer is a Uint8Array too.
  const dtype = DTYPES[data[Symbol.toStringTag]];
  if (dtype === undefined)
    throw new InvalidArgument("array", data, "give a typed array of numbers that numpy knows");
  return { dtype, shape, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

function interleaved(real: Float64Array | Float32Array, imag: Float64Array | Float32Array) {
  if (real.length !== imag.length) {
    const found = `${real.length} real and ${imag.length} imaginary parts`;
    throw new InvalidArgument("complex array", found, "give one imaginary part for each real one");
  }
  const single = real instanceof Float32Array && imag instanceof Float32Array;
  const pairs = new (single ? Float32Array : Float64Array)(real.length * 2);
  for (let i = 0; i < real.length; i++) [pairs[2 * i], pairs[2 * i + 1]] = [real[i], imag[i]];
  return pairs;
}

function checked(shape: readonly number[], length: number): readonly number[] {
  list(shape, "shape");
  if (shape.every((n) => Number.isSafeInteger(n) && n >= 0) && sizeOf(shape) === length)
    return shape;
  const found = `(${shape.join(", ")}) for ${length} elements`;
  throw new InvalidArgument("shape", found, "the product of the lengths must be the element count");
}

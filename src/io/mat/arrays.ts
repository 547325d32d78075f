import { sizeOf, type NumericArray } from "../../core/matrix.ts";
import { toCOrder } from "../npy/c-order.ts";
import type { NpyArray } from "../npy/npy-array.ts";
import { elementType, type Element, type ElementReader } from "./elements.ts";

const dtypes = {
  double: "<f8",
  single: "<f4",
  int8: "|i1",
  uint8: "|u1",
  int16: "<i2",
  uint16: "<u2",
  int32: "<i4",
  uint32: "<u4",
  int64: "<i8",
  uint64: "<u8",
} as const;

/** A class of numbers, as MATLAB names it. */
export type NumberClass = keyof typeof dtypes;

/** What is known of an array of numbers. */
export interface NumberHead {
  readonly name: string;
  readonly shape: readonly number[];
  readonly isComplex: boolean;
  readonly isLogical: boolean;
  readonly numberClass: NumberClass;
}

/** Numbers of a MATLAB 5 file, which may be stored in fewer bytes than their class has. */
export function numberArray(
  reader: ElementReader,
  parts: readonly Element[],
  head: NumberHead,
): NpyArray {
  const { shape, numberClass, isComplex } = head;
  const [real, imag] = parts.map((part) => valuesOf(reader, part, head));
  if (isBigInts(real)) {
    const data = toCOrder<bigint, BigInt64Array | BigUint64Array>(real, real.slice(), shape);
    return { kind: "bigint", dtype: dtypes[numberClass], shape, data };
  }
  const ordered = (values: Float64Array) => toCOrder(values, values.slice(), shape);
  if (isComplex && imag !== undefined && !isBigInts(imag)) {
    const data = { real: ordered(real), imag: ordered(imag) };
    return { kind: "complex", dtype: "<c16", shape, ...data };
  }
  return ofClass(ordered(real), head);
}

/** Values in C order as an array of their own class. */
export function ofClass(
  values: NumericArray,
  { shape, numberClass, isLogical }: Omit<NumberHead, "isComplex" | "name">,
): NpyArray {
  if (isLogical)
    return {
      kind: "bool",
      dtype: "|b1",
      shape,
      data: Uint8Array.from(values, (v) => Number(v !== 0)),
    };
  if (numberClass === "int64" || numberClass === "uint64") {
    const data =
      numberClass === "int64"
        ? BigInt64Array.from(values, (value) => BigInt(value))
        : BigUint64Array.from(values, (value) => BigInt(value));
    return { kind: "bigint", dtype: dtypes[numberClass], shape, data };
  }
  return {
    kind: "number",
    dtype: dtypes[numberClass],
    shape,
    data: typedArray(values, numberClass),
  };
}

/** Rows of characters, given down the columns. */
export function textArray(text: string, shape: readonly number[]): NpyArray {
  const dtype = "char";
  const rows = shape.length === 2 ? shape[0] : sizeOf(shape.slice(0, -1));
  const width = shape[shape.length - 1];
  if (rows <= 1) return { kind: "string", dtype, shape: [], data: [text] };
  const units = toCOrder(text.split(""), Array<string>(text.length), shape);
  const data = Array.from({ length: rows }, (_, row) =>
    units.slice(row * width, (row + 1) * width).join(""),
  );
  return { kind: "string", dtype, shape: shape.length === 2 ? [rows] : shape.slice(0, -1), data };
}

/** The same things, given down the columns, in C order. */
export function cOrdered<Value>(values: Value[], shape: readonly number[]): Value[] {
  return toCOrder(values, Array<Value>(values.length), shape);
}

function isBigInts(
  values: Float64Array | BigInt64Array | BigUint64Array,
): values is BigInt64Array | BigUint64Array {
  return !(values instanceof Float64Array);
}

function valuesOf(
  reader: ElementReader,
  element: Element,
  { name, shape, numberClass }: NumberHead,
): Float64Array | BigInt64Array | BigUint64Array {
  const { type } = element;
  const wide = type === elementType.int64 || type === elementType.uint64;
  const values = wide
    ? bigInts(reader, element, name)
    : reader.numbersOf(element, name || "values");
  if (values.length !== sizeOf(shape))
    throw reader.fault(
      name || "values",
      `${sizeOf(shape)} values for ${shape.join(" × ")}`,
      `${values.length}`,
    );
  const isLong = numberClass === "int64" || numberClass === "uint64";
  if (wide && !isLong)
    throw reader.fault(name || "values", `values of class ${numberClass}`, "64-bit integers");
  return values;
}

function bigInts(reader: ElementReader, { type, bytes }: Element, name: string) {
  if (bytes.length % 8 !== 0)
    throw reader.fault(name || "values", "integers of 8 bytes", `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length / 8;
  const { little } = reader;
  if (type === elementType.int64)
    return BigInt64Array.from({ length }, (_, at) => view.getBigInt64(8 * at, little));
  return BigUint64Array.from({ length }, (_, at) => view.getBigUint64(8 * at, little));
}

function typedArray(
  values: NumericArray,
  numberClass: Exclude<NumberClass, "int64" | "uint64">,
): NumericArray {
  switch (numberClass) {
    case "double":
      return values instanceof Float64Array ? values : Float64Array.from(values);
    case "single":
      return Float32Array.from(values);
    case "int8":
      return Int8Array.from(values);
    case "uint8":
      return Uint8Array.from(values);
    case "int16":
      return Int16Array.from(values);
    case "uint16":
      return Uint16Array.from(values);
    case "int32":
      return Int32Array.from(values);
    case "uint32":
      return Uint32Array.from(values);
  }
}

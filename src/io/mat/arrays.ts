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

/** The classes in the order of their numbers in MATLAB files. */
export const numberClasses = Object.keys(dtypes) as readonly NumberClass[];

/** True for the name of a class of numbers. */
export function isNumberClass(name: string): name is NumberClass {
  return Object.hasOwn(dtypes, name);
}

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
  // As they are stored, and as what they are handed out.
  const stored = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  reader.budget.take(
    stored + 8 * Math.min(sizeOf(shape) * parts.length, stored),
    head.name || "values",
  );
  const [real, imag] = parts.map((part) => valuesOf(reader, part, head));
  if (isComplex && imag !== undefined) {
    const [re, im] = [real, imag].map((part) => inRows(exactFloats(reader, part, head), shape));
    return { kind: "complex", dtype: "<c16", shape, real: re, imag: im };
  }
  if (isBigInts(real)) {
    const data = inRows<bigint, BigInt64Array | BigUint64Array>(real, shape);
    return { kind: "bigint", dtype: dtypes[numberClass], shape, data };
  }
  checkHeld(reader, real, head);
  return ofClass(inRows<number, NumericArray>(real, shape), head);
}

/** A part of complex numbers, which are floats here: integers that these cannot hold are refused. */
function exactFloats(
  reader: ElementReader,
  values: NumericArray | BigInt64Array | BigUint64Array,
  head: NumberHead,
): Float64Array {
  if (!isBigInts(values)) {
    checkHeld(reader, values, head);
    return Float64Array.from(values);
  }
  const floats = Float64Array.from(values, Number);
  const lost = floats.findIndex((value, at) => BigInt(value) !== values[at]);
  if (lost < 0) return floats;
  throw reader.fault(
    head.name || "values",
    "complex integers that float64 can hold",
    `${values[lost]}`,
  );
}

/** Integers may be stored as another type, but must be the same in their own. */
function checkHeld(
  reader: ElementReader,
  values: NumericArray,
  { name, numberClass, isLogical }: NumberHead,
): void {
  if (isLogical || numberClass === "double" || numberClass === "single") return;
  const wrong =
    numberClass === "int64" || numberClass === "uint64"
      ? values.find((value) => !isLong(value, numberClass))
      : firstChanged(values, typedArray(values, numberClass));
  if (wrong !== undefined)
    throw reader.fault(name || "values", `values of class ${numberClass}`, `${wrong}`);
}

function isLong(value: number, numberClass: "int64" | "uint64"): boolean {
  const [least, beyond] = numberClass === "int64" ? [-(2 ** 63), 2 ** 63] : [0, 2 ** 64];
  return Number.isInteger(value) && value >= least && value < beyond;
}

function firstChanged(before: NumericArray, after: NumericArray): number | undefined {
  if (before === after) return undefined;
  return before.find((value, at) => value !== after[at]);
}

/** Values given down the columns, in C order. */
export function inRows<
  Value,
  Values extends { [index: number]: Value; readonly length: number; slice(): Values },
>(values: Values, shape: readonly number[]): Values {
  // A vector is the same both ways.
  if (shape.filter((length) => length !== 1).length <= 1) return values;
  return toCOrder<Value, Values>(values, values.slice(), shape);
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

/** Rows of characters, given down the columns; one empty text when there are none. */
export function textArray(text: string, shape: readonly number[]): NpyArray {
  const dtype = "char";
  const rows = shape.length === 2 ? shape[0] : sizeOf(shape.slice(0, -1));
  const width = shape[shape.length - 1];
  // Rows of no characters take no bytes, so that a file may claim any number of them: they are one empty text.
  if (rows <= 1 || text === "") return { kind: "string", dtype, shape: [], data: [text] };
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
  values: NumericArray | BigInt64Array | BigUint64Array,
): values is BigInt64Array | BigUint64Array {
  return values instanceof BigInt64Array || values instanceof BigUint64Array;
}

function valuesOf(
  reader: ElementReader,
  element: Element,
  { name, shape, numberClass }: NumberHead,
): NumericArray | BigInt64Array | BigUint64Array {
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
  if (wide && elementType[numberClass as "int64" | "uint64"] !== type)
    throw reader.fault(
      name || "values",
      `values of class ${numberClass}`,
      type === elementType.int64 ? "int64" : "uint64",
    );
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
  const Numbers = arrays[numberClass];
  return values instanceof Numbers ? values : Numbers.from(values);
}

const arrays = {
  double: Float64Array,
  single: Float32Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
};

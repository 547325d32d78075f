import { swapBytes } from "../../core/bytes.ts";
import { FileFormatError } from "../../core/errors.ts";
import type { NumericArray } from "../../core/matrix.ts";
import { toCOrder } from "./c-order.ts";
import type { Dtype } from "./dtype.ts";
import { decodeHalf } from "./half.ts";
import type { NpyHeader } from "./header.ts";
import type { NpyArray } from "./npy-array.ts";
import { decodeStrings } from "./strings.ts";

type TypedArray = NumericArray | BigInt64Array | BigUint64Array;

/** The array whose `count` elements are `bytes`; these are the decoder's to keep and change. */
export function decodeArray(bytes: Uint8Array, header: NpyHeader, file: string): NpyArray {
  const { dtype, shape } = header;
  const common = { dtype: dtype.name, shape };
  if (dtype.letter === "S" || dtype.letter === "U") {
    const values = decodeStrings(bytes, dtype, header.count, file);
    return { kind: "string", ...common, data: ordered(values, header, () => new Array<string>()) };
  }
  if (dtype.bigEndian)
    swapBytes(bytes, dtype.letter === "c" ? dtype.itemBytes / 2 : dtype.itemBytes);
  if (dtype.letter === "c") return { kind: "complex", ...common, ...complexParts(bytes, header) };
  const data = inCOrder(viewAs(dtype, bytes), header);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return { kind: "bigint", ...common, data };
  if (dtype.letter !== "b") return { kind: "number", ...common, data };
  return { kind: "bool", ...common, data: checkBools(data as Uint8Array, file) };
}

function inCOrder<T extends TypedArray>(data: T, header: NpyHeader): T {
  const empty = () => new (data.constructor as new (length: number) => T)(data.length);
  return ordered<number | bigint, T>(data, header, empty);
}

function ordered<V, T extends { [index: number]: V; readonly length: number }>(
  data: T,
  { fortran, shape }: NpyHeader,
  empty: () => T,
): T {
  return fortran && shape.filter((length) => length !== 1).length > 1
    ? toCOrder<V, T>(data, empty(), shape)
    : data;
}

function viewAs(dtype: Dtype, bytes: Uint8Array): TypedArray {
  const { buffer } = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  const offset = bytes.byteOffset % 8 === 0 ? bytes.byteOffset : 0;
  const count = bytes.length / dtype.itemBytes;
  switch (dtype.letter === "b" ? "u1" : `${dtype.letter}${dtype.itemBytes}`) {
    case "f2":
      return decodeHalf(new Uint16Array(buffer, offset, count));
    case "f4":
      return new Float32Array(buffer, offset, count);
    case "i1":
      return new Int8Array(buffer, offset, count);
    case "i2":
      return new Int16Array(buffer, offset, count);
    case "i4":
      return new Int32Array(buffer, offset, count);
    case "i8":
      return new BigInt64Array(buffer, offset, count);
    case "u1":
      return new Uint8Array(buffer, offset, count);
    case "u2":
      return new Uint16Array(buffer, offset, count);
    case "u4":
      return new Uint32Array(buffer, offset, count);
    case "u8":
      return new BigUint64Array(buffer, offset, count);
    default:
      return new Float64Array(buffer, offset, count);
  }
}

function complexParts(bytes: Uint8Array, header: NpyHeader) {
  const itemBytes = header.dtype.itemBytes / 2;
  const pairs = viewAs({ ...header.dtype, letter: "f", itemBytes }, bytes);
  const part = (first: number) => {
    const values = new (itemBytes === 4 ? Float32Array : Float64Array)(header.count);
    for (let i = 0; i < header.count; i++) values[i] = Number(pairs[2 * i + first]);
    return inCOrder(values, header);
  };
  return { real: part(0), imag: part(1) };
}

function checkBools(data: Uint8Array, file: string): Uint8Array {
  const bad = data.findIndex((value) => value > 1);
  if (bad < 0) return data;
  throw new FileFormatError(file, `truth value at position ${bad}`, "0 or 1", String(data[bad]));
}

import { swapBytes } from "../../core/bytes.ts";
import { FileFormatError, Unsupported } from "../../core/errors.ts";
import type { NpyArray } from "../npy/npy-array.ts";
import { decodeHalf } from "../npy/half.ts";
import { fixedTexts } from "./fixed-texts.ts";
import { typeClass, type RawType, type ValuePlace } from "./types.ts";

/** Throws `Unsupported` for a type that this library has no use for, before anything is read. */
export function checkReadable(type: RawType, where: string): void {
  if (dtypeOf(type) === undefined)
    throw new Unsupported(
      `${where}: ${nameOf(type)}`,
      type.type === typeClass.compound
        ? "read them with readFields, which gives an array for each field"
        : "numbers, truth values, text and complex numbers can be read; convert the others with h5py",
    );
}

/** True for values that h5wasm hands out in the byte order of the file, which is not this machine's. */
export function isAsStored({ type, littleEndian }: RawType): boolean {
  return type === typeClass.enumeration && !littleEndian;
}

/** True when the values come as text, one by one, and not as bytes of a known length. */
export function isVariableText(type: RawType): boolean {
  return type.type === typeClass.text && type.vlen;
}

/** Bytes as HDF5 hands them out as an array of `shape`. Throws `FileFormatError` for text that is none. */
export function decodeBytes(
  bytes: ArrayBuffer,
  type: RawType,
  shape: readonly number[],
  at: ValuePlace,
): NpyArray {
  const dtype = dtypeOf(type) ?? "";
  if (type.type === typeClass.array && type.array_type !== undefined)
    return decodeBytes(bytes, type.array_type, [...shape, ...(type.array_type.shape ?? [])], at);
  if (isAsStored(type)) swapBytes(new Uint8Array(bytes), type.size);
  if (type.type === typeClass.text)
    return { kind: "string", dtype, shape, data: fixedTexts(new Uint8Array(bytes), type, at) };
  if (type.type === typeClass.compound)
    return { kind: "complex", dtype, shape, ...parts(bytes, type) };
  if (type.type === typeClass.float)
    return { kind: "number", dtype, shape, data: floats(bytes, type.size) };
  const data = integers(bytes, type);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return { kind: "bigint", dtype, shape, data };
  if (isTruth(type)) return { kind: "bool", dtype, shape, data: truths(bytes, at) };
  return { kind: "number", dtype, shape, data };
}

/** The type as numpy writes it; undefined for one that cannot be read. */
export function dtypeOf(type: RawType): string | undefined {
  const { size, signed, littleEndian } = type;
  const order = size === 1 ? "|" : littleEndian ? "<" : ">";
  switch (type.type) {
    case typeClass.text:
      return type.vlen ? "|O" : `|S${size}`;
    case typeClass.float:
      return [2, 4, 8].includes(size) ? `${order}f${size}` : undefined;
    case typeClass.integer:
      return [1, 2, 4, 8].includes(size) ? `${order}${signed ? "i" : "u"}${size}` : undefined;
    case typeClass.enumeration:
      if (isTruth(type)) return "|b1";
      return [1, 2, 4, 8].includes(size) ? `${order}${signed ? "i" : "u"}${size}` : undefined;
    case typeClass.array:
      return type.array_type?.type === typeClass.array || type.array_type?.vlen !== false
        ? undefined
        : dtypeOf(type.array_type);
    case typeClass.compound:
      return isComplex(type) ? `${order}c${size}` : undefined;
    default:
      return undefined;
  }
}

/** How h5py writes booleans: an enumeration of FALSE and TRUE in one byte. */
function isTruth({ enum_type, size }: RawType): boolean {
  const members = enum_type?.members ?? {};
  return (
    size === 1 && Object.keys(members).length === 2 && members.FALSE === 0 && members.TRUE === 1
  );
}

/** Two floats of the same size and byte order: `r` and `i` of h5py, `real` and `imag` of MATLAB. */
function isComplex({ compound_type, size }: RawType): boolean {
  const members = compound_type?.members ?? [];
  const names = members.map(({ name }) => name).join();
  const half = size / 2;
  return (
    (names === "r,i" || names === "real,imag") &&
    (half === 4 || half === 8) &&
    members.every(
      (member, at) =>
        member.type === typeClass.float &&
        member.size === half &&
        member.offset === at * half &&
        member.littleEndian === members[0].littleEndian,
    )
  );
}

function nameOf({ type, size }: RawType): string {
  const names: Record<number, string> = {
    0: `integers of ${size} bytes`,
    1: `floats of ${size} bytes`,
    2: "times",
    4: "bit fields",
    5: "opaque values",
    6: "compound values",
    7: "references",
    9: "lists of varying length",
    8: `enumerations of ${size} bytes`,
    10: "arrays of such values",
  };
  return names[type] ?? `values of class ${type}`;
}

function floats(bytes: ArrayBuffer, size: number): Float64Array | Float32Array {
  if (size === 8) return new Float64Array(bytes);
  if (size === 4) return new Float32Array(bytes);
  return decodeHalf(new Uint16Array(bytes));
}

function integers(bytes: ArrayBuffer, { size, signed }: RawType) {
  if (size === 8) return signed ? new BigInt64Array(bytes) : new BigUint64Array(bytes);
  if (size === 4) return signed ? new Int32Array(bytes) : new Uint32Array(bytes);
  if (size === 2) return signed ? new Int16Array(bytes) : new Uint16Array(bytes);
  return signed ? new Int8Array(bytes) : new Uint8Array(bytes);
}

function truths(bytes: ArrayBuffer, { file, field }: ValuePlace): Uint8Array {
  const values = new Uint8Array(bytes);
  const wrong = values.find((value) => value > 1);
  if (wrong === undefined) return values;
  throw new FileFormatError(file, field, "truth values, 0 or 1", `${wrong}`);
}

function parts(bytes: ArrayBuffer, { size }: RawType) {
  const pairs = size === 16 ? new Float64Array(bytes) : new Float32Array(bytes);
  const every = (from: number) => {
    const values =
      size === 16 ? new Float64Array(pairs.length / 2) : new Float32Array(pairs.length / 2);
    return values.map((_, at) => pairs[2 * at + from]);
  };
  return { real: every(0), imag: every(1) };
}

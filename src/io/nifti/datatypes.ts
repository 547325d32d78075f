import type { NumericArray } from "../../core/matrix.ts";
import type { NiftiDatatype } from "./types.ts";

/** Arrays that hold stored voxels. */
export type StoredArray =
  | Exclude<NumericArray, Uint8ClampedArray>
  | BigInt64Array<ArrayBufferLike>
  | BigUint64Array<ArrayBufferLike>;

interface StoredArrayConstructor {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): StoredArray;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): StoredArray;
}

/** How one type of voxel is stored. */
export interface StoredType {
  readonly name: NiftiDatatype;
  readonly code: number;
  readonly bytes: number;
  readonly array: StoredArrayConstructor;
  /** Least and greatest whole number it holds; `undefined` for floating point. */
  readonly range: readonly [least: number, greatest: number] | undefined;
}

const signed = (bits: number) => [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] as const;
const unsigned = (bits: number) => [0, 2 ** bits - 1] as const;

const types: readonly StoredType[] = [
  { name: "uint8", code: 2, bytes: 1, array: Uint8Array, range: unsigned(8) },
  { name: "int16", code: 4, bytes: 2, array: Int16Array, range: signed(16) },
  { name: "int32", code: 8, bytes: 4, array: Int32Array, range: signed(32) },
  { name: "float32", code: 16, bytes: 4, array: Float32Array, range: undefined },
  { name: "float64", code: 64, bytes: 8, array: Float64Array, range: undefined },
  { name: "int8", code: 256, bytes: 1, array: Int8Array, range: signed(8) },
  { name: "uint16", code: 512, bytes: 2, array: Uint16Array, range: unsigned(16) },
  { name: "uint32", code: 768, bytes: 4, array: Uint32Array, range: unsigned(32) },
  // Beyond 2⁵³ the numbers we are given are not whole numbers any more.
  { name: "int64", code: 1024, bytes: 8, array: BigInt64Array, range: [-(2 ** 53), 2 ** 53] },
  { name: "uint64", code: 1280, bytes: 8, array: BigUint64Array, range: [0, 2 ** 53] },
];

/** Types that the format knows and that are refused, with what to do about it. */
const refused: Readonly<Record<number, readonly [name: string, advice: string]>> = {
  0: ["unknown", "the file does not say what its voxels are"],
  1: ["1-bit", "convert it to uint8 with the program that wrote it"],
  32: ["complex64", "write its magnitude or real part as float32 with the program that made it"],
  128: ["RGB24", "it is a picture and no measurement; write one channel as uint8"],
  1536: ["float128", "convert it to float64, or to float32, with the program that made it"],
  1792: ["complex128", "write its magnitude or real part as float64 with the program that made it"],
  2048: ["complex256", "write its magnitude or real part as float64 with the program that made it"],
  2304: ["RGBA32", "it is a picture and no measurement; write one channel as uint8"],
};

/** Names of the types that are read and written. */
export const datatypeNames: readonly NiftiDatatype[] = types.map(({ name }) => name);

/** The type of a code, or why it is refused. */
export function typeOfCode(code: number): StoredType | { found: string; advice?: string } {
  const type = types.find((one) => one.code === code);
  if (type !== undefined) return type;
  if (!(code in refused)) return { found: `code ${code}` };
  const [name, advice] = refused[code];
  return { found: `${name} (code ${code})`, advice };
}

/** The type of a name. */
export function typeOfName(name: string): StoredType | undefined {
  return types.find((one) => one.name === name);
}

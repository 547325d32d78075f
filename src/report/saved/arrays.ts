import { InvalidArgument } from "../../core/errors.ts";
import { base64 } from "../../plot/png/data-url.ts";

/** Typed arrays that are kept as they are. */
const kinds = {
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
} as const;

/** The name of such a kind. */
export type ArrayKind = keyof typeof kinds;

/** A typed array that is kept. */
export type KeptArray = InstanceType<(typeof kinds)[ArrayKind]>;

/** The kind of a typed array. Throws `InvalidArgument` for one that no file keeps. */
export function kindOfArray(array: ArrayBufferView): ArrayKind {
  const found = (Object.keys(kinds) as ArrayKind[]).find((kind) => array instanceof kinds[kind]);
  if (found !== undefined) return found;
  throw new InvalidArgument(
    "value",
    array,
    "give arrays of numbers, no clamped or 64-bit integers",
  );
}

export function isArrayKind(name: unknown): name is ArrayKind {
  return typeof name === "string" && Object.hasOwn(kinds, name);
}

/** Numbers as an array of a kind. */
export function arrayOfKind(kind: ArrayKind, numbers: ArrayLike<number>): KeptArray {
  return kinds[kind].from(numbers);
}

/** The bytes of an array, little-endian, as text. */
export function toBase64(array: KeptArray): string {
  const bytes = littleEndian(array.BYTES_PER_ELEMENT, array);
  return base64(bytes);
}

/** An array of its bytes as text. Undefined for what is no such text. */
export function fromBase64(kind: ArrayKind, text: string): KeptArray | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  const size = kinds[kind].BYTES_PER_ELEMENT;
  if (binary.length % size !== 0) return undefined;
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  const array = new kinds[kind](bytes.buffer);
  if (!isBigEndian) return array;
  return new kinds[kind](littleEndian(size, array).slice().buffer);
}

const isBigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

function littleEndian(size: number, array: KeptArray): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice();
  if (isBigEndian)
    for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return bytes;
}

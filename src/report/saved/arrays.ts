import { arrayKinds, type ArrayKind, type KeptArray } from "../../core/array-kinds.ts";
import { base64 } from "../../plot/png/data-url.ts";

export function isArrayKind(name: unknown): name is ArrayKind {
  return typeof name === "string" && Object.hasOwn(arrayKinds, name);
}

/** Numbers as an array of a kind. */
export function arrayOfKind(kind: ArrayKind, numbers: ArrayLike<number>): KeptArray {
  return arrayKinds[kind].from(numbers);
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
  const size = arrayKinds[kind].BYTES_PER_ELEMENT;
  if (binary.length % size !== 0) return undefined;
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  const array = new arrayKinds[kind](bytes.buffer);
  if (!isBigEndian) return array;
  return new arrayKinds[kind](littleEndian(size, array).slice().buffer);
}

const isBigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0;

function littleEndian(size: number, array: KeptArray): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength).slice();
  if (isBigEndian)
    for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  return bytes;
}

import { machineIsLittleEndian, swapBytes } from "../../core/bytes.ts";

/** Whole numbers of 4 bytes, the highest byte first, as FreeSurfer keeps them. */
export function int32Bytes(values: ArrayLike<number>): Uint8Array {
  return bigEndian(Int32Array.from(values));
}

/** Numbers in float32, the highest byte first. */
export function float32Bytes(values: ArrayLike<number>): Uint8Array {
  return bigEndian(Float32Array.from(values));
}

function bigEndian({ buffer }: Int32Array | Float32Array): Uint8Array {
  const bytes = new Uint8Array(buffer as ArrayBuffer);
  if (machineIsLittleEndian) swapBytes(bytes, 4);
  return bytes;
}

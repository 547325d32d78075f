import { machineIsLittleEndian, swapBytes } from "../../core/bytes.ts";
import { FileFormatError } from "../../core/errors.ts";
import type { StoredArray, StoredType } from "./datatypes.ts";

/** Stored numbers from bytes; a view of them where that is possible. */
export function decodeStored(
  bytes: Uint8Array,
  type: StoredType,
  littleEndian: boolean,
): StoredArray {
  const swap = type.bytes > 1 && littleEndian !== machineIsLittleEndian;
  // Not `slice`: that of a Buffer is a view.
  const own = swap || bytes.byteOffset % type.bytes !== 0 ? new Uint8Array(bytes) : bytes;
  if (swap) swapBytes(own, type.bytes);
  return new type.array(own.buffer, own.byteOffset, own.byteLength / type.bytes);
}

/** The same numbers in float64. Throws `FileFormatError` for a 64-bit integer that float64 cannot hold. */
export function toFloats(file: string, stored: StoredArray): Float64Array {
  if (stored instanceof Float64Array) return stored;
  if (stored instanceof BigInt64Array || stored instanceof BigUint64Array)
    return exactFloats(file, stored);
  return new Float64Array(stored);
}

function exactFloats(file: string, stored: BigInt64Array | BigUint64Array): Float64Array {
  const floats = new Float64Array(stored.length);
  for (let i = 0; i < stored.length; i++) {
    const value = Number(stored[i]);
    if (!Number.isSafeInteger(value) && BigInt(value) !== stored[i])
      throw new FileFormatError(
        file,
        "a voxel",
        "a whole number that float64 holds exactly",
        `${stored[i]}`,
        { advice: "read it with openNifti and readStored, which give bigints" },
      );
    floats[i] = value;
  }
  return floats;
}

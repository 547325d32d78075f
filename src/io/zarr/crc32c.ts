import { FileFormatError } from "../../core/errors.ts";

/** Bytes without the checksum behind them. Throws `FileFormatError` where it is that of others. */
export function checkSum(bytes: Uint8Array, file: string): Uint8Array {
  const own = bytes.subarray(0, Math.max(0, bytes.length - 4));
  const said = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const expected = crc32c(own);
  if (bytes.length >= 4 && said.getUint32(own.length, true) === expected) return own;
  throw new FileFormatError(file, "crc32c checksum", `${expected}`, "another, or none");
}

let table: Uint32Array | undefined;

/** Castagnoli's checksum. */
function crc32c(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0x82f63b78 : 0);
    return sum;
  });
  let sum = ~0;
  for (const byte of bytes) sum = (sum >>> 8) ^ table[(sum ^ byte) & 255];
  return ~sum >>> 0;
}

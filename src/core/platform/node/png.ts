import { crc32 as zlibCrc32, deflateSync } from "node:zlib";

/** The checksum every PNG chunk ends in. */
export function crc32(bytes: Uint8Array): number {
  return zlibCrc32(bytes);
}

/** Bytes as a zlib stream, at once: a canvas gives its address synchronously. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 6 });
}

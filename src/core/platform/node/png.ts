import { deflateSync } from "node:zlib";

/** Bytes as a zlib stream, at once: a canvas gives its address synchronously. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateSync(bytes, { level: 6 });
}

import { zlibSync } from "fflate";

/** Bytes as a zlib stream, at once: what browsers have by themselves makes one wait, and a canvas cannot. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return zlibSync(bytes, { level: 6 });
}

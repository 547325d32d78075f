import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** The content of a packed reference file of this folder. */
export function readPacked<T>(name: string): T {
  return JSON.parse(bytesOf(name).toString()) as T;
}

/** Little-endian float64 numbers of a packed file of this folder. */
export function readFloats(name: string): Float64Array {
  return new Float64Array(new Uint8Array(bytesOf(name)).buffer);
}

/** The bytes of a packed file of this folder. */
export function bytesOf(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(`${name}.gz`, import.meta.url)));
}

/** The largest difference, relative above 1. */
export function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const apart = Math.abs(a[i] - b[i]) / Math.max(1, Math.abs(b[i]));
    most = Math.max(most, Number.isNaN(apart) ? Infinity : apart);
  }
  return most;
}

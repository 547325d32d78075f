import { FileFormatError } from "../errors.ts";
import type { ImageClaims } from "./check-readable.ts";

/** What a WebP's header claims, and how many channels its pixels have. */
export interface WebpHeader extends ImageClaims {
  readonly channels: 3 | 4;
}

const animated = 0x02;
const alpha = 0x10;

/** The header of a WebP. Throws `FileFormatError` when there is none. */
export function webpHeader(bytes: Uint8Array, name: string): WebpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = String.fromCharCode(...bytes.subarray(12, 16));
  const header = bytes.length < 30 ? undefined : readers[kind]?.(view);
  if (header !== undefined) return { bits: 8, cmyk: false, pages: 1, ...header };
  throw new FileFormatError(name, "image data", "a WebP's header", "none");
}

type Found = Pick<WebpHeader, "width" | "height" | "channels"> & { readonly pages?: number };

const readers: Readonly<Record<string, (view: DataView) => Found>> = {
  "VP8 ": (view) => ({
    width: view.getUint16(26, true) & 0x3fff,
    height: view.getUint16(28, true) & 0x3fff,
    channels: 3,
  }),
  VP8L: (view) => {
    const bits = view.getUint32(21, true);
    return {
      width: (bits & 0x3fff) + 1,
      height: ((bits >>> 14) & 0x3fff) + 1,
      channels: (bits >>> 28) & 1 ? 4 : 3,
    };
  },
  VP8X: (view) => {
    const flags = view.getUint8(20);
    return {
      width: (view.getUint32(24, true) & 0xffffff) + 1,
      height: (view.getUint16(27, true) | (view.getUint8(29) << 16)) + 1,
      channels: flags & alpha ? 4 : 3,
      // How many there are is not said here; more than one is enough.
      pages: flags & animated ? 2 : 1,
    };
  },
};

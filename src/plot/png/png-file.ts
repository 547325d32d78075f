import { deflate } from "#platform/png";
import { crc32 } from "#platform/zlib";
import { joinBytes } from "../../core/bytes.ts";

/** How a PNG says what its bytes are: grey 0, RGB 2, palette 3, RGBA 6. */
export type PngColourType = 0 | 2 | 3 | 6;

/** A part of a PNG file: four letters and its bytes. */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
}

/** A PNG file of 8-bit pixels, `rowBytes` a row; `chunks` (the palette) come before the pixels. */
export function pngFile(
  size: { width: number; height: number; colourType: PngColourType; rowBytes: number },
  pixels: ArrayLike<number> & Iterable<number>,
  chunks: readonly PngChunk[] = [],
): Uint8Array {
  const parts = [
    { type: "IHDR", data: header(size.width, size.height, size.colourType) },
    ...chunks,
    { type: "IDAT", data: deflate(withFilterBytes(pixels, size.rowBytes, size.height)) },
    { type: "IEND", data: new Uint8Array(0) },
  ].map(chunkBytes);
  return joinBytes([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), ...parts]);
}

function header(width: number, height: number, colourType: number): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes.set([8, colourType, 0, 0, 0], 8);
  return bytes;
}

function withFilterBytes(pixels: ArrayLike<number>, rowBytes: number, height: number): Uint8Array {
  const rows = new Uint8Array((rowBytes + 1) * height);
  const source = Uint8Array.from(pixels);
  for (let y = 0; y < height; y++)
    rows.set(source.subarray(y * rowBytes, (y + 1) * rowBytes), y * (rowBytes + 1) + 1);
  return rows;
}

function chunkBytes({ type, data }: PngChunk): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

import { checkLength } from "./check-length.ts";
import { pngFile } from "./png-file.ts";

/** A PNG of RGBA pixels, four bytes each, row by row. Throws `ShapeMismatch`. */
export function encodeRgbaPng(
  pixels: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
): Uint8Array {
  checkLength(pixels.length, width, height, 4);
  return pngFile({ width, height, colourType: 6, rowBytes: width * 4 }, pixels);
}

/** A PNG of opaque pixels with 1 (grey) or 3 (RGB) bytes each. Throws `ShapeMismatch`. */
export function encodeOpaquePng(
  pixels: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3,
): Uint8Array {
  checkLength(pixels.length, width, height, channels);
  const colourType = channels === 1 ? 0 : 2;
  return pngFile({ width, height, colourType, rowBytes: width * channels }, pixels);
}

import { checkLength } from "./check-length.ts";
import { pngFile } from "./png-file.ts";
import type { Rgb } from "../colour/parse-colour.ts";

/** A PNG of one byte a pixel, each the place of its colour in the palette (at most 256). Throws `ShapeMismatch`. */
export function encodePalettePng(
  pixels: Uint8Array,
  width: number,
  height: number,
  palette: readonly Rgb[],
): Uint8Array {
  checkLength(pixels.length, width, height, 1);
  const colours = Uint8Array.from(palette.flatMap((colour) => colour.slice(0, 3)));
  return pngFile({ width, height, colourType: 3, rowBytes: width }, pixels, [
    { type: "PLTE", data: colours },
  ]);
}

import { dataUrl } from "../png/data-url.ts";
import { encodeOpaquePng, encodeRgbaPng } from "../png/rgba-png.ts";

/** Pixels of a picture, row by row from the top: grey, RGB or RGBA. */
export interface PixelImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
  readonly name?: string;
}

/** An image as an address that holds it whole, every pixel exact. Throws `ShapeMismatch`. */
export function imageUrl({ width, height, channels, data }: PixelImage): string {
  const png =
    channels === 4
      ? encodeRgbaPng(data, width, height)
      : encodeOpaquePng(data, width, height, channels);
  return dataUrl("image/png", png);
}

import type { Pixels } from "../../core/pixels.ts";
import { dataUrl } from "../png/data-url.ts";
import { encodeOpaquePng, encodeRgbaPng } from "../png/rgba-png.ts";

/** An image to show, with its name where it has one: what `readImage` gives. */
export interface PixelImage extends Pixels {
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

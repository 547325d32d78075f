import { thing } from "../../core/gate/kinds.ts";
import type { Pixels } from "../../core/pixels.ts";
import { dataUrl } from "../png/data-url.ts";
import { checkLength } from "../png/check-length.ts";
import { encodeOpaquePng, encodeRgbaPng } from "../png/rgba-png.ts";
import { enlargeImage } from "./enlarge-image.ts";
import { shrinkImage } from "./shrink-image.ts";

/** An image to show, with its name where it has one: what `readImage` gives. */
export interface PixelImage extends Pixels {
  readonly name?: string;
}

/** A picture of a user. */
export const anImage = thing(
  "an image, as readImage gives it",
  "width",
  "height",
  "channels",
  "data",
);

/** The image of an item, from a function of the user's. Throws `InvalidArgument` when it gives none. */
export function imageFor(item: string, images: (item: string) => PixelImage): PixelImage {
  const image = images(item);
  anImage(image, `image of ${JSON.stringify(item)}`);
  return image;
}

/**
 * An image as the address of a picture with at most two pixels a shown pixel; of a smaller one every pixel is drawn as a
 * square, which viewers would smooth. Throws `ShapeMismatch`.
 */
export function imageUrl(image: PixelImage, sizePx: number): string {
  checkLength(image.data.length, image.width, image.height, image.channels);
  const large = enlargeImage(image, 2 * sizePx);
  const { width, height, channels, data } = shrinkImage(large, Math.round(2 * sizePx));
  const png =
    channels === 4
      ? encodeRgbaPng(data, width, height)
      : encodeOpaquePng(data, width, height, channels);
  return dataUrl("image/png", png);
}

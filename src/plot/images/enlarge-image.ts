import type { Pixels } from "../../core/pixels.ts";

/**
 * A small image with each pixel repeated, so that its longer side has as many pixels as fit into `mostPixels`. An image
 * that is not at most half as large is returned as it is.
 */
export function enlargeImage(image: Pixels, mostPixels: number): Pixels {
  const times = Math.floor(mostPixels / Math.max(image.width, image.height));
  if (times < 2) return image;
  const { channels } = image;
  const [width, height] = [image.width * times, image.height * times];
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (Math.floor(y / times) * image.width + Math.floor(x / times)) * channels;
      data.set(image.data.subarray(from, from + channels), (y * width + x) * channels);
    }
  return { width, height, channels, data };
}

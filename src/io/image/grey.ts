import { checkImage } from "./check-pixels.ts";
import type { Image } from "./image.ts";

/**
 * An image in one channel: luma by ITU-R 601 (0.299 red + 0.587 green + 0.114 blue), rounded as PIL's `convert("L")`.
 * Alpha is left out. A grey image is returned as it is.
 *
 * @example
 * import { toGrey } from "tsrsa";
 * const red = { width: 1, height: 1, channels: 3 as const, data: new Uint8Array([255, 0, 0]), name: "red" };
 * Array.from(toGrey(red).data); // [76]
 */
export function toGrey(image: Image): Image {
  checkImage(image);
  if (image.channels === 1) return image;
  const { channels, data, width, height } = image;
  const grey = new Uint8Array(width * height);
  for (let i = 0; i < grey.length; i++) {
    const [red, green, blue] = [data[channels * i], data[channels * i + 1], data[channels * i + 2]];
    grey[i] = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >>> 16;
  }
  return { ...image, channels: 1, data: grey };
}

import { writePath } from "#platform/files";
import { encodePngPixels } from "#platform/images";
import type { Pixels } from "../../core/pixels.ts";
import { checkPixels } from "./check-pixels.ts";

/**
 * The bytes of a PNG of an image, with its channels and without loss. Throws when data and size disagree.
 *
 * @example
 * import { encodePng, readImage } from "tsrsa/io";
 * const face = { width: 2, height: 1, channels: 1 as const, data: new Uint8Array([0, 255]) };
 * const image = await readImage(await encodePng(face));
 * image.channels; // 1
 */
export async function encodePng(image: Pixels): Promise<Uint8Array> {
  checkPixels(image);
  return encodePngPixels(image);
}

/**
 * Write a PNG; see {@link encodePng}.
 *
 * @example
 * import { encodePng } from "tsrsa/io";
 * const grey = { width: 1, height: 1, channels: 1 as const, data: new Uint8Array([7]) };
 * // await writePng("f001.png", grey) writes these bytes:
 * const bytes = await encodePng(grey);
 * bytes[1]; // 80
 */
export async function writePng(path: string | URL, image: Pixels): Promise<void> {
  await writePath(path, [await encodePng(image)]);
}

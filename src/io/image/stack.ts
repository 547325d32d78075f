import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { list } from "../../core/gate/kinds.ts";
import type { Matrix } from "../../core/matrix.ts";
import { checkImage } from "./check-pixels.ts";
import type { Image } from "./image.ts";

/**
 * Images of one size as a matrix: images × height × width, or images × height × width × channels for colour.
 * Throws `ShapeMismatch` that names the first file of another size, `InvalidArgument` for no images.
 *
 * @example
 * import { stackImages } from "tsrsa";
 * const dark = { width: 2, height: 1, channels: 1 as const, data: new Uint8Array([0, 1]), name: "dark" };
 * const light = { ...dark, data: new Uint8Array([254, 255]), name: "light" };
 * stackImages([dark, light]).shape; // [2, 1, 2]
 */
export function stackImages(images: readonly Image[]): Matrix<Uint8Array> {
  list(images, "images");
  const [first] = images;
  if (first === undefined)
    throw new InvalidArgument("images", "an empty list", "give one image or more");
  images.forEach((image, at) => checkImage(image, `images[${at}]`));
  const size = first.data.length;
  const data = new Uint8Array(images.length * size);
  images.forEach((image, i) => {
    if (describe(image) !== describe(first))
      throw new ShapeMismatch(
        `${describe(first)} as in ${first.name}`,
        `${describe(image)} in ${image.name}`,
        "give images of one size and kind (grey: true makes all grey), or resize them first",
      );
    data.set(image.data, i * size);
  });
  const pixel = first.channels === 1 ? [] : [first.channels];
  return { data, shape: [images.length, first.height, first.width, ...pixel] };
}

function describe({ width, height, channels }: Image): string {
  const plural = channels === 1 ? "" : "s";
  return `${width} × ${height} pixels of ${channels} channel${plural}`;
}

import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import { toInteger } from "../../core/gate/integer.ts";
import { kind, thing } from "../../core/gate/kinds.ts";
import { isNumericArray } from "../../core/gate/vector.ts";
import type { Pixels } from "../../core/pixels.ts";

/** Throws when the data of an image to write does not fit its size, or its size the format. */
export function checkPixels(image: Pixels): void {
  checkImage(image);
  const { width, height } = image;
  if (width > 65_535 || height > 65_535)
    throw new InvalidArgument("image size", `${width} × ${height}`, "give 1 to 65,535 each way");
}

const isImage = thing(
  "an image with width, height, channels and data",
  "width",
  "height",
  "channels",
  "data",
);
const isCount = kind(
  "1 for grey, 3 for colour or 4 with alpha",
  (count) => count === 1 || count === 3 || count === 4,
);

/** Throws for what is no image, and when the data of one does not fit its size. */
export function checkImage(image: Pixels, argument = "image"): void {
  isImage(image, argument);
  const { width, height, channels, data } = image;
  toInteger(width, "width of the image", 1);
  toInteger(height, "height of the image", 1);
  isCount(channels, "channels of the image");
  if (!isNumericArray(data))
    throw new InvalidArgument("data of the image", data, "give the pixels as a Uint8Array");
  const expected = width * height * channels;
  if (data.length !== expected)
    throw new ShapeMismatch(
      `${expected} values for ${width} × ${height} pixels of ${channels} channels`,
      `${data.length}`,
      "give height × width × channels values",
    );
}

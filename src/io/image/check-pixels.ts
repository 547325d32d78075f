import { InvalidArgument, ShapeMismatch } from "../../core/errors.ts";
import type { Pixels } from "../../core/pixels.ts";

/** Throws when the data of an image to write does not fit its size. */
export function checkPixels({ width, height, channels, data }: Pixels): void {
  for (const length of [width, height])
    if (!Number.isSafeInteger(length) || length < 1 || length > 65_535)
      throw new InvalidArgument("image size", `${width} × ${height}`, "give 1 to 65,535 each way");
  const expected = width * height * channels;
  if (data.length !== expected)
    throw new ShapeMismatch(
      `${expected} values for ${width} × ${height} pixels of ${channels} channels`,
      `${data.length}`,
      "give height × width × channels values",
    );
}

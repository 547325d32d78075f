import { ShapeMismatch } from "../../core/errors.ts";

/** Throws `ShapeMismatch` unless there are as many bytes as pixels × channels. */
export function checkLength(found: number, width: number, height: number, channels: number): void {
  if (found === width * height * channels && found > 0) return;
  throw new ShapeMismatch(
    `${width} × ${height} × ${channels} = ${width * height * channels} bytes of pixels`,
    `${found}`,
    "check width, height and channels of the image",
  );
}

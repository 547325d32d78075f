import { FileFormatError } from "../../core/errors.ts";

/** A run of 255 takes two bytes; what is skipped takes fewer, but so many pixels are never skipped in earnest. */
const mostPixelsPerByte = 128;

/**
 * Palette indices of 8-bit RLE data, rows top to bottom. Pixels that are skipped have index 0.
 * Throws when a run leaves its row, the data leaves the image or ends before it does, or the end is missing.
 */
export function decodeRle8(
  data: Uint8Array,
  width: number,
  height: number,
  file: string,
): Uint8Array {
  const fail = (expected: string, found: string): never => {
    throw new FileFormatError(file, "run-length data", expected, found);
  };
  const most = data.length * mostPixelsPerByte;
  if (width * height > most)
    fail(`at least the bytes of ${width} × ${height} pixels`, `${data.length}`);
  const indices = new Uint8Array(width * height);
  let [x, y, at] = [0, 0, 0];
  const take = (): number => (at < data.length ? data[at++] : fail("an end mark", "none"));
  const place = (count: number, next: () => number) => {
    if (y >= height || x + count > width)
      fail(`${width} × ${height} pixels`, `one at column ${x + count}, row ${y} from the bottom`);
    const start = (height - 1 - y) * width + x;
    for (let i = 0; i < count; i++) indices[start + i] = next();
    x += count;
  };
  for (;;) {
    // The end mark may be left out after the last pixel.
    if (at >= data.length && y === height - 1 && x === width) return indices;
    const count = take();
    const code = take();
    if (count > 0) place(count, () => code);
    else if (code === 0) [x, y] = [0, y + 1];
    else if (code === 1) {
      if (y >= height || (y === height - 1 && x === width)) return indices;
      fail(`${height} rows of ${width} pixels`, `an end mark in row ${y + 1} from the bottom`);
    } else if (code === 2) [x, y] = [x + take(), y + take()];
    else {
      place(code, take);
      if (code % 2 === 1) take();
    }
  }
}

import { bmpBytes } from "../../../src/io/image/index.ts";

/** A grey bitmap of 4 × 2 pixels. */
export const good = bmpBytes({ width: 4, height: 2, channels: 1, data: new Uint8Array(8).fill(9) });

/** A damaged copy. */
export function changed(bytes: Uint8Array, change: (view: DataView) => void): Uint8Array {
  const copy = bytes.slice();
  change(new DataView(copy.buffer));
  return copy;
}

/** Changes to the good bitmap's header: what is wrong, the change, and what the message must say. */
export const bmpLies: readonly (readonly [string, (view: DataView) => void, RegExp])[] = [
  [
    "60,000 × 60,000",
    (v) => [18, 22].forEach((at) => v.setInt32(at, 60000, true)),
    /size: expected at most 100000000 pixels, found 60000 × 60000/,
  ],
  [
    "9,000 × 9,000 in a small file",
    (v) => [18, 22].forEach((at) => v.setInt32(at, 9000, true)),
    /pixels: expected 81000000 bytes.*found 8 bytes/,
  ],
  ["a height of −2³¹", (v) => v.setInt32(22, -(2 ** 31), true), /at most 100000000 pixels/],
  ["a width of 0", (v) => v.setInt32(18, 0, true), /size: expected 1 × 1/],
  ["a negative width", (v) => v.setInt32(18, -4, true), /size: expected 1 × 1/],
  ["7 bits", (v) => v.setUint16(28, 7, true), /bits per pixel/],
  ["pixels beyond the file", (v) => v.setUint32(10, 1e6, true), /start of pixels/],
  ["pixels within the headers", (v) => v.setUint32(10, 20, true), /start of pixels/],
  ["a palette beyond its room", (v) => v.setUint32(46, 257, true), /palette: expected at most 256/],
  [
    "an index without a colour",
    (v) => v.setUint32(46, 5, true),
    /palette: expected an index below 5, found 9/,
  ],
  ["a header of unknown size", (v) => v.setUint32(14, 41, true), /header size/],
  [
    "compression by JPEG",
    (v) => v.setUint32(30, 4, true),
    /compression 4.*save the image as \.png/,
  ],
  [
    "bit fields of 8 bits",
    (v) => v.setUint32(30, 3, true),
    /bits per pixel: expected those of compression masks/,
  ],
];

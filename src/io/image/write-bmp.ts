import { writePath } from "#platform/files";
import { InvalidArgument } from "../../core/errors.ts";
import type { Pixels } from "../../core/pixels.ts";
import { checkPixels } from "./check-pixels.ts";

const HEADERS = 54;
const PALETTE = 256 * 4;
/** 72 dots per inch, in dots per metre. */
const DOTS_PER_METRE = 2835;

/**
 * The bytes of an 8-bit grey BMP, uncompressed and bottom-up, as PIL writes an image of mode L.
 * Throws `InvalidArgument` for an image that is not grey.
 *
 * @example
 * import { bmpBytes, readImage } from "tsrsa/io";
 * const face = { width: 2, height: 1, channels: 1 as const, data: new Uint8Array([0, 255]) };
 * const image = await readImage(bmpBytes(face));
 * Array.from(image.data); // [0, 255]
 */
export function bmpBytes(image: Pixels): Uint8Array {
  checkPixels(image);
  const { width, height, channels } = image;
  if (channels !== 1)
    throw new InvalidArgument("image", `${channels} channels`, "give one made grey with toGrey");
  const stride = Math.ceil(width / 4) * 4;
  const bytes = new Uint8Array(HEADERS + PALETTE + stride * height);
  writeHeaders(new DataView(bytes.buffer), width, height, stride);
  for (let grey = 0; grey < 256; grey++)
    bytes.fill(grey, HEADERS + grey * 4, HEADERS + grey * 4 + 3);
  for (let row = 0; row < height; row++) {
    const pixels = image.data.subarray(row * width, (row + 1) * width);
    bytes.set(pixels, HEADERS + PALETTE + (height - 1 - row) * stride);
  }
  return bytes;
}

/**
 * Write an 8-bit grey BMP; see {@link bmpBytes}.
 *
 * @example
 * import { bmpBytes } from "tsrsa/io";
 * const grey = { width: 1, height: 1, channels: 1 as const, data: new Uint8Array([7]) };
 * // await writeBmp("f001.bmp", grey) writes these bytes:
 * bmpBytes(grey).length; // 1082
 */
export async function writeBmp(path: string | URL, image: Pixels): Promise<void> {
  await writePath(path, [bmpBytes(image)]);
}

function writeHeaders(view: DataView, width: number, height: number, stride: number): void {
  const u32 = (at: number, value: number) => view.setUint32(at, value, true);
  const u16 = (at: number, value: number) => view.setUint16(at, value, true);
  view.setUint16(0, 0x424d);
  u32(2, view.byteLength);
  u32(10, HEADERS + PALETTE);
  u32(14, 40);
  u32(18, width);
  u32(22, height);
  u16(26, 1);
  u16(28, 8);
  u32(34, stride * height);
  u32(38, DOTS_PER_METRE);
  u32(42, DOTS_PER_METRE);
  u32(46, 256);
  u32(50, 256);
}

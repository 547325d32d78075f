import type { Pixels } from "../../core/pixels.ts";

/** How an image is to be turned to stand upright, as EXIF numbers it: 1 is as it is stored. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** The orientation that the bytes of a JPEG, PNG, WebP or TIFF file ask for; 1 where they say nothing. */
export function orientationOf(bytes: Uint8Array): Orientation {
  const start = exifStart(bytes);
  return start === undefined ? 1 : orientationInTiff(bytes.subarray(start));
}

/** Whether a file is a TIFF file. */
export function isTiff(bytes: Uint8Array): boolean {
  return says(bytes, 0, "II*\0") || says(bytes, 0, "MM\0*");
}

/** The pixels turned upright. */
export function turned<Given extends Pixels>(image: Given, orientation: Orientation): Given {
  if (orientation === 1) return image;
  const { width, height, channels, data } = image;
  const swaps = orientation >= 5;
  const [w, h] = swaps ? [height, width] : [width, height];
  const out = new Uint8Array(data.length);
  for (let y = 0, to = 0; y < h; y++)
    for (let x = 0; x < w; x++, to += channels) {
      const [fromX, fromY] = sourceOf(orientation, x, y, width, height);
      const from = (fromY * width + fromX) * channels;
      for (let c = 0; c < channels; c++) out[to + c] = data[from + c];
    }
  return { ...image, width: w, height: h, data: out };
}

/** Which stored pixel is shown at x, y. */
function sourceOf(orientation: Orientation, x: number, y: number, width: number, height: number) {
  const [right, bottom] = [width - 1, height - 1];
  switch (orientation) {
    case 2:
      return [right - x, y];
    case 3:
      return [right - x, bottom - y];
    case 4:
      return [x, bottom - y];
    case 5:
      return [y, x];
    case 6:
      return [y, bottom - x];
    case 7:
      return [right - y, bottom - x];
    case 8:
      return [right - y, x];
    default:
      return [x, y];
  }
}

/** Where the TIFF structure that EXIF is begins. */
function exifStart(bytes: Uint8Array): number | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return exifOfJpeg(bytes);
  if (isTiff(bytes)) return 0;
  if (says(bytes, 1, "PNG")) return exifOfChunks(bytes, 8, "eXIf", false);
  if (says(bytes, 8, "WEBP")) return exifOfChunks(bytes, 12, "EXIF", true);
  return undefined;
}

function exifOfJpeg(bytes: Uint8Array): number | undefined {
  for (let at = 2; at + 10 < bytes.length && bytes[at] === 0xff;) {
    const [marker, length] = [bytes[at + 1], bytes[at + 2] * 256 + bytes[at + 3]];
    if (marker === 0xda) return undefined;
    if (marker === 0xe1 && says(bytes, at + 4, "Exif\0")) return at + 10;
    at += 2 + length;
  }
  return undefined;
}

/** PNG has length and name of a chunk, WebP name and length, and a byte of padding after odd ones. */
function exifOfChunks(bytes: Uint8Array, from: number, name: string, webp: boolean) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = from; at + 8 <= bytes.length;) {
    const length = view.getUint32(webp ? at + 4 : at, webp);
    if (says(bytes, webp ? at : at + 4, name))
      return says(bytes, at + 8, "Exif\0") ? at + 14 : at + 8;
    at += webp ? 8 + length + (length % 2) : 12 + length;
  }
  return undefined;
}

const orientationTag = 0x112;

function orientationInTiff(tiff: Uint8Array): Orientation {
  const little = says(tiff, 0, "II");
  if (tiff.length < 8 || !(little || says(tiff, 0, "MM"))) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.length);
  const start = view.getUint32(4, little);
  if (start + 2 > tiff.length) return 1;
  const entries = view.getUint16(start, little);
  for (let at = start + 2; at + 12 <= tiff.length && at < start + 2 + 12 * entries; at += 12) {
    if (view.getUint16(at, little) !== orientationTag) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}

function says(bytes: Uint8Array, at: number, text: string): boolean {
  return [...text].every((letter, k) => bytes[at + k] === letter.charCodeAt(0));
}

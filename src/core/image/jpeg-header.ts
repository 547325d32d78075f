import { joinBytes } from "../bytes.ts";
import { FileFormatError } from "../errors.ts";
import type { ImageClaims } from "./check-readable.ts";

/** What a JPEG's header claims, and how many channels its pixels have. */
export interface JpegHeader extends ImageClaims {
  readonly channels: 1 | 3 | 4;
}

/** A segment of a JPEG before its pixels: marker, where it begins and where its content ends. */
interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

/** The header of a JPEG. Throws `FileFormatError` when there is none. */
export function jpegHeader(bytes: Uint8Array, name: string): JpegHeader {
  for (const { marker, start, end } of segments(bytes, name)) {
    if (!isFrame(marker)) continue;
    if (end - start < 10) break;
    const at = (offset: number) => bytes[start + 4 + offset];
    const channels = at(5);
    if (channels !== 1 && channels !== 3 && channels !== 4) break;
    const [height, width] = [(at(1) << 8) | at(2), (at(3) << 8) | at(4)];
    return { width, height, bits: at(0), cmyk: channels === 4, pages: 1, channels };
  }
  throw damaged(name, "a JPEG's frame header");
}

/** A JPEG without what browsers act on and other readers do not: rotation (Exif) and colour profiles. */
export function plainJpeg(bytes: Uint8Array, name: string): Uint8Array {
  const isExtra = (marker: number) => marker === 0xe1 || marker === 0xe2;
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let last = 2;
  for (const { marker, start, end } of segments(bytes, name)) {
    if (!isExtra(marker)) kept.push(bytes.subarray(start, end));
    last = end;
  }
  kept.push(bytes.subarray(last));
  return joinBytes(kept);
}

/** The segments up to the first scan. */
function* segments(bytes: Uint8Array, name: string): Generator<Segment> {
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      // Fill bytes may stand before a marker.
      at++;
      continue;
    }
    const length = (bytes[at + 2] << 8) | bytes[at + 3];
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) throw damaged(name, "a segment within the file");
    yield { marker, start: at, end };
    if (marker === 0xda) return;
    at = end;
  }
}

/** SOF0 to SOF15, but for the tables among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function damaged(name: string, expected: string): FileFormatError {
  return new FileFormatError(name, "image data", expected, "none");
}

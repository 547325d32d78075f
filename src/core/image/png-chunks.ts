import { crc32 } from "#platform/zlib";
import { FileFormatError } from "../errors.ts";
import type { ImageClaims } from "./check-readable.ts";

/** What the chunks of a PNG say. */
export interface PngChunks extends ImageClaims {
  /** 0: grey, 2: RGB, 3: palette, 4: grey and alpha, 6: RGBA. */
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  readonly interlaced: boolean;
  readonly palette?: Uint8Array;
  /** Opacities of the palette, or the one colour that is transparent. */
  readonly transparency?: Uint8Array;
  /** The deflated rows, in their pieces. */
  readonly data: readonly Uint8Array[];
}

const depths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** What a PNG's header claims, from its first chunk alone. Throws `FileFormatError`. */
export function pngHeader(bytes: Uint8Array, name: string): PngChunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || textAt(bytes, 12) !== "IHDR" || view.getUint32(8) !== 13)
    throw damaged(name, "a header first", "none");
  checkSum(bytes, view, 8, name);
  const [width, height, bits] = [view.getUint32(16), view.getUint32(20), bytes[24]];
  const [colourType, compression, filter, interlace] = bytes.subarray(25, 29);
  const known = depths[colourType]?.includes(bits) === true;
  if (!known || compression !== 0 || filter !== 0 || interlace > 1 || width * height === 0)
    throw damaged(name, "a header of PNG", "another");
  return {
    width,
    height,
    bits,
    cmyk: false,
    pages: 1,
    colourType: colourType as PngChunks["colourType"],
    interlaced: interlace === 1,
    data: [],
  };
}

/** All chunks of a PNG, with their checksums looked at. Throws `FileFormatError` for one that is damaged or cut. */
export function pngChunks(bytes: Uint8Array, name: string): PngChunks {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = pngHeader(bytes, name);
  const data: Uint8Array[] = [];
  let [palette, transparency]: [Uint8Array | undefined, Uint8Array | undefined] = [
    undefined,
    undefined,
  ];
  // The checksum of the rows says whether they are whole: an end that is missing after them harms nothing.
  for (let at = 33; at < bytes.length;) {
    if (at + 12 > bytes.length) throw damaged(name, "an end", "the end of the file before it");
    const kind = textAt(bytes, at + 4);
    const length = checkSum(bytes, view, at, name);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IEND") break;
    if (kind === "PLTE") palette = content;
    else if (kind === "tRNS") transparency = content;
    else if (kind === "IDAT") data.push(content);
    at += 12 + length;
  }
  if (header.colourType === 3 && palette === undefined) throw damaged(name, "a palette", "none");
  return { ...header, palette, transparency, data };
}

/** The length of a chunk. Throws when it is cut or its checksum is wrong. */
function checkSum(bytes: Uint8Array, view: DataView, at: number, name: string): number {
  const length = view.getUint32(at);
  if (at + 12 + length > bytes.length)
    throw damaged(name, "a chunk within the file", `one of ${length} bytes`);
  const expected = view.getUint32(at + 8 + length);
  const found = crc32(bytes.subarray(at + 4, at + 8 + length));
  if (found === expected) return length;
  throw damaged(name, `the checksum ${expected} of a chunk`, String(found));
}

function textAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function damaged(name: string, expected: string, found: string): FileFormatError {
  return new FileFormatError(name, "image data", expected, found);
}

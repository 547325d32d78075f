import { FileFormatError } from "../../core/errors.ts";
import type { DecodeOptions, Pixels } from "../../core/pixels.ts";
import { parseBmpHeader, type BmpHeader } from "./bmp-header.ts";
import { channelMasks, takeChannel } from "./bmp-masks.ts";
import { decodeRle8 } from "./bmp-rle8.ts";

/**
 * Pixels of a BMP: 1, 4 and 8 bits with a palette, 16, 24 and 32 bits, bit fields, 8-bit RLE; either row order.
 * A palette whose used colours are all grey gives one channel. Sizes are checked before anything is allocated.
 */
export function decodeBmp(bytes: Uint8Array, options: DecodeOptions): Pixels {
  const file = options.name;
  const header = parseBmpHeader(bytes, options.maxPixels, file);
  if (header.coding === "rle8") {
    const data = bytes.subarray(header.dataStart);
    const indices = decodeRle8(data, header.width, header.height, file);
    options.take?.(indices.length * 4, "pixels");
    return applyPalette(indices, bytes, header, file);
  }
  const stride = checkRows(bytes, header, file);
  if (header.bits <= 8)
    return applyPalette(unpackIndices(bytes, header, stride), bytes, header, file);
  if (header.bits === 24) return colours24(bytes, header, stride);
  return colours16or32(bytes, header, stride, file);
}

/** Bytes from one row to the next. Throws when the rows are not all in the file. */
function checkRows(bytes: Uint8Array, header: BmpHeader, file: string): number {
  const stride = Math.ceil((header.width * header.bits) / 32) * 4;
  const room = bytes.length - header.dataStart;
  // The last row's padding is left out by some writers.
  const needed = stride * (header.height - 1) + Math.ceil((header.width * header.bits) / 8);
  if (needed <= room) return stride;
  const expected = `${needed} bytes for ${header.width} × ${header.height} pixels of ${header.bits} bits`;
  throw new FileFormatError(file, "pixels", expected, `${room} bytes`);
}

/** Where the row that is shown as `row` begins. */
function rowStart({ topDown, height, dataStart }: BmpHeader, row: number, stride: number): number {
  return dataStart + (topDown ? row : height - 1 - row) * stride;
}

function unpackIndices(bytes: Uint8Array, header: BmpHeader, stride: number): Uint8Array {
  const { width, height, bits } = header;
  const indices = new Uint8Array(width * height);
  const mask = 2 ** bits - 1;
  for (let row = 0; row < height; row++) {
    const start = rowStart(header, row, stride);
    for (let x = 0; x < width; x++) {
      const at = x * bits;
      const shift = 8 - bits - (at % 8);
      indices[row * width + x] = (bytes[start + (at >> 3)] >> shift) & mask;
    }
  }
  return indices;
}

function applyPalette(indices: Uint8Array, bytes: Uint8Array, header: BmpHeader, file: string) {
  const { width, height } = header;
  const used = new Uint8Array(256);
  for (const index of indices) used[index] = 1;
  const beyond = used.lastIndexOf(1);
  if (beyond >= header.colours) {
    const expected = `an index below ${header.colours}`;
    throw new FileFormatError(file, "palette", expected, `${beyond}`);
  }
  const blueOf = (index: number) => header.headerEnd + index * header.entryBytes;
  const isGrey = (index: number) => {
    const [blue, green, red] = bytes.subarray(blueOf(index), blueOf(index) + 3);
    return blue === green && green === red;
  };
  const channels = used.every((is, index) => is === 0 || isGrey(index)) ? 1 : 3;
  const data = new Uint8Array(indices.length * channels);
  for (let i = 0; i < indices.length; i++) {
    const blue = blueOf(indices[i]);
    for (let c = 0; c < channels; c++) data[i * channels + c] = bytes[blue + 2 - c];
  }
  return { width, height, channels, data } satisfies Pixels;
}

function colours24(bytes: Uint8Array, header: BmpHeader, stride: number): Pixels {
  const { width, height } = header;
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const start = rowStart(header, row, stride);
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++) data[(row * width + x) * 3 + c] = bytes[start + x * 3 + 2 - c];
  }
  return { width, height, channels: 3, data };
}

function colours16or32(bytes: Uint8Array, header: BmpHeader, stride: number, file: string): Pixels {
  const { width, height } = header;
  const masks = channelMasks(bytes, header, file);
  const channels = masks.length === 4 ? 4 : 3;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const data = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    const start = rowStart(header, row, stride);
    for (let x = 0; x < width; x++) {
      const value =
        header.bits === 16
          ? view.getUint16(start + x * 2, true)
          : view.getUint32(start + x * 4, true);
      for (let c = 0; c < channels; c++)
        data[(row * width + x) * channels + c] = takeChannel(value, masks[c]);
    }
  }
  return { width, height, channels, data };
}

import { inflateZlib } from "#platform/zlib";
import { joinBytes } from "../bytes.ts";
import { FileFormatError } from "../errors.ts";
import type { DecodeOptions, Pixels } from "../pixels.ts";
import { checkReadable } from "./check-readable.ts";
import { pngChunks, pngHeader, type PngChunks } from "./png-chunks.ts";
import { unfilter } from "./png-filters.ts";

/** How many samples a pixel has in the file, by colour type. */
const samplesOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** Which pixels a pass of an interlaced image holds: first column and row, steps. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const whole = [[0, 0, 1, 1]] as const;

/**
 * The pixels of a PNG as they are stored. A canvas would multiply colours by their opacity, which loses them.
 * Throws `FileFormatError`, and `Unsupported` for 16 bits a channel.
 */
export async function decodePng(bytes: Uint8Array, options: DecodeOptions): Promise<Pixels> {
  checkReadable(pngHeader(bytes, options.name), options);
  const png = pngChunks(bytes, options.name);
  const { width, height } = png;
  const samples = await samplesAll(png, options.name);
  const channels = channelsOf(png);
  const data = new Uint8Array(width * height * channels);
  const paint = painter(png, samples, data, options.name);
  for (let pixel = 0; pixel < width * height; pixel++) paint(pixel);
  return { width, height, channels, data };
}

function channelsOf({ colourType, transparency }: PngChunks): Pixels["channels"] {
  if (colourType === 4 || colourType === 6 || transparency !== undefined) return 4;
  return colourType === 0 ? 1 : 3;
}

/** The samples of all pixels in order, as stored: 0 to 2ᵇ − 1. */
async function samplesAll(png: PngChunks, name: string): Promise<Uint8Array> {
  const { width, height, bits, interlaced, colourType } = png;
  const perPixel = samplesOf[colourType];
  const parts = (interlaced ? passes : whole).map(([x, y, stepX, stepY]) => {
    const columns = Math.ceil((width - x) / stepX);
    const rows = columns > 0 ? Math.max(0, Math.ceil((height - y) / stepY)) : 0;
    return {
      x,
      y,
      stepX,
      stepY,
      columns,
      rows,
      rowBytes: Math.ceil((columns * perPixel * bits) / 8),
    };
  });
  const expected = parts.reduce((sum, { rows, rowBytes }) => sum + rows * (rowBytes + 1), 0);
  const filtered = await inflate(joinBytes(png.data), expected, name);
  const samples = new Uint8Array(width * height * perPixel);
  let at = 0;
  for (const part of parts) {
    const pixelBytes = Math.max(1, (perPixel * bits) >> 3);
    const rows = unfilter(filtered.subarray(at), part.rows, part.rowBytes, pixelBytes, name);
    at += part.rows * (part.rowBytes + 1);
    for (let row = 0; row < part.rows; row++)
      for (let column = 0; column < part.columns; column++)
        for (let k = 0; k < perPixel; k++) {
          const pixel = (part.y + row * part.stepY) * width + part.x + column * part.stepX;
          const bit = (column * perPixel + k) * bits;
          samples[pixel * perPixel + k] = sampleAt(rows, row * part.rowBytes, bit, bits);
        }
  }
  return samples;
}

function sampleAt(rows: Uint8Array, start: number, bit: number, bits: number): number {
  const byte = rows[start + (bit >> 3)];
  return bits === 8 ? byte : (byte >> (8 - bits - (bit & 7))) & ((1 << bits) - 1);
}

async function inflate(bytes: Uint8Array, expected: number, name: string): Promise<Uint8Array> {
  const filtered = await inflateZlib(bytes, expected).catch((cause: unknown) => {
    throw new FileFormatError(name, "image data", "a whole image", String(cause), { cause });
  });
  if (filtered.length === expected) return filtered;
  const found = `${filtered.length} bytes`;
  throw new FileFormatError(name, "image data", `${expected} bytes of rows`, found);
}

/** What puts one pixel's samples into the channels. */
function painter(
  png: PngChunks,
  samples: Uint8Array,
  data: Uint8Array,
  name: string,
): (pixel: number) => void {
  const { colourType, bits, palette, transparency } = png;
  const channels = channelsOf(png);
  const scale = 255 / (2 ** bits - 1);
  if (colourType === 3 && palette !== undefined)
    return (pixel) => {
      const index = samples[pixel];
      if (3 * index + 2 >= palette.length)
        throw new FileFormatError(
          name,
          "palette",
          `an index below ${palette.length / 3}`,
          `${index}`,
        );
      data.set(palette.subarray(3 * index, 3 * index + 3), channels * pixel);
      if (channels === 4) data[4 * pixel + 3] = transparency?.[index] ?? 255;
    };
  const perPixel = samplesOf[colourType];
  const colours = colourType === 2 || colourType === 6 ? 3 : 1;
  const clear = clearColour(png);
  return (pixel) => {
    const at = perPixel * pixel;
    for (let c = 0; c < Math.min(3, channels); c++)
      data[channels * pixel + c] = samples[at + (colours === 3 ? c : 0)] * scale;
    if (channels !== 4) return;
    const isClear = clear?.every((value, c) => samples[at + c] === value) === true;
    data[4 * pixel + 3] = perPixel > colours ? samples[at + colours] : isClear ? 0 : 255;
  };
}

/** The colour that is transparent, two bytes a channel. */
function clearColour({ transparency, bits }: PngChunks): readonly number[] | undefined {
  if (transparency === undefined) return undefined;
  const most = 2 ** bits - 1;
  return Array.from(
    { length: transparency.length >> 1 },
    (_, c) => ((transparency[2 * c] << 8) | transparency[2 * c + 1]) & most,
  );
}

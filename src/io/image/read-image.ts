import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { decodeImage } from "#platform/images";
import type { FileInput } from "../../core/byte-source.ts";
import { FileFormatError } from "../../core/errors.ts";
import { openSource } from "../../core/open-source.ts";
import type { Pixels } from "../../core/pixels.ts";
import { Budget } from "../budget/budget.ts";
import { decodeBmp } from "./bmp.ts";
import { toGrey } from "./grey.ts";
import type { Image } from "./image.ts";

/** How to read an image. */
export interface ReadImageOptions {
  /** Convert to one channel, as PIL's `convert("L")`. Default: the channels of the file. */
  readonly grey?: boolean;
  /** Refuse an image that claims more pixels. Default 100,000,000. */
  readonly maxPixels?: number;
  /** Most bytes of memory its pixels may take. Default 192 MiB, or 200 for each byte of the file if that is more. */
  readonly maxBytes?: number;
}

const ratio = 200;

const MAX_PIXELS = 100_000_000;

const readImageNames: OptionNames<ReadImageOptions> = {
  grey: true,
  maxPixels: true,
  maxBytes: true,
};

/**
 * Read a BMP, PNG, JPEG, TIFF or WebP image of 8 bits a channel, as PIL does. Pixels come as they are stored: colour
 * profiles and rotation tags are not applied; 16-bit, CMYK and many-page images are refused, not reduced.
 *
 * Throws `FileFormatError` when the file is damaged, cut short, too large or of another kind, `Unsupported`,
 * `MissingFile`.
 *
 * @example
 * import { bmpBytes, readImage } from "tsrsa/io";
 * const bytes = bmpBytes({ width: 2, height: 1, channels: 1, data: new Uint8Array([0, 255]) });
 * const image = await readImage(bytes);
 * [image.height, image.width, image.channels]; // [1, 2, 1]
 */
export async function readImage(input: FileInput, options: ReadImageOptions = {}): Promise<Image> {
  checkOptions(options, readImageNames);
  const source = await openSource(input);
  try {
    const { name, size } = source;
    // The kind first: a large file that is no image is not read whole.
    const kind = kindOf(await source.read(0, Math.min(16, size)), name);
    const bytes = await source.read(0, size);
    const budget = new Budget(name, size, { ratio, maxBytes: options.maxBytes });
    const take = (more: number, field: string) => budget.take(more, field);
    const decoding = { name, maxPixels: options.maxPixels ?? MAX_PIXELS, take };
    const pixels: Pixels =
      kind === "BMP" ? decodeBmp(bytes, decoding) : await decodeImage(bytes, decoding);
    const image = { ...pixels, name };
    return options.grey === true ? toGrey(image) : image;
  } finally {
    await source.close();
  }
}

function kindOf(start: Uint8Array, file: string): string {
  const text = String.fromCharCode(...start);
  const kind = KINDS.find(({ signature }) => signature.test(text));
  if (kind !== undefined) return kind.name;
  const found = text === "" ? "an empty file" : "other bytes";
  const expected = "those of a BMP, PNG, JPEG, TIFF or WebP image";
  throw new FileFormatError(file, "first bytes", expected, found);
}

/** Images by their first bytes, whatever the file's name ends in. */
const KINDS = [
  { name: "BMP", signature: /^BM/ },
  { name: "PNG", signature: /^\x89PNG\r\n\x1a\n/ },
  { name: "JPEG", signature: /^\xff\xd8\xff/ },
  { name: "TIFF", signature: /^(II[*+]\0|MM\0[*+])/ },
  { name: "WebP", signature: /^RIFF[^]{4}WEBP/ },
] as const;

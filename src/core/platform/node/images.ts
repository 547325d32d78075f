import type { Metadata, Sharp } from "sharp";
import { FileFormatError, Unsupported } from "../../errors.ts";
import { checkReadable, type ImageClaims } from "../../image/check-readable.ts";
import type { DecodeOptions, Pixels } from "../../pixels.ts";

/**
 * Pixels of a PNG, JPEG, TIFF or WebP image as they are stored: no colour profile, no rotation is applied.
 * Throws `FileFormatError` for a damaged or too large image, `Unsupported` for more than 8 bits, CMYK, several pages.
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions): Promise<Pixels> {
  try {
    // Metadata decodes no pixels; without a limit here the message can say the size that was claimed.
    const metadata = await (await open(bytes, false)).metadata();
    checkReadable(claimsOf(metadata), options);
    const image = await open(bytes, options.maxPixels);
    const grey = metadata.channels === 1;
    const pipeline = grey ? image.toColourspace("b-w") : image.toColourspace("srgb");
    const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    if (info.channels === 2)
      throw new FileFormatError(options.name, "channels", "1, 3 or 4", `${info.channels}`);
    return { width, height, channels: info.channels, data: new Uint8Array(data) };
  } catch (cause) {
    if (cause instanceof FileFormatError || cause instanceof Unsupported) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FileFormatError(options.name, "image data", "a whole image", why.trim(), { cause });
  }
}

/** A PNG file of the pixels, without loss. */
export async function encodePngPixels(pixels: Pixels): Promise<Uint8Array> {
  const { width, height, channels, data } = pixels;
  const { default: sharp } = await import("sharp");
  const image = sharp(data, { raw: { width, height, channels } });
  // Without this a grey image would be written with three channels.
  const kept = channels === 1 ? image.toColourspace("b-w") : image;
  return new Uint8Array(await kept.png().toBuffer());
}

async function open(bytes: Uint8Array, limitInputPixels: number | false): Promise<Sharp> {
  const { default: sharp } = await import("sharp");
  return sharp(bytes, {
    limitInputPixels,
    failOn: "warning",
    ignoreIcc: true,
    autoOrient: false,
  });
}

function claimsOf({ width, height, depth, space, pages = 1 }: Metadata): ImageClaims {
  return { width, height, bits: depth === "uchar" ? 8 : 16, cmyk: space === "cmyk", pages };
}

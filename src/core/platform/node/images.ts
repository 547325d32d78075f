import type { Metadata, Sharp } from "sharp";
import { FileFormatError, Unsupported } from "../../errors.ts";
import type { DecodeOptions, Pixels } from "../../pixels.ts";

/**
 * Pixels of a PNG, JPEG, TIFF or WebP image as they are stored: no colour profile, no rotation is applied.
 * Throws `FileFormatError` for a damaged or too large image, `Unsupported` for more than 8 bits, CMYK, several pages.
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions): Promise<Pixels> {
  try {
    // Metadata decodes no pixels; without a limit here the message can say the size that was claimed.
    const metadata = await (await open(bytes, false)).metadata();
    checkReadable(metadata, options);
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

function checkReadable(metadata: Metadata, { name, maxPixels }: DecodeOptions): void {
  const { width, height } = metadata;
  if (width * height > maxPixels)
    throw new FileFormatError(name, "size", `at most ${maxPixels} pixels`, `${width} × ${height}`, {
      advice: "if you trust the image, raise maxPixels",
    });
  const say = (what: string, advice: string) => new Unsupported(`${name} ${what}`, advice);
  if (metadata.depth !== "uchar")
    throw say("has more than 8 bits a channel", "save it with 8 bits; or as .npy to keep them all");
  if (metadata.space === "cmyk") throw say("is in CMYK colours", "save it in RGB");
  if ((metadata.pages ?? 1) > 1) throw say("has several pages", "save each as its own image");
}

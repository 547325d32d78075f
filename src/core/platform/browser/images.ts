import { FileFormatError, Unsupported } from "../../errors.ts";
import { checkReadable, type ImageClaims } from "../../image/check-readable.ts";
import { decodePng } from "../../image/decode-png.ts";
import { jpegHeader, plainJpeg } from "../../image/jpeg-header.ts";
import { webpHeader } from "../../image/webp-header.ts";
import type { DecodeOptions, Pixels } from "../../pixels.ts";

/**
 * Pixels of a PNG, JPEG or WebP image as they are stored, as the twin for Node gives them: PNG by our own decoder, others
 * by the browser's, without colour profiles and rotation. What would be too large, and what the browser would change, is
 * refused before it is decoded. Throws `FileFormatError`, `Unsupported`.
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions): Promise<Pixels> {
  const { name } = options;
  const kind = bytes[0];
  if (kind === 0x89) return decodePng(bytes, options);
  if (kind !== 0xff && kind !== 0x52)
    throw new Unsupported(`${name} is a TIFF, which browsers do not read`, "save it as PNG");
  const header = kind === 0xff ? jpegHeader(bytes, name) : webpHeader(bytes, name);
  checkReadable(header, options);
  const plain = kind === 0xff ? plainJpeg(bytes, name) : bytes;
  const rgba = await drawn(await open(plain, name), header, name);
  return channelsOf(rgba, header, name);
}

/** The pixels that the browser decodes. */
async function drawn(
  bitmap: ImageBitmap,
  { width, height }: ImageClaims,
  name: string,
): Promise<Uint8ClampedArray> {
  try {
    if (bitmap.width !== width || bitmap.height !== height)
      throw new FileFormatError(
        name,
        "size",
        `${width} × ${height}, as the header says`,
        `${bitmap.width} × ${bitmap.height}`,
      );
    const context = canvasOf(width, height);
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  } finally {
    bitmap.close();
  }
}

/** As many channels as the file has. A canvas multiplies colours by opacity, and so loses those of what is not opaque. */
function channelsOf(
  rgba: Uint8ClampedArray,
  { width, height, channels }: ImageClaims & Pick<Pixels, "channels">,
  name: string,
): Pixels {
  for (let at = 3; at < rgba.length; at += 4)
    if (rgba[at] !== 255)
      throw new Unsupported(
        `${name} is partly transparent, and a browser changes the colours of such a WebP`,
        "save it as PNG",
      );
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < width * height; i++)
    for (let c = 0; c < channels; c++) data[channels * i + c] = rgba[4 * i + c];
  return { width, height, channels, data };
}

/** A PNG file of the pixels, without loss when they are opaque. */
export async function encodePngPixels(pixels: Pixels): Promise<Uint8Array> {
  const { width, height, channels, data } = pixels;
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = data[channels * i + (channels === 1 ? 0 : c)];
    rgba[4 * i + 3] = channels === 4 ? data[4 * i + 3] : 255;
  }
  const context = canvasOf(width, height);
  context.putImageData(new ImageData(rgba, width, height), 0, 0);
  const blob = await context.canvas.convertToBlob({ type: "image/png" });
  return new Uint8Array(await blob.arrayBuffer());
}

async function open(bytes: Uint8Array, name: string): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([new Uint8Array(bytes)]), {
      colorSpaceConversion: "none",
      premultiplyAlpha: "none",
      imageOrientation: "none" as ImageOrientation,
    });
  } catch (cause) {
    throw new FileFormatError(name, "image data", "a whole image", String(cause), { cause });
  }
}

function canvasOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null)
    throw new Unsupported("this browser has no canvas to decode images with", "use another one");
  return context;
}

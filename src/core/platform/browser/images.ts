import { FileFormatError, Unsupported } from "../../errors.ts";
import type { DecodeOptions, Pixels } from "../../pixels.ts";

/** Pixels of an image by the browser's own decoder. They come as RGBA, and as grey when all are grey and opaque. */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions): Promise<Pixels> {
  const bitmap = await open(bytes, options.name);
  const { width, height } = bitmap;
  try {
    if (width * height > options.maxPixels)
      throw new FileFormatError(
        options.name,
        "size",
        `at most ${options.maxPixels} pixels`,
        `${width} × ${height}`,
      );
    const context = canvasOf(width, height);
    context.drawImage(bitmap, 0, 0);
    return narrow(new Uint8Array(context.getImageData(0, 0, width, height).data), width, height);
  } finally {
    bitmap.close();
  }
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

/** The fewest channels that hold the same pixels. */
function narrow(rgba: Uint8Array, width: number, height: number): Pixels {
  const count = width * height;
  let [opaque, grey] = [true, true];
  for (let at = 0; at < rgba.length; at += 4) {
    opaque &&= rgba[at + 3] === 255;
    grey &&= rgba[at] === rgba[at + 1] && rgba[at] === rgba[at + 2];
  }
  if (!opaque) return { width, height, channels: 4, data: rgba };
  const channels = grey ? 1 : 3;
  const data = new Uint8Array(count * channels);
  for (let i = 0; i < count; i++)
    for (let c = 0; c < channels; c++) data[channels * i + c] = rgba[4 * i + c];
  return { width, height, channels, data };
}

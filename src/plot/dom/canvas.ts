import { InvalidArgument, Unsupported } from "../../core/errors.ts";
import { dataUrl } from "../png/data-url.ts";
import { encodeRgbaPng } from "../png/rgba-png.ts";
import { parseColour } from "../colour/parse-colour.ts";

/** Pixels as a canvas has them: four bytes each, row by row. */
export interface PixelData {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** The part of a 2D context that Plot draws with. Anything else throws by not being there. */
export interface CanvasContext {
  fillStyle: string;
  createImageData(width: number, height: number): PixelData;
  putImageData(pixels: PixelData, left: number, top: number): void;
  fillRect(left: number, top: number, width: number, height: number): void;
  toDataUrl(): string;
}

const LARGEST_PIXELS = 1 << 26;

/** A context that keeps the pixels of a canvas of the size it has at the first drawing. */
export function createCanvasContext(canvas: { width: number; height: number }): CanvasContext {
  let pixels: PixelData | undefined;
  const surface = (): PixelData => (pixels ??= blank(canvas.width, canvas.height));
  return {
    fillStyle: "#000",
    createImageData: blank,
    putImageData: (from, left, top) => copyPixels(from, surface(), left, top),
    fillRect(left, top, width, height) {
      fill(surface(), parseColour(this.fillStyle), [left, top, left + width, top + height]);
    },
    toDataUrl: () => {
      const { width, height, data } = surface();
      return dataUrl("image/png", encodeRgbaPng(data, width, height));
    },
  };
}

function blank(width: number, height: number): PixelData {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!whole) throw new InvalidArgument("canvas size", `${width} × ${height}`, "give whole pixels");
  if (width * height > LARGEST_PIXELS)
    throw new Unsupported(
      `a canvas of ${width} × ${height} pixels is too large`,
      "draw fewer pixels (pixelSize)",
    );
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

function copyPixels(from: PixelData, to: PixelData, left: number, top: number): void {
  for (let y = Math.max(0, -top); y < from.height && y + top < to.height; y++) {
    for (let x = Math.max(0, -left); x < from.width && x + left < to.width; x++) {
      const at = (y * from.width + x) * 4;
      to.data.set(from.data.subarray(at, at + 4), ((y + top) * to.width + x + left) * 4);
    }
  }
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

function fill(to: PixelData, [r, g, b, alpha]: readonly number[], [x1, y1, x2, y2]: Box): void {
  for (let y = Math.max(0, Math.round(y1)); y < Math.min(to.height, Math.round(y2)); y++) {
    for (let x = Math.max(0, Math.round(x1)); x < Math.min(to.width, Math.round(x2)); x++)
      to.data.set([r, g, b, alpha], (y * to.width + x) * 4);
  }
}

import { colourOfValue, type ValueColours } from "../colour/value-colours.ts";
import type { Rgb } from "../colour/parse-colour.ts";
import { dataUrl } from "../png/data-url.ts";
import { encodeRgbaPng } from "../png/rgba-png.ts";

/** Cells to be painted, the first row at the bottom. */
export interface Cells {
  /** nRows × nColumns, C order. */
  readonly values: Float64Array;
  readonly nRows: number;
  readonly nColumns: number;
  /** 1 for each cell that is hatched over its colour: what a reader is to leave out. */
  readonly hatched?: Uint8Array;
}

const MISSING: Rgb = [225, 225, 225];
const HATCH: Rgb = [120, 120, 120];

/** Cells as the address of a picture with at least two pixels a shown pixel, so that none is blurred. */
export function cellsImage(
  { values, nRows, nColumns, hatched }: Cells,
  colours: ValueColours,
  widthPx: number,
  heightPx: number,
): string {
  const [across, up] = [
    Math.max(1, Math.ceil((2 * widthPx) / nColumns)),
    Math.max(1, Math.ceil((2 * heightPx) / nRows)),
  ];
  const [width, height] = [across * nColumns, up * nRows];
  const pixels = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const cell = (nRows - 1 - Math.floor(y / up)) * nColumns + Math.floor(x / across);
      const value = values[cell];
      const onLine = (x + y) % 10 < 2;
      const missing = Number.isNaN(value);
      const colour = missing ? MISSING : colourOfValue(colours, value);
      const drawn = onLine && (missing || hatched?.[cell] === 1) ? HATCH : colour;
      pixels.set([drawn[0], drawn[1], drawn[2], 255], 4 * (y * width + x));
    }
  return dataUrl("image/png", encodeRgbaPng(pixels, width, height));
}

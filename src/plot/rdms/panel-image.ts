import type { Rdm } from "../../rdm/rdm.ts";
import { paletteColours, type SequentialPalette } from "../colour/palette.ts";
import type { Rgb } from "../colour/parse-colour.ts";
import { dataUrl } from "../png/data-url.ts";
import { encodePalettePng } from "../png/palette-png.ts";
import type { Range } from "./colour-range.ts";
import { DIAGONAL, panelPixels } from "./panel-pixels.ts";

/** Colours that stand for values; the rest of the palette is the diagonal and the two of the missing hatch. */
const N_COLOURS = 253;
const MASKED = 253;
const HATCH_LIGHT = 254;
const HATCH_DARK = 255;
const SPECIAL: readonly Rgb[] = [
  [255, 255, 255],
  [225, 225, 225],
  [120, 120, 120],
];

/** How values become colours. */
export interface PanelColours {
  /** undefined when no value is finite. */
  readonly range: Range | undefined;
  readonly palette: SequentialPalette;
}

/** An RDM as the address of a picture with at most two pixels a shown pixel. */
export function panelImage(rdm: Rdm, sizePx: number, colours: PanelColours): string {
  const { side, values } = panelPixels(rdm, Math.round(2 * sizePx));
  const pixels = new Uint8Array(side * side);
  for (let at = 0; at < pixels.length; at++) {
    const value = values[at];
    if (value === DIAGONAL) pixels[at] = MASKED;
    else if (Number.isNaN(value)) pixels[at] = hatch(at % side, Math.floor(at / side));
    else pixels[at] = colourIndex(value, colours.range);
  }
  return picture(pixels, side, side, colours.palette);
}

/** The colours from high (top) to low, for a colour bar. */
export function barImage(palette: SequentialPalette): string {
  return picture(
    Uint8Array.from({ length: N_COLOURS }, (_, i) => N_COLOURS - 1 - i),
    1,
    N_COLOURS,
    palette,
  );
}

/** A square that shows how missing values look. */
export function hatchImage(sizePx: number): string {
  const side = 2 * sizePx;
  const pixels = Uint8Array.from({ length: side * side }, (_, at) =>
    hatch(at % side, Math.floor(at / side)),
  );
  return picture(pixels, side, side, "viridis");
}

/** Bands of colour along items: one pixel thick and as long as items have room, at most two pixels a shown pixel. */
export function bandImage(
  colours: readonly Rgb[],
  lengthPx: number,
  direction: "across" | "down",
): string {
  const n = colours.length;
  const most = Math.round(2 * lengthPx);
  const length = n <= most ? n * Math.floor(most / n) : most;
  const palette = [...new Map(colours.map((colour) => [colour.join(), colour])).values()];
  const place = new Map(palette.map((colour, at) => [colour.join(), at]));
  const pixels = Uint8Array.from({ length }, (_, at) => {
    return place.get(colours[Math.floor((at * n) / length)].join()) ?? 0;
  });
  const [width, height] = direction === "across" ? [length, 1] : [1, length];
  return dataUrl("image/png", encodePalettePng(pixels, width, height, palette));
}

function colourIndex(value: number, range: Range | undefined): number {
  if (range === undefined) return 0;
  const [low, high] = range;
  // One value only has no place on a scale; it gets the middle.
  const place = high > low ? (value - low) / (high - low) : 0.5;
  return Math.round(Math.min(1, Math.max(0, place)) * (N_COLOURS - 1));
}

function hatch(x: number, y: number): number {
  return (x + y) % 8 < 3 ? HATCH_DARK : HATCH_LIGHT;
}

function picture(
  pixels: Uint8Array,
  width: number,
  height: number,
  palette: SequentialPalette,
): string {
  const colours = [...paletteColours(palette, N_COLOURS), ...SPECIAL];
  return dataUrl("image/png", encodePalettePng(pixels, width, height, colours));
}

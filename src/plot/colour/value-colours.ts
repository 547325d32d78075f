import { observablePlot } from "#platform/observable-plot";
import { dataUrl } from "../png/data-url.ts";
import { encodePalettePng } from "../png/palette-png.ts";
import { paletteColours, sequentialPalettes, type SequentialPalette } from "./palette.ts";
import { parseColour, type Rgb } from "./parse-colour.ts";

/** A palette of one direction, or `diverging`: blue below the middle, white, red above. */
export type ValuePalette = SequentialPalette | "diverging";

export const valuePalettes: readonly ValuePalette[] = [...sequentialPalettes, "diverging"];

/** How values become colours. */
export interface ValueColours {
  readonly range: readonly [low: number, high: number];
  readonly palette: ValuePalette;
  readonly colours: readonly Rgb[];
  /** The range was given, not found. */
  readonly given: boolean;
}

const N_COLOURS = 253;

/** Colours of values: about 0 where they lie on both sides of it, from the lowest to the highest else. */
export function valueColours(
  values: Iterable<number>,
  options: { readonly range?: readonly [number, number]; readonly palette?: ValuePalette },
): ValueColours {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  const most = Math.max(Math.abs(low), Math.abs(high));
  const around =
    options.range === undefined
      ? low < 0 && high > 0
      : options.range[0] < 0 && options.range[1] > 0;
  const palette = options.palette ?? (around ? "diverging" : "viridis");
  const found = palette === "diverging" && low <= high ? [-most, most] : [low, high];
  const [from, to] = options.range ?? found;
  const range = from < to ? [from, to] : flatRange(from);
  return {
    range: [range[0], range[1]],
    palette,
    colours: coloursOf(palette),
    given: options.range !== undefined,
  };
}

/** One value only stands in the middle of its colours. */
function flatRange(value: number): [number, number] {
  if (!Number.isFinite(value)) return [0, 1];
  const half = value === 0 ? 1 : Math.abs(value) / 2;
  return [value - half, value + half];
}

/** The colour of a value; those outside of the range have its end colours. */
export function colourOfValue({ range: [low, high], colours }: ValueColours, value: number): Rgb {
  const place = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return colours[Math.round(place * (colours.length - 1))];
}

/** The colours from high (top) to low, for a colour bar. */
export function valueBarImage({ colours }: ValueColours): string {
  const n = colours.length;
  const pixels = Uint8Array.from({ length: n }, (_, at) => n - 1 - at);
  return dataUrl("image/png", encodePalettePng(pixels, 1, n, colours));
}

const diverging: Rgb[] = [];

function coloursOf(palette: ValuePalette): readonly Rgb[] {
  if (palette !== "diverging") return paletteColours(palette, N_COLOURS);
  if (diverging.length > 0) return diverging;
  const scale = observablePlot().scale({
    color: { type: "linear", scheme: "RdBu", reverse: true, domain: [0, N_COLOURS - 1] },
  });
  for (let at = 0; at < N_COLOURS; at++) diverging.push(parseColour(String(scale.apply(at))));
  return diverging;
}

import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { paletteColours, sequentialPalettes, type SequentialPalette } from "../colour/palette.ts";
import type { Rgb } from "../colour/parse-colour.ts";
import type { Summary } from "./shown.ts";

/** Colours of a map: `symmetric` about 0, or `sequential` from the lowest value. */
export type MapScale = "symmetric" | "sequential";

/** Palettes of sequential maps; `heat` is the upper half of the symmetric one. */
export type MapPalette = "heat" | SequentialPalette;

/** How values of a map become places of a palette. */
export interface MapColours {
  readonly scale: MapScale;
  readonly low: number;
  readonly high: number;
  readonly threshold: number;
  /** The threshold is of values, not of absolute ones. */
  readonly oneSided: boolean;
  /** The range was given, not found. */
  readonly given: boolean;
  readonly colours: readonly Rgb[];
}

/** Greys of the background come first in the palette of a picture, then the map's colours. */
export const N_GREYS = 112;
export const N_COLOURS = 143;
/** Background is not drawn brighter than this, so that colours stand out. */
export const BRIGHTEST = 190;

export const greys: readonly Rgb[] = Array.from({ length: N_GREYS }, (_, i) => {
  const level = Math.round((i * BRIGHTEST) / (N_GREYS - 1));
  return [level, level, level];
});

// Lightness rises with the distance from 0 on either side; blue and red are told apart by colour-blind readers too.
const hot: readonly Rgb[] = [
  [120, 4, 20],
  [205, 30, 16],
  [243, 98, 12],
  [253, 174, 32],
  [255, 244, 150],
];
const cold: readonly Rgb[] = [
  [18, 20, 120],
  [22, 66, 200],
  [28, 128, 236],
  [72, 192, 246],
  [200, 250, 255],
];

/** What colours depend on: the values that are drawn. */
type Spread = Pick<Summary, "least" | "greatest" | "nShown" | "isFlat">;

/** Scale and palette of a map. Throws `InvalidArgument`, `UnknownOption`. */
export function mapColours(
  summary: Spread,
  options: {
    readonly scale?: MapScale;
    readonly range?: readonly [low: number, high: number];
    readonly palette?: MapPalette;
    readonly threshold: number;
    readonly oneSided: boolean;
  },
): MapColours {
  const { least, greatest, nShown } = summary;
  const scale = options.scale ?? (least < 0 ? "symmetric" : "sequential");
  if (scale !== "symmetric" && scale !== "sequential")
    throw new UnknownOption("scale", scale, ["symmetric", "sequential"]);
  const palette = options.palette ?? "heat";
  if (scale === "symmetric" && palette !== "heat")
    throw new InvalidArgument(
      "palette",
      palette,
      'it is of one direction: pass scale "sequential"',
    );
  const [low, high] =
    options.range ?? (nShown === 0 ? [scale === "symmetric" ? -1 : 0, 1] : found(scale, summary));
  checkRange(low, high, scale);
  const given = options.range !== undefined;
  const { threshold, oneSided } = options;
  const of = { scale, low, high, threshold, oneSided, given };
  const below = given ? high <= 0 : nShown > 0 && greatest <= 0;
  return { ...of, colours: coloursOf(scale, palette, below) };
}

/**
 * Whether the threshold of a map is of values, not of absolute ones: on a sequential scale where a value reaches it, or
 * where the range was given and begins at 0 or above, so that a map without such values is empty and not turned around.
 */
export function isOneSided(
  { scale, range }: { readonly scale?: MapScale; readonly range?: readonly [number, number] },
  threshold: number,
  reaches: boolean,
): boolean {
  if (scale !== "sequential" || !(threshold > 0)) return false;
  return reaches || (range !== undefined && range[0] >= 0);
}

function found(scale: MapScale, { least, greatest, isFlat }: Spread): readonly [number, number] {
  const most = Math.max(Math.abs(least), Math.abs(greatest));
  // One value has no place on a scale: a colour from the middle stands out best.
  if (isFlat) return [-most / 0.6, most / 0.6];
  if (scale === "symmetric") return [-most, most];
  return greatest <= 0 ? [least, 0] : [Math.min(0, least), greatest];
}

function checkRange(low: number, high: number, scale: MapScale): void {
  const up = Number.isFinite(low) && Number.isFinite(high) && low < high;
  const even = scale === "sequential" || Math.abs(low + high) <= 1e-9 * (high - low);
  if (!up || !even)
    throw new InvalidArgument(
      "range",
      `[${low}, ${high}]`,
      scale === "symmetric"
        ? 'give [−highest, highest], or pass scale "sequential"'
        : "give [lowest, highest], both finite",
    );
}

function coloursOf(scale: MapScale, palette: MapPalette, below: boolean): readonly Rgb[] {
  if (scale === "symmetric") {
    const half = (N_COLOURS - 1) / 2;
    const down = Array.from({ length: half }, (_, i) => blend(cold, (half - i) / half));
    return [...down, ...Array.from({ length: half + 1 }, (_, i) => blend(hot, i / half))];
  }
  if (palette !== "heat") {
    if (!sequentialPalettes.includes(palette))
      throw new UnknownOption("palette", palette, ["heat", ...sequentialPalettes]);
    return paletteColours(palette, N_COLOURS);
  }
  const last = N_COLOURS - 1;
  return Array.from({ length: N_COLOURS }, (_, i) =>
    below ? blend(cold, (last - i) / last) : blend(hot, i / last),
  );
}

function blend(stops: readonly Rgb[], place: number): Rgb {
  const at = place * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const mix = (c: 0 | 1 | 2) =>
    Math.round(stops[low][c] + (at - low) * (stops[low + 1][c] - stops[low][c]));
  return [mix(0), mix(1), mix(2)];
}

/** Place of a value among the colours. */
export function colourOf({ low, high }: MapColours, value: number): number {
  const place = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return Math.round(place * (N_COLOURS - 1));
}

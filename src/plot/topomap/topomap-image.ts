import type { FlatPlace } from "../../meg/sensors/flatten.ts";
import { colourOfValue, type ValueColours } from "../colour/value-colours.ts";
import { dataUrl } from "../png/data-url.ts";
import { encodeRgbaPng } from "../png/rgba-png.ts";
import type { Surface } from "./interpolate.ts";
import type { Clip } from "./outlines.ts";

/** How a surface is painted. */
export interface Paint {
  readonly clip: Clip;
  readonly colours: ValueColours;
  /** How many lines of equal value; 0: none. */
  readonly contours: number;
  /** From the middle of the picture to each side, in metres. */
  readonly halfM: number;
  /** Pixels along each side. */
  readonly sidePx: number;
}

/** A surface as the address of a square picture around the middle of the head, clear beyond what is drawn. */
export function topomapImage(
  { valueAt, region }: Surface,
  { clip, colours, contours, halfM, sidePx }: Paint,
): string {
  const step = (2 * halfM) / sidePx;
  const placeOf = (k: number): FlatPlace => [
    clip.origin[0] - halfM + (Math.floor(k % sidePx) + 0.5) * step,
    clip.origin[1] + halfM - (Math.floor(k / sidePx) + 0.5) * step,
  ];
  const shown = (place: FlatPlace) =>
    region === undefined ? shareInCircle(place, clip, step) : isInside(place, region) ? 1 : 0;
  const size = sidePx * sidePx;
  const alpha = Float64Array.from({ length: size }, (_, k) => shown(placeOf(k)));
  const values = alpha.map((share, k) => (share > 0 ? valueAt(placeOf(k)) : NaN));
  const pixels = new Uint8Array(4 * size);
  for (let k = 0; k < size; k++) {
    if (Number.isNaN(values[k])) continue;
    const dark = isContour(values, k, sidePx, contours, colours.range) ? 0.55 : 1;
    const [r, g, b] = colourOfValue(colours, values[k]);
    pixels.set([r * dark, g * dark, b * dark, Math.round(255 * alpha[k])], 4 * k);
  }
  return dataUrl("image/png", encodeRgbaPng(pixels, sidePx, sidePx));
}

/** How much of a pixel lies within the circle, nearly. */
function shareInCircle([x, y]: FlatPlace, { radius, origin }: Clip, step: number): number {
  const inside = (radius - Math.hypot(x - origin[0], y - origin[1])) / step + 0.5;
  return Math.min(1, Math.max(0, inside));
}

function isInside([x, y]: FlatPlace, corners: readonly FlatPlace[]): boolean {
  let inside = false;
  corners.forEach(([ax, ay], k) => {
    const [bx, by] = corners[(k + 1) % corners.length];
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside;
  });
  return inside;
}

/** Whether a line of equal value runs between a pixel and the next one to the right or below. */
function isContour(
  values: Float64Array,
  k: number,
  side: number,
  count: number,
  [low, high]: readonly [number, number],
): boolean {
  if (count === 0) return false;
  const level = (at: number) => Math.floor(((values[at] - low) / (high - low)) * (count + 1));
  const here = level(k);
  return [k % side < side - 1 ? k + 1 : k, k + side < values.length ? k + side : k].some(
    (next) => !Number.isNaN(values[next]) && level(next) !== here,
  );
}

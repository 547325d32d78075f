import type { NumericArray } from "../../core/matrix.ts";
import type { PlacedVolume } from "./volume.ts";

/** A background and the values drawn as black and as the brightest grey. */
export interface Background {
  readonly volume: PlacedVolume;
  readonly black: number;
  readonly bright: number;
}

/** Values are counted on at most so many voxels: enough for a percentile. */
const N_SAMPLES = 20_000;

/** A background with the window of grey that shows tissue: from 0 or the lowest to the 99th percentile above it. */
export function backgroundOf(volume: PlacedVolume): Background {
  const values = sampled(volume.data).filter((value) => value !== 0);
  if (values.length === 0) return { volume, black: 0, bright: 1 };
  values.sort();
  const at = (share: number) => values[Math.floor(share * (values.length - 1))];
  const black = at(0) >= 0 ? 0 : at(0.02);
  const bright = at(0.99);
  return { volume, black, bright: bright > black ? bright : black + 1 };
}

/** True for values that are part of the picture, not of the air around it. */
export function isTissue({ black, bright }: Background): (value: number) => boolean {
  const least = black + 0.12 * (bright - black);
  return (value) => value > least;
}

/** Brightness from 0 to 1. */
export function brightness({ black, bright }: Background, value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(1, Math.max(0, (value - black) / (bright - black)));
}

function sampled(data: NumericArray): Float64Array {
  const step = Math.max(1, Math.floor(data.length / N_SAMPLES));
  const values = new Float64Array(Math.ceil(data.length / step));
  for (let i = 0; i < values.length; i++) values[i] = data[i * step];
  return values.filter(Number.isFinite);
}

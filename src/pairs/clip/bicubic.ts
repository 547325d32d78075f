import type { Image } from "../../io/index.ts";

/** Weights of one new pixel: from `start`, one weight a pixel of the old image. */
interface Reach {
  readonly start: number;
  readonly weights: Float64Array;
}

/**
 * An image at another size by bicubic interpolation (a = −0.5) that widens where it shrinks, rounded to whole values
 * after each direction, rows first: what PIL's `resize(…, BICUBIC)` does, which CLIP was trained with.
 */
export function resizeBicubic(image: Image, width: number, height: number): Image {
  const { channels } = image;
  const across = alongRows(
    image.data,
    image.height,
    image.width,
    reachOf(image.width, width),
    channels,
  );
  const turned = transposed(across, image.height, width, channels);
  const down = alongRows(turned, width, image.height, reachOf(image.height, height), channels);
  return { ...image, width, height, data: transposed(down, width, height, channels) };
}

function reachOf(from: number, to: number): Reach[] {
  const step = from / to;
  const support = 2 * Math.max(1, step);
  return Array.from({ length: to }, (_, at) => {
    const centre = (at + 0.5) * step;
    const start = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(from, Math.floor(centre + support + 0.5));
    const weights = Float64Array.from({ length: end - start }, (_, k) =>
      cubic((start + k - centre + 0.5) / Math.max(1, step)),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { start, weights: weights.map((weight) => weight / sum) };
  });
}

function cubic(x: number): number {
  const [a, d] = [-0.5, Math.abs(x)];
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
}

function alongRows(
  data: Uint8Array,
  height: number,
  from: number,
  reach: readonly Reach[],
  channels: number,
): Uint8Array {
  const out = new Uint8Array(height * reach.length * channels);
  for (let y = 0, to = 0; y < height; y++) {
    for (const { start, weights } of reach) {
      for (let c = 0; c < channels; c++, to++) {
        let sum = 0;
        for (let k = 0; k < weights.length; k++)
          sum += weights[k] * data[(y * from + start + k) * channels + c];
        out[to] = Math.max(0, Math.min(255, Math.floor(sum + 0.5)));
      }
    }
  }
  return out;
}

function transposed(data: Uint8Array, height: number, width: number, channels: number): Uint8Array {
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++)
        out[(x * height + y) * channels + c] = data[(y * width + x) * channels + c];
  return out;
}

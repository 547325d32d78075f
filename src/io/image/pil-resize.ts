import type { Pixels } from "../../core/pixels.ts";

/** How pixels between pixels are found. Both widen where the image shrinks, as PIL's do. */
export type ResizeFilter = "bilinear" | "bicubic";

/** Weights of new pixels along one axis, as whole numbers of 2⁻²². */
interface Weights {
  /** The first old pixel that counts for each new one. */
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** `most` weights a new pixel. */
  readonly weights: Int32Array;
  readonly most: number;
}

const precision = 22;
const rounding = 1 << (precision - 1);

/**
 * An image at another size, by whole-number arithmetic and rows first: bit for bit what PIL's `resize` gives up to
 * version 12. (From version 13 on PIL begins with the columns of a tall image that shrinks.)
 */
export function resizePil<Given extends Pixels>(
  image: Given,
  width: number,
  height: number,
  filter: ResizeFilter,
): Given {
  const rows =
    width === image.width ? image : { ...image, width, data: across(image, width, filter) };
  if (height === image.height) return rows;
  return { ...rows, height, data: down(rows, height, filter) };
}

function across(image: Pixels, width: number, filter: ResizeFilter): Uint8Array {
  const { channels, height, data } = image;
  const reach = weightsOf(image.width, width, filter);
  const out = new Uint8Array(height * width * channels);
  const stride = image.width * channels;
  for (let y = 0, to = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < channels; c++, to++) {
        const [from, count] = [y * stride + reach.first[x] * channels + c, reach.count[x]];
        let sum = rounding;
        for (let k = 0, at = from, w = x * reach.most; k < count; k++, at += channels, w++)
          sum += reach.weights[w] * data[at];
        out[to] = clipped(sum);
      }
  return out;
}

function down(image: Pixels, height: number, filter: ResizeFilter): Uint8Array {
  const { channels, width, data } = image;
  const reach = weightsOf(image.height, height, filter);
  const stride = width * channels;
  const out = new Uint8Array(height * stride);
  const sums = new Int32Array(stride);
  for (let y = 0; y < height; y++) {
    sums.fill(rounding);
    for (let k = 0; k < reach.count[y]; k++) {
      const weight = reach.weights[y * reach.most + k];
      const from = (reach.first[y] + k) * stride;
      for (let x = 0; x < stride; x++) sums[x] += weight * data[from + x];
    }
    for (let x = 0, to = y * stride; x < stride; x++, to++) out[to] = clipped(sums[x]);
  }
  return out;
}

function clipped(sum: number): number {
  const value = sum >> precision;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

function weightsOf(from: number, to: number, filter: ResizeFilter): Weights {
  const scale = from / to;
  const wide = Math.max(1, scale);
  const support = (filter === "bilinear" ? 1 : 2) * wide;
  const most = Math.ceil(support) * 2 + 1;
  const [first, count] = [new Int32Array(to), new Int32Array(to)];
  const weights = new Int32Array(to * most);
  for (let at = 0; at < to; at++) {
    const centre = (at + 0.5) * scale;
    first[at] = Math.max(0, Math.trunc(centre - support + 0.5));
    count[at] = Math.min(from, Math.trunc(centre + support + 0.5)) - first[at];
    const own = Float64Array.from({ length: count[at] }, (_, k) =>
      weightAt((k + first[at] - centre + 0.5) / wide, filter),
    );
    const sum = own.reduce((total, weight) => total + weight, 0);
    own.forEach((weight, k) => (weights[at * most + k] = wholeNumber(weight / sum)));
  }
  return { first, count, weights, most };
}

/** In units of 2⁻²², half away from zero. */
function wholeNumber(weight: number): number {
  const scaled = weight * 2 ** precision;
  return Math.trunc(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

function weightAt(x: number, filter: ResizeFilter): number {
  const [a, d] = [-0.5, Math.abs(x)];
  if (filter === "bilinear") return d < 1 ? 1 - d : 0;
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
}

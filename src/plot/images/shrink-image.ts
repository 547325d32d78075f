import type { Pixels } from "../../core/pixels.ts";

/**
 * An image of at most `mostPixels` on its longer side: each pixel the mean over the area it covers, never a nearest
 * neighbour, which would make patterns that are not there. A smaller image is returned as it is.
 */
export function shrinkImage(image: Pixels, mostPixels: number): Pixels {
  const scale = Math.min(1, mostPixels / Math.max(image.width, image.height));
  if (scale === 1) return image;
  const { channels } = image;
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const columns = spans(image.width, width);
  const rows = spans(image.height, height);
  const data = new Uint8Array(width * height * channels);
  const sums = new Float64Array(channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      average(image, columns[x], rows[y], sums);
      data.set(
        sums.map((sum) => Math.round(sum)),
        (y * width + x) * channels,
      );
    }
  }
  return { width, height, channels, data };
}

/** The source pixels under one pixel: the first one, and the share of the whole that each of them has. */
interface Span {
  readonly first: number;
  readonly shares: readonly number[];
}

function spans(from: number, to: number): Span[] {
  const length = from / to;
  return Array.from({ length: to }, (_, at) => {
    const [start, end] = [at * length, Math.min(from, (at + 1) * length)];
    const first = Math.floor(start);
    const last = Math.min(from, Math.ceil(end - 1e-9));
    const parts = Array.from({ length: last - first }, (_, i) => {
      return Math.min(end, first + i + 1) - Math.max(start, first + i);
    });
    const whole = parts.reduce((sum, part) => sum + part, 0);
    return { first, shares: parts.map((part) => part / whole) };
  });
}

/** The mean of every channel; colours count as much as they are opaque. */
function average(
  { width, channels, data }: Pixels,
  column: Span,
  row: Span,
  sums: Float64Array,
): void {
  sums.fill(0);
  let weight = 0;
  row.shares.forEach((high, j) => {
    column.shares.forEach((wide, i) => {
      const at = ((row.first + j) * width + column.first + i) * channels;
      const opaque = channels === 4 ? data[at + 3] / 255 : 1;
      const share = high * wide;
      weight += share * opaque;
      for (let c = 0; c < channels; c++) sums[c] += data[at + c] * share * (c === 3 ? 1 : opaque);
    });
  });
  for (let c = 0; c < Math.min(3, channels); c++) sums[c] = weight > 0 ? sums[c] / weight : 0;
}

import { toInteger } from "../../core/gate/integer.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { checkImage } from "./check-pixels.ts";
import type { Image } from "./image.ts";

/** The size wanted. */
export interface ImageSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

const sizeNames: OptionNames<ImageSize> = { widthPx: true, heightPx: true };
const mostPx = 16_384;

/**
 * An image at another size: each new pixel is the mean of the area it covers, parts of pixels by their share,
 * so that fine patterns do not turn into coarse ones. Channels are kept; colours are weighed by their opacity; values are rounded.
 * Throws `InvalidArgument` for a size that is not whole and positive.
 *
 * @example
 * import { resizeImage } from "tsrsa/io";
 * const image = { width: 2, height: 1, channels: 1 as const, data: Uint8Array.of(0, 255), name: "two" };
 * Array.from(resizeImage(image, { widthPx: 1, heightPx: 1 }).data); // [ 128 ]
 */
export function resizeImage(image: Image, size: ImageSize): Image {
  checkImage(image);
  checkOptions(size, sizeNames);
  const { widthPx, heightPx } = size;
  toInteger(widthPx, "widthPx", 1, mostPx);
  toInteger(heightPx, "heightPx", 1, mostPx);
  if (image.width === widthPx && image.height === heightPx) return image;
  const { width, height, channels } = image;
  const data = channels === 4 ? weighedByAlpha(image.data) : image.data;
  const rows = alongRows(data, { height, from: width, to: widthPx, channels });
  // Turned by a quarter, columns are rows.
  const turned = transposed(rows, height, widthPx, channels);
  const both = alongRows(turned, { height: widthPx, from: height, to: heightPx, channels });
  const all = transposed(both, widthPx, heightPx, channels);
  const values = channels === 4 ? unweighed(all) : all;
  const rounded = Uint8Array.from(values, Math.round);
  return { ...image, width: widthPx, height: heightPx, data: rounded };
}

/** Colours count as much as they are opaque: what cannot be seen must not bleed into what can. */
function weighedByAlpha(data: Uint8Array): Float64Array {
  return Float64Array.from(data, (value, at) =>
    at % 4 === 3 ? value : (value * data[at - (at % 4) + 3]) / 255,
  );
}

function unweighed(data: Float64Array): Float64Array {
  return data.map((value, at) => {
    const alpha = data[at - (at % 4) + 3];
    if (at % 4 === 3) return value;
    return alpha === 0 ? 0 : Math.min(255, (value * 255) / alpha);
  });
}

interface RowSizes {
  readonly height: number;
  readonly from: number;
  readonly to: number;
  readonly channels: number;
}

function alongRows(data: ArrayLike<number>, { height, from, to, channels }: RowSizes) {
  const out = new Float64Array(height * to * channels);
  const step = from / to;
  for (let x = 0; x < to; x++) {
    const [start, end] = [x * step, Math.min(from, (x + 1) * step)];
    for (let cell = Math.floor(start); cell < Math.ceil(end); cell++) {
      const share = (Math.min(end, cell + 1) - Math.max(start, cell)) / step;
      for (let y = 0; y < height; y++) {
        for (let c = 0; c < channels; c++)
          out[(y * to + x) * channels + c] += share * data[(y * from + cell) * channels + c];
      }
    }
  }
  return out;
}

function transposed(data: Float64Array, height: number, width: number, channels: number) {
  const out = new Float64Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++)
        out[(x * height + y) * channels + c] = data[(y * width + x) * channels + c];
    }
  }
  return out;
}

import { InvalidArgument } from "../../core/errors.ts";
import { roundHalfEven } from "../../stats/round-half-even.ts";
import type { Image } from "../../io/index.ts";
import { toGrey } from "../../io/image/grey.ts";
import { resizePil } from "../../io/image/pil-resize.ts";
import type { FullPreparation } from "./preparation.ts";

/** An image as a network takes it. */
export interface PreparedImage {
  readonly data: Float32Array;
  /** Colours × height × width, or height × width × colours. */
  readonly shape: readonly number[];
}

/** Whether a pixel's colours lie together (`last`) or each colour is a picture of its own (`first`). */
export type ChannelPlace = "first" | "last";

/** An image by a preparation: colours × height × width, or height × width × colours. */
export function prepared(
  image: Image,
  preparation: FullPreparation,
  channelPlace: ChannelPlace,
): PreparedImage {
  const pixels = preparedPixels(image, preparation);
  const { width, height, channels } = pixels;
  const tables = valueTables(preparation);
  const data = new Float32Array(width * height * channels);
  const places = width * height;
  for (let at = 0, from = 0; at < places; at++)
    for (let c = 0; c < channels; c++, from++)
      data[channelPlace === "last" ? from : c * places + at] = tables[c][pixels.data[from]];
  return {
    data,
    shape: channelPlace === "last" ? [height, width, channels] : [channels, height, width],
  };
}

/** Pixels before they become other numbers: resized and cut. */
export function preparedPixels(image: Image, preparation: FullPreparation): Image {
  return cutOut(resized(inColours(checked(image), preparation), preparation), preparation);
}

function checked(image: Image): Image {
  const { data, width, height, channels } = image;
  if (!(data instanceof Uint8Array) && !((data as unknown) instanceof Uint8ClampedArray))
    throw new InvalidArgument(
      `image ${image.name}`,
      data,
      "preparations are of 8 bits a colour; read it with 8 bits first",
    );
  if (width < 1 || height < 1 || data.length !== width * height * channels)
    throw new InvalidArgument(
      `image ${image.name}`,
      `${data.length} values for ${width} × ${height} × ${channels}`,
      "give height × width × channels values",
    );
  return image;
}

/** One or three channels, in the order wanted. */
function inColours(image: Image, { colours }: FullPreparation): Image {
  if (colours === "grey") return toGrey(image);
  const { channels, data, width, height } = image;
  if (channels === 3 && colours === "rgb") return image;
  const out = new Uint8Array(width * height * 3);
  for (let at = 0, to = 0; at < width * height; at++)
    for (let c = 0; c < 3; c++, to++) {
      const channel = colours === "bgr" ? 2 - c : c;
      out[to] = data[at * channels + (channels === 1 ? 0 : channel)];
    }
  return { ...image, channels: 3, data: out };
}

function resized(image: Image, { resize, filter }: FullPreparation): Image {
  if (resize === undefined) return image;
  const { width, height } = image;
  if (typeof resize !== "number") return resizePil(image, resize[1], resize[0], filter);
  const short = Math.min(width, height);
  // In this order, as torchvision and Hugging Face: of 214 × 321 the long side is 336, and not 335.
  const side = (length: number): number =>
    length === short ? resize : Math.trunc((resize * length) / short);
  refuseThin(image, side(width), side(height));
  return resizePil(image, side(width), side(height), filter);
}

/** Pixels that an image may have once its shorter side is as wanted: of one a pixel high more comes than memory holds. */
const mostPixels = 2 ** 26;

function refuseThin({ name, width, height }: Image, toWidth: number, toHeight: number): void {
  if (toWidth * toHeight <= mostPixels) return;
  throw new InvalidArgument(
    `image ${name}`,
    `${width} × ${height}`,
    `it would become ${toWidth} × ${toHeight}: leave it out, or give [height, width] as resize`,
  );
}

function cutOut(image: Image, { crop, cropRounding }: FullPreparation): Image {
  if (crop === undefined) return image;
  const [cropHeight, cropWidth] = typeof crop === "number" ? [crop, crop] : crop;
  const framed = withFrame(image, cropHeight, cropWidth);
  const { width, height, channels, data } = framed;
  const begin = cropRounding === "even" ? roundHalfEven : Math.floor;
  const top = begin((height - cropHeight) / 2);
  const left = begin((width - cropWidth) / 2);
  if (width === cropWidth && height === cropHeight) return framed;
  const out = new Uint8Array(cropWidth * cropHeight * channels);
  const length = cropWidth * channels;
  for (let y = 0; y < cropHeight; y++) {
    const from = ((top + y) * width + left) * channels;
    out.set(data.subarray(from, from + length), y * length);
  }
  return { ...framed, width: cropWidth, height: cropHeight, data: out };
}

/** Zeros around an image that is smaller than what is cut from it; the odd pixel comes behind. */
function withFrame(image: Image, cropHeight: number, cropWidth: number): Image {
  const { width, height, channels, data } = image;
  if (width >= cropWidth && height >= cropHeight) return image;
  const [w, h] = [Math.max(width, cropWidth), Math.max(height, cropHeight)];
  const [left, top] = [Math.floor((w - width) / 2), Math.floor((h - height) / 2)];
  const out = new Uint8Array(w * h * channels);
  const length = width * channels;
  for (let y = 0; y < height; y++)
    out.set(data.subarray(y * length, (y + 1) * length), ((top + y) * w + left) * channels);
  return { ...image, width: w, height: h, data: out };
}

/** The number each of the 256 values becomes, a table a colour, rounded to float32 after each step as PyTorch does. */
function valueTables({ divide, mean, sd }: FullPreparation): Float32Array[] {
  return mean.map((subtracted, c) =>
    Float32Array.from({ length: 256 }, (_, value) => {
      const centred = Math.fround(Math.fround(value / divide) - Math.fround(subtracted));
      return centred / Math.fround(sd[c]);
    }),
  );
}

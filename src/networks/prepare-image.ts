import { oneOf } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames } from "../core/gate/options.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Image } from "../io/index.ts";
import { prepared, type ChannelPlace } from "./prepare/prepare-image.ts";
import { fullPreparation, type PreparationInput } from "./prepare/preparation.ts";

/** Where the colours of a prepared image stand. */
export interface PrepareImageOptions {
  /** `first` (default): colours × height × width, as most networks take it; `last`: height × width × colours. */
  readonly channels?: ChannelPlace;
}

const names: OptionNames<PrepareImageOptions> = { channels: oneOf(["first", "last"]) };

/**
 * An image as a network sees it: the numbers that {@link activations} gives it. Equal bit for bit to torchvision and
 * Hugging Face on Pillow up to version 12; the same in Node and in a page for the same pixels.
 *
 * @throws InvalidArgument for pixels of more than 8 bits; UnknownOption.
 * @example
 * import { prepareImage } from "tsrsa";
 * const grey = { width: 2, height: 1, channels: 1 as const, data: Uint8Array.of(0, 255), name: "grey" };
 * Array.from(prepareImage(grey, { divide: 127.5, mean: 1 }).data); // [ -1, 1, -1, 1, -1, 1 ]
 */
export function prepareImage(
  image: Image,
  prepare: PreparationInput,
  options: PrepareImageOptions = {},
): Matrix<Float32Array> {
  checkOptions(options, names);
  return prepared(image, fullPreparation(prepare), options.channels ?? "first");
}

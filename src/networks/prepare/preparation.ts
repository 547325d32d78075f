import { InvalidArgument, UnknownOption } from "../../core/errors.ts";
import { checkOptions, type OptionNames } from "../../core/gate/options.ts";
import { either, kind, numbers, oneOf, positive, text } from "../../core/gate/kinds.ts";
import type { ResizeFilter } from "../../io/image/pil-resize.ts";

/**
 * How an image becomes the numbers a network takes. Steps in this order: to the colours wanted (alpha is left out, grey
 * is three equal colours), resized, cut from the middle, then `(value / divide − mean) / sd`, each step rounded to float32.
 */
export interface Preparation {
  /** What it is called in results. Default `own`. */
  readonly name?: string;
  /** Pixels of the shorter side, or `[height, width]`; without it the image keeps its size. */
  readonly resize?: number | readonly [number, number];
  /** Default `bilinear`. Both are PIL's, which widen where the image shrinks. */
  readonly filter?: ResizeFilter;
  /** Pixels cut from the middle: a side, or `[height, width]`; smaller images get a black frame. */
  readonly crop?: number | readonly [number, number];
  /** Where half a pixel goes when the cut is not in the middle: `even` (torchvision; default) or `floor` (Hugging Face). */
  readonly cropRounding?: "even" | "floor";
  /** Default `rgb`. */
  readonly colours?: "rgb" | "bgr" | "grey";
  /** What values from 0 to 255 are divided by; default 255. */
  readonly divide?: number;
  /** Subtracted from each colour, in the order of `colours`; one number is for all. Default 0. */
  readonly mean?: number | readonly number[];
  /** Each colour is divided by it. Default 1. */
  readonly sd?: number | readonly number[];
  /** Turn images as their EXIF tag says (`apply`), or take pixels as stored (`ignore`, default, as PyTorch's loaders do: of TIFF files alone they follow it). */
  readonly orientation?: "ignore" | "apply";
}

/** Preparations that have a name. */
export type PreparationName = "imagenet" | "clip" | "net2brain" | "tf" | "caffe" | "facenet";

/** A preparation of which nothing is left open. */
export interface FullPreparation extends Required<Omit<Preparation, "resize" | "crop">> {
  readonly resize: number | readonly [number, number] | undefined;
  readonly crop: number | readonly [number, number] | undefined;
  /** One number a colour. */
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

const imagenetColours = { mean: [0.485, 0.456, 0.406], sd: [0.229, 0.224, 0.225] };

/** Each for a side of so many pixels. */
const named: Readonly<Record<PreparationName, (size: number) => Preparation>> = {
  imagenet: (size) => ({ resize: Math.round((size * 256) / 224), crop: size, ...imagenetColours }),
  clip: (size) => ({
    resize: size,
    filter: "bicubic",
    crop: size,
    cropRounding: "floor",
    mean: [0.48145466, 0.4578275, 0.40821073],
    sd: [0.26862954, 0.26130258, 0.27577711],
  }),
  net2brain: (size) => {
    const side = Math.round((size * 256) / 224);
    return { resize: [side, side], crop: size, ...imagenetColours };
  },
  tf: (size) => ({ resize: [size, size], divide: 127.5, mean: 1 }),
  caffe: (size) => ({
    resize: [size, size],
    colours: "bgr",
    divide: 1,
    mean: [103.939, 116.779, 123.68],
  }),
  facenet: (size) => ({ resize: [size, size], divide: 1, mean: 127.5, sd: 128 }),
};

/** Names of {@link preparation}. */
export const preparationNames: readonly PreparationName[] = Object.keys(named) as PreparationName[];

const isSide = (value: unknown): boolean =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 1 && value <= 16384;

const sideOrSides = kind(
  "pixels of a side from 1 to 16384, or [height, width]",
  (value) => isSide(value) || (Array.isArray(value) && value.length === 2 && value.every(isSide)),
);

const numberOrNumbers = either(kind("a number or one for each colour", Number.isFinite), numbers);

const optionNames: OptionNames<Preparation> = {
  name: text,
  resize: sideOrSides,
  filter: oneOf(["bilinear", "bicubic"]),
  crop: sideOrSides,
  cropRounding: oneOf(["even", "floor"]),
  colours: oneOf(["rgb", "bgr", "grey"]),
  divide: positive,
  mean: numberOrNumbers,
  sd: numberOrNumbers,
  orientation: oneOf(["ignore", "apply"]),
};

/** What a user may give as preparation. */
export type PreparationInput = PreparationName | Preparation;

/**
 * A preparation by name, for images of `size` pixels a side; change what differs with a spread.
 *
 * | name | steps |
 * |---|---|
 * | `imagenet` | torchvision's: shorter side 256/224 of the size, bilinear, cut from the middle, ImageNet's mean and sd |
 * | `clip` | Hugging Face's: shorter side to the size, bicubic, CLIP's mean and sd |
 * | `net2brain` | squashed to 256 × 256, cut from the middle, ImageNet's mean and sd |
 * | `tf` | squashed, −1 to 1 |
 * | `caffe` | squashed, blue first, mean colour subtracted |
 * | `facenet` | squashed, (x − 127.5) / 128 |
 *
 * @param size - pixels a side; default 224, of `facenet` 160.
 * @throws UnknownOption, InvalidArgument.
 * @example
 * import { preparation } from "tsrsa";
 * const upright = { ...preparation("imagenet"), orientation: "apply" as const };
 * upright.resize; // 256
 */
export function preparation(name: PreparationName, size?: number): Preparation {
  if (!Object.hasOwn(named, name)) throw new UnknownOption("preparation", name, preparationNames);
  const side = size ?? (name === "facenet" ? 160 : 224);
  if (!isSide(side)) throw new InvalidArgument("size", size, "give pixels of a side, 1 to 16384");
  return { name: size === undefined ? name : `${name}-${size}`, ...named[name](side) };
}

/** Everything a preparation leaves open filled in. Throws `UnknownOption`, `InvalidArgument`. */
export function fullPreparation(input: PreparationInput): FullPreparation {
  const given = typeof input === "string" ? preparation(input) : input;
  checkOptions(given, optionNames);
  const full = filledIn(given);
  return isAsNamed(full) ? full : { ...full, name: `${full.name}, changed` };
}

function filledIn(given: Preparation): FullPreparation {
  const { colours = "rgb" } = given;
  const nColours = colours === "grey" ? 1 : 3;
  const sd = perColour("sd", given.sd ?? 1, nColours);
  if (sd.includes(0)) throw new InvalidArgument("sd", given.sd, "give numbers that are not 0");
  return {
    name: given.name ?? "own",
    resize: given.resize,
    filter: given.filter ?? "bilinear",
    crop: given.crop,
    cropRounding: given.cropRounding ?? "even",
    colours,
    divide: given.divide ?? 255,
    mean: perColour("mean", given.mean ?? 0, nColours),
    sd,
    orientation: given.orientation ?? "ignore",
  };
}

/** False for one of ours by name that does something else: results must not say that it was ours. */
function isAsNamed(full: FullPreparation): boolean {
  const found = /^([a-z0-9]+?)(?:-(\d+))?$/.exec(full.name);
  const name = preparationNames.find((one) => one === found?.[1]);
  if (name === undefined) return true;
  const size = found?.[2] === undefined ? undefined : Number(found[2]);
  if (size !== undefined && !isSide(size)) return true;
  const ours = filledIn({ ...preparation(name, size), name: full.name });
  return JSON.stringify(ours) === JSON.stringify(full);
}

/** All steps and numbers of a preparation, for what results are traced to. */
export function preparationWords(full: FullPreparation): string {
  const { resize, filter, crop, cropRounding, colours, divide, mean, sd, orientation } = full;
  const sides = (side: number | readonly number[]): string =>
    typeof side === "number" ? `${side}` : side.join(" × ");
  return [
    ...(orientation === "apply" ? ["turned as EXIF says"] : []),
    ...(resize === undefined
      ? []
      : [`${typeof resize === "number" ? "shorter side " : ""}${sides(resize)}, ${filter}`]),
    ...(crop === undefined ? [] : [`centre ${sides(crop)} (${cropRounding})`]),
    colours,
    `/ ${divide}`,
    `− ${mean.join(" ")}`,
    `/ ${sd.join(" ")}`,
  ].join("; ");
}

function perColour(name: string, value: number | readonly number[], count: number): number[] {
  const values = typeof value === "number" ? Array<number>(count).fill(value) : Array.from(value);
  if (values.length === count && values.every(Number.isFinite)) return values;
  throw new InvalidArgument(name, value, `give one number, or one for each of ${count} colours`);
}

import { toRows, type MatrixLike } from "../matrix.ts";
import {
  finite,
  flag,
  kind,
  limit,
  notNegative,
  number,
  numbers,
  positive,
  record,
  share,
  simple,
  text,
  texts,
  thing,
  whole,
  type Kind,
  either,
  oneOf,
  listOf,
} from "./kinds.ts";

/** How a job is run: accepted by every function, as it changes no number. */
export const jobKinds: Readonly<Record<"signal" | "onProgress" | "jobs", Kind>> = {
  signal: kind("an AbortSignal", isSignal),
  onProgress: kind(
    "a function, true for a live line, or false for silence",
    (value) => typeof value === "function" || typeof value === "boolean",
  ),
  jobs: kind("a number of threads from 1, or −1 for all cores", isThreads),
};

const matrixLike: Kind = (value, argument) => {
  toRows(value as MatrixLike, argument);
};

const reach = kind("a radius of 0 or more", (value) => typeof value === "number" && value >= 0);

/** No picture of more is drawn; a larger number is a slip, and would take all memory. */
const pixels = kind(
  "a number of pixels above 0 and up to 32,768",
  (value) => typeof value === "number" && value > 0 && value <= 32_768,
);

const volume = thing("an image with data, shape and affine", "data", "shape", "affine");

/**
 * What an option is whose name means the same kind of value everywhere. A function that means something else by the
 * name gives its own kind beside its type; how large or small a number may be is said there, too.
 */
const kindOfName: Readonly<Record<string, Kind>> = {
  ...ofEach(flag, [
    "biasCorrection",
    "bounded",
    "compress",
    "crosshair",
    "crossValidated",
    "detrend",
    "droppedAsNan",
    "dryRun",
    "grey",
    "header",
    "ignoreNan",
    "intercept",
    "itemLabels",
    "mark",
    "noiseCeiling",
    "normalize",
    "orDemo",
    "peaks",
    "perChannel",
    "perTarget",
    "points",
    "removeMean",
    "showCaption",
    "shuffle",
    "squareRoot",
    "symmetric",
  ]),
  ...ofEach(text, [
    "altText",
    "bandLabel",
    "caption",
    "errorLabel",
    "folder",
    "groupBy",
    "itemDescriptor",
    "label",
    "name",
    "significanceLabel",
    "title",
    "yLabel",
  ]),
  ...ofEach(finite, [
    "azimuthDeg",
    "base",
    "elevationDeg",
    "margin",
    "p",
    "seed",
    "tmaxS",
    "tminS",
    "value",
  ]),
  ...ofEach(number, ["above", "below", "threshold", "thresholdP", "thresholdT"]),
  ...ofEach(positive, ["sfreqHz", "learningRate"]),
  ...ofEach(pixels, ["heightPx", "imagePx", "panelPx", "widthPx"]),
  ...ofEach(reach, ["radiusMm", "spatialRadiusM", "spatialRadius", "temporalRadiusS"]),
  ...ofEach(notNegative, [
    "gamma",
    "priorMean",
    "priorWeight",
    "regDenom",
    "regVar",
    "retryMs",
    "ridgeWeight",
  ]),
  ...ofEach(share, ["testShare", "validationShare"]),
  ...ofEach(limit, [
    "longestWaitMs",
    "maxBytes",
    "maxEntries",
    "maxPixels",
    "maxRatio",
    "maxTotalBytes",
    "stallMs",
  ]),
  ...ofEach(whole(), [
    "batchSize",
    "blockLength",
    "codeUnits",
    "columns",
    "delayVolumes",
    "dof",
    "groupSize",
    "hiddenLayers",
    "hiddenUnits",
    "kItems",
    "kRdms",
    "maxIterations",
    "nBins",
    "nPermutations",
    "nWeightings",
    "patience",
    "permutations",
    "repeats",
  ]),
  ...ofEach(whole(1), ["attempts", "maxPoints"]),
  ...ofEach(numbers, ["w", "V"]),
  ...ofEach(texts, ["colours", "titles"]),
  meta: record(simple),
  ...ofEach(matrixLike, ["VI", "confounds", "positions", "versus"]),
  ...ofEach(volume, ["background", "brainMask", "mask", "outline", "roiMask", "within"]),
  decimals: whole(0),
  neighbours: oneOf(["picks", "all"]),
  y: either(numbers, listOf(numbers)),
};

/** The kind of an option that is known by its name alone; undefined: its function looks at it. */
export function kindOfOption(name: string): Kind | undefined {
  return Object.hasOwn(kindOfName, name) ? kindOfName[name] : undefined;
}

function ofEach(kindOfAll: Kind, names: readonly string[]): Record<string, Kind> {
  return Object.fromEntries(names.map((name) => [name, kindOfAll]));
}

function isThreads(value: unknown): boolean {
  return value === -1 || (typeof value === "number" && Number.isSafeInteger(value) && value > 0);
}

function isSignal(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return "aborted" in value && typeof value.aborted === "boolean";
}

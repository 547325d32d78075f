import { InvalidArgument, ShapeMismatch, UnknownOption } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { random, type Random } from "../../core/random.ts";
import { rowMatrix } from "../pair-model.ts";
import type { PairFold, PairSplit } from "../split-pairs.ts";
import { holdOut, targetScale } from "./hold-out.ts";
import { imageGroups, wholeGroup, type ImageGroup } from "./image-groups.ts";
import {
  constantProduct,
  convolution,
  correlation,
  meanPool,
  product,
  squaredError,
  takeRows,
} from "./operations.ts";
import { loadTfjs, type Tensor, type Tfjs, type Variable } from "./tfjs.ts";
import {
  checkSchedule,
  trainNetwork,
  type NetworkOptions,
  type Trained,
  type TrainingJob,
} from "./train-network.ts";
import { Weights } from "./weights.ts";

/**
 * A Siamese network: both images go through the same two convolutional layers and one dense layer; the absolute
 * differences of the two codes give the prediction.
 */
export interface SiameseOptions extends NetworkOptions {
  /** A network that sees both pictures. */
  readonly model: "siamese-cnn";
  /** Weight of 1 − correlation in the loss; the rest is the mean squared error. Default 0.5. */
  readonly alpha?: number;
  /** `linear` (default), or `sigmoid`, which keeps predictions within the range of the training targets. */
  readonly output?: "linear" | "sigmoid";
  /** Numbers of an image's code. Default 32. */
  readonly codeUnits?: number;
  /** Images of one step; all their training pairs are learned at once. Default 16. */
  readonly groupSize?: number;
}

const FILTERS = [8, 16] as const;
/** The first layer: so many pixels a side, moved by so many. */
const SIZE = 7;
const STRIDE = 4;
/** Each image is in so many groups an epoch. */
const ROUNDS = 4;

/** Train on one fold: at most 15 epochs with steps of 0.001 unless told otherwise. */
export async function trainSiamese(
  images: Matrix<Float64Array>,
  fold: PairFold,
  split: PairSplit,
  options: SiameseOptions,
  job: TrainingJob,
): Promise<Trained> {
  const settings = checkSettings(options);
  const [, height, width] = checkImages(images.shape);
  const schedule = checkSchedule(options, { epochs: 15, learningRate: 0.001 });
  const tf = await loadTfjs();
  const { learn, check, learnImages } = holdOut(
    fold,
    split,
    schedule.validationShare,
    schedule.seed,
  );
  const stream = random(schedule.seed);
  const pixel = pixelScale(images, fold.trainImages);
  const target = settings.output === "sigmoid" ? rangeOf(learn.target) : targetScale(learn.target);
  const weights = new Weights(tf);
  const layers = makeLayers(weights, [height, width], settings.codeUnits, stream);
  const loss = (group: ImageGroup) => () => {
    const predicted = forward(tf, images, group, { layers, pixel, settings });
    const wanted = group.target.map((value) => (value - target[0]) / target[1]);
    const truth = tf.tensor(wanted, [wanted.length]);
    return mixedLoss(tf, predicted, truth, settings.alpha);
  };
  const course = {
    batches: function* () {
      const options = { size: settings.groupSize, rounds: ROUNDS, stream };
      for (const group of imageGroups(learnImages, learn, options)) yield loss(group);
    },
    validate: () =>
      check.target.length < 3 ? undefined : tf.tidy(() => loss(wholeGroup(check))().dataSync()[0]),
  };
  const { arrays, history } = await trainNetwork(tf, weights, course, schedule, job);
  const scales = {
    pixel: rowMatrix(Float64Array.from(pixel)),
    stride: rowMatrix(Float64Array.of(STRIDE)),
    target: rowMatrix(Float64Array.from(target)),
    inputShape: rowMatrix(Float64Array.of(height, width)),
  };
  const kept = { ...settings, ...schedule };
  return {
    model: { kind: "siamese-cnn", settings: kept, arrays: { ...arrays, ...scales } },
    history,
  };
}

type Settings = Required<Pick<SiameseOptions, "alpha" | "output" | "codeUnits" | "groupSize">>;

function checkSettings(options: SiameseOptions): Settings {
  const { alpha = 0.5, output = "linear", codeUnits = 32, groupSize = 16 } = options;
  if (!(alpha >= 0 && alpha <= 1)) throw new InvalidArgument("alpha", alpha, "give 0 to 1");
  if (output !== "linear" && output !== "sigmoid")
    throw new UnknownOption("output", String(output), ["linear", "sigmoid"]);
  if (!Number.isInteger(codeUnits) || codeUnits < 1 || codeUnits > 4096)
    throw new InvalidArgument("codeUnits", codeUnits, "give a whole number from 1 to 4096");
  if (!Number.isInteger(groupSize) || groupSize < 4 || groupSize > 128)
    throw new InvalidArgument("groupSize", groupSize, "give a whole number from 4 to 128");
  return { alpha, output, codeUnits, groupSize };
}

const SMALLEST = 40;
const LARGEST = 512;

function checkImages(shape: readonly number[]): readonly number[] {
  const [, height, width] = shape;
  const fits = (side: number) => side >= SMALLEST && side <= LARGEST;
  if (shape.length === 3 && fits(height) && fits(width)) return shape;
  throw new ShapeMismatch(
    `grey images, nImages × height × width, of ${SMALLEST} to ${LARGEST} pixels a side`,
    `features of shape (${shape.join(", ")})`,
    "read images with grey: true, bring them to 128 × 128 with resizeImage, and stack them with stackImages",
  );
}

function pixelScale(
  { data, shape }: Matrix<Float64Array>,
  places: Int32Array,
): [middle: number, spread: number] {
  const size = shape[1] * shape[2];
  const seen = new Float64Array(places.length * size);
  places.forEach((from, to) => seen.set(data.subarray(from * size, (from + 1) * size), to * size));
  return targetScale(seen);
}

function rangeOf(values: Float64Array): [low: number, spread: number] {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return [low, high - low || 1];
}

type Layers = Readonly<
  Record<
    | "kernel0"
    | "kernelBias0"
    | "kernel1"
    | "kernelBias1"
    | "codeWeights"
    | "codeBias"
    | "headWeights"
    | "headBias",
    Variable
  >
>;

function makeLayers(
  all: Weights,
  [height, width]: readonly [number, number],
  codeUnits: number,
  stream: Random,
): Layers {
  const [first, second] = FILTERS;
  const after = (side: number) => ((placesAlong(side) >> 1) - 2) >> 1;
  const flat = after(height) * after(width) * second;
  return {
    kernel0: all.normal("kernel0", [SIZE, SIZE, 1, first], SIZE * SIZE, 2, stream),
    kernelBias0: all.zeros("kernelBias0", first),
    kernel1: all.normal("kernel1", [3, 3, first, second], 9 * first, 2, stream),
    kernelBias1: all.zeros("kernelBias1", second),
    codeWeights: all.normal("codeWeights", [flat, codeUnits], flat, 2, stream),
    codeBias: all.zeros("codeBias", codeUnits),
    headWeights: all.normal("headWeights", [codeUnits, 1], codeUnits, 1, stream),
    headBias: all.zeros("headBias", 1),
  };
}

interface Net {
  readonly layers: Layers;
  readonly pixel: readonly [number, number];
  readonly settings: Settings;
}

function forward(
  tf: Tfjs,
  images: Matrix<Float64Array>,
  { images: places, first, second }: ImageGroup,
  { layers, pixel, settings }: Net,
): Tensor {
  const codes = encode(tf, patchesOf(tf, images, places, pixel), layers);
  const difference = tf.abs(tf.sub(takeRows(tf, codes, first), takeRows(tf, codes, second)));
  const sums = tf.add(product(tf, difference, layers.headWeights), layers.headBias);
  const out = tf.reshape(sums, [first.length]);
  return settings.output === "sigmoid" ? tf.sigmoid(out) : out;
}

function encode(tf: Tfjs, patches: Patches, layers: Layers): Tensor {
  const [n, h, w] = patches.shape;
  const kernel = tf.reshape(layers.kernel0, [SIZE * SIZE, FILTERS[0]]);
  const seen = tf.add(constantProduct(tf, patches.columns, kernel), layers.kernelBias0);
  const first = tf.relu(tf.reshape(seen, [n, h, w, FILTERS[0]]));
  const pooled = meanPool(tf, first);
  const second = tf.relu(tf.add(convolution(tf, pooled, layers.kernel1, 1), layers.kernelBias1));
  const last = meanPool(tf, second);
  const flat = tf.reshape(last, [last.shape[0], last.shape[1] * last.shape[2] * last.shape[3]]);
  return tf.relu(tf.add(product(tf, flat, layers.codeWeights), layers.codeBias));
}

/** What the first layer sees at each place, one row a place: pixels do not change, so this is a plain product. */
interface Patches {
  readonly columns: Tensor;
  readonly shape: readonly [n: number, height: number, width: number];
}

function patchesOf(
  tf: Tfjs,
  { data, shape }: Matrix<Float64Array>,
  places: Int32Array,
  [middle, spread]: readonly [number, number],
): Patches {
  const [, height, width] = shape;
  const [h, w] = [placesAlong(height), placesAlong(width)];
  const out = new Float32Array(places.length * h * w * SIZE * SIZE);
  let at = 0;
  for (const place of places) {
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        for (let dy = 0; dy < SIZE; dy++) {
          const row = (place * height + y * STRIDE + dy) * width + x * STRIDE;
          for (let dx = 0; dx < SIZE; dx++) out[at++] = (data[row + dx] - middle) / spread;
        }
      }
    }
  }
  const columns = tf.tensor(out, [places.length * h * w, SIZE * SIZE]);
  return { columns, shape: [places.length, h, w] };
}

function placesAlong(side: number): number {
  return Math.floor((side - SIZE) / STRIDE) + 1;
}

/** α (1 − correlation) + (1 − α) mean squared error. */
export function mixedLoss(tf: Tfjs, predicted: Tensor, truth: Tensor, alpha: number): Tensor {
  const apart = tf.sub(tf.scalar(1), correlation(tf, predicted, truth));
  const error = squaredError(tf, predicted, truth);
  return tf.add(tf.mul(apart, tf.scalar(alpha)), tf.mul(error, tf.scalar(1 - alpha)));
}

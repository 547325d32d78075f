import { InvalidArgument } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { random } from "../../core/random.ts";
import { fitLine } from "../baselines/distance.ts";
import type { PairList } from "../pair-list.ts";
import { rowMatrix, type PairModel } from "../pair-model.ts";
import type { PairFold, PairSplit } from "../split-pairs.ts";
import { columnScale, scaleColumns } from "../standardize.ts";
import { predictContrastive, TINY } from "./contrastive-forward.ts";
import { holdOut } from "./hold-out.ts";
import { imageGroups, wholeGroup, type ImageGroup } from "./image-groups.ts";
import { constantProduct, takeRows } from "./operations.ts";
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
 * A contrastive head: a linear map of the features into a small space, learned so that images whose responses are more
 * alike than the median come near each other and all others stay a margin apart (Hadsell et al. 2006).
 */
export interface ContrastiveOptions extends NetworkOptions {
  /** A space in which distance is the prediction. */
  readonly model: "contrastive";
  /** Dimensions of the space. Default 16. */
  readonly dimensions?: number;
  /** Distance at which unlike images are far enough apart. Default 1. */
  readonly margin?: number;
  /** Images of one step, 4 or more; all their training pairs are learned at once. Default 32. */
  readonly groupSize?: number;
}

const ROUNDS = 4;

/** Train on one fold: at most 40 epochs with steps of 0.002 unless told otherwise. */
export async function trainContrastive(
  features: Matrix<Float64Array>,
  fold: PairFold,
  split: PairSplit,
  options: ContrastiveOptions,
  job: TrainingJob,
): Promise<Trained> {
  const settings = checkSettings(options);
  const schedule = checkSchedule(options, { epochs: 40, learningRate: 0.002 });
  const tf = await loadTfjs();
  const { mean, scale } = columnScale(features, fold.trainImages);
  const scaled = scaleColumns(features, { mean, scale });
  const { learn, check, learnImages } = holdOut(
    fold,
    split,
    schedule.validationShare,
    schedule.seed,
  );
  const stream = random(schedule.seed);
  const weights = new Weights(tf);
  const nFeatures = scaled.shape[1];
  const spread = 1 / settings.dimensions;
  const shape = [nFeatures, settings.dimensions];
  const map = weights.normal("weights", shape, nFeatures, 0.5 * spread, stream);
  const median = medianOf(learn.target);
  const loss = (group: ImageGroup) => () =>
    contrast(tf, distancesOf(tf, scaled, group, map), group, median, settings.margin);
  const course = {
    batches: function* () {
      const options = { size: settings.groupSize, rounds: ROUNDS, stream };
      for (const group of imageGroups(learnImages, learn, options)) yield loss(group);
    },
    validate: () =>
      check.target.length === 0
        ? undefined
        : tf.tidy(() => loss(wholeGroup(check))().dataSync()[0]),
  };
  const { arrays, history } = await trainNetwork(tf, weights, course, schedule, job);
  const all = { ...arrays, mean: rowMatrix(mean), scale: rowMatrix(scale) };
  const kept = { ...settings, ...schedule };
  return {
    model: withLine({ kind: "contrastive", settings: kept, arrays: all }, features, fold.train),
    history,
  };
}

/** Distances become dissimilarities by the straight line that fits the training pairs best. */
function withLine(model: PairModel, features: Matrix<Float64Array>, train: PairList): PairModel {
  const line = (slope: number, intercept: number) => ({
    ...model,
    arrays: { ...model.arrays, line: rowMatrix(Float64Array.of(slope, intercept)) },
  });
  return line(...fitLine(predictContrastive(line(1, 0), features, train), train.target));
}

function checkSettings({ dimensions = 16, margin = 1, groupSize = 32 }: ContrastiveOptions) {
  // Fewer than four images make no three pairs that a group must have, and nothing would be learned.
  for (const [name, value, least] of [
    ["dimensions", dimensions, 1],
    ["groupSize", groupSize, 4],
  ] as const)
    if (!Number.isInteger(value) || value < least || value > 4096)
      throw new InvalidArgument(name, value, `give a whole number from ${least} to 4096`);
  if (!(margin > 0 && margin < Infinity))
    throw new InvalidArgument("margin", margin, "give a positive number");
  return { dimensions, margin, groupSize };
}

function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  return sorted[Math.floor(sorted.length / 2)];
}

function distancesOf(
  tf: Tfjs,
  features: Matrix<Float64Array>,
  { images, first, second }: ImageGroup,
  map: Variable,
): Tensor {
  const d = features.shape[1];
  const rows = new Float32Array(images.length * d);
  images.forEach((image, at) =>
    rows.set(features.data.subarray(image * d, (image + 1) * d), at * d),
  );
  const places = constantProduct(tf, tf.tensor(rows, [images.length, d]), map);
  const apart = tf.sub(takeRows(tf, places, first), takeRows(tf, places, second));
  const squares = tf.sum(tf.square(apart), 1);
  return tf.sqrt(tf.add(squares, tf.scalar(TINY)));
}

/** Alike: distance squared. Unlike: what is missing to the margin, squared. */
function contrast(
  tf: Tfjs,
  distances: Tensor,
  { target }: ImageGroup,
  median: number,
  margin: number,
): Tensor {
  const alike = Float32Array.from(target, (value) => (value < median ? 1 : 0));
  const near = tf.tensor(alike, [alike.length]);
  const far = tf.tensor(
    alike.map((value) => 1 - value),
    [alike.length],
  );
  const missing = tf.relu(tf.sub(tf.scalar(margin), distances));
  return tf.mean(tf.add(tf.mul(near, tf.square(distances)), tf.mul(far, tf.square(missing))));
}

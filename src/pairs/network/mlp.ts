import { InvalidArgument } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import { random, type Random } from "../../core/random.ts";
import {
  checkCombination,
  fillPairRows,
  inTrainingOrder,
  type PairCombination,
} from "../pair-features.ts";
import { takePairs, type PairList } from "../pair-list.ts";
import { rowMatrix } from "../pair-model.ts";
import type { PairFold, PairSplit } from "../split-pairs.ts";
import { columnScale, scaleColumns } from "../standardize.ts";
import { holdOut, targetScale } from "./hold-out.ts";
import { constantProduct, product, squaredError } from "./operations.ts";
import { loadTfjs, type Tensor, type Tfjs, type Variable } from "./tfjs.ts";
import {
  checkSchedule,
  trainNetwork,
  type NetworkOptions,
  type Trained,
  type TrainingJob,
} from "./train-network.ts";
import { Weights } from "./weights.ts";

/** A multi-layer perceptron on the features of both images, trained by the mean squared error. */
export interface MlpOptions extends NetworkOptions {
  /** A perceptron. */
  readonly model: "mlp";
  /** 0 (a linear model) to 3 layers of rectified units. Default 1. */
  readonly hiddenLayers?: number;
  /** Units of each. Default 512. */
  readonly hiddenUnits?: number;
  /** How two images become one row. Default `concatenate`. */
  readonly combination?: PairCombination;
  /** Pairs of one step. Default 32. */
  readonly batchSize?: number;
}

/** Train on one fold: at most 10 epochs with steps of 0.001 unless told otherwise. */
export async function trainMlp(
  features: Matrix<Float64Array>,
  fold: PairFold,
  split: PairSplit,
  options: MlpOptions,
  job: TrainingJob,
): Promise<Trained> {
  const settings = checkSettings(options);
  const schedule = checkSchedule(options, { epochs: 10, learningRate: 0.001 });
  const tf = await loadTfjs();
  const { mean, scale } = columnScale(features, fold.trainImages);
  const scaled = scaleColumns(features, { mean, scale });
  const { learn, check } = holdOut(fold, split, schedule.validationShare, schedule.seed);
  const target = targetScale(learn.target);
  const pairs = inTrainingOrder(learn, settings.combination);
  const stream = random(schedule.seed);
  const weights = new Weights(tf);
  const layers = makeLayers(weights, 2 * scaled.shape[1], settings, stream);
  const loss = (some: PairList) => () => {
    const { x, y } = batchOf(tf, scaled, some, settings.combination, target);
    return squaredError(tf, forward(tf, x, layers), y);
  };
  const course = {
    batches: () => batches(pairs, settings.batchSize, stream, loss),
    validate: () => meanLoss(tf, check, loss),
  };
  const { arrays, history } = await trainNetwork(tf, weights, course, schedule, job);
  const scales = { mean: rowMatrix(mean), scale: rowMatrix(scale) };
  const line = { target: rowMatrix(Float64Array.from(target)) };
  const kept = { ...settings, ...schedule };
  return {
    model: { kind: "mlp", settings: kept, arrays: { ...arrays, ...scales, ...line } },
    history,
  };
}

type Settings = Required<
  Pick<MlpOptions, "hiddenLayers" | "hiddenUnits" | "combination" | "batchSize">
>;

function checkSettings(options: MlpOptions): Settings {
  const { hiddenLayers = 1, hiddenUnits = 512, combination = "concatenate" } = options;
  const { batchSize = 32 } = options;
  checkCombination(combination);
  if (![0, 1, 2, 3].includes(hiddenLayers))
    throw new InvalidArgument("hiddenLayers", hiddenLayers, "give 0, 1, 2 or 3");
  for (const [name, value] of Object.entries({ hiddenUnits, batchSize }))
    if (!Number.isInteger(value) || value < 1 || value > 16384)
      throw new InvalidArgument(name, value, "give a whole number from 1 to 16384");
  return { hiddenLayers, hiddenUnits, combination, batchSize };
}

interface Layer {
  readonly weights: Variable;
  readonly bias: Variable;
}

function makeLayers(all: Weights, nInputs: number, settings: Settings, stream: Random): Layer[] {
  const { hiddenLayers, hiddenUnits } = settings;
  return Array.from({ length: hiddenLayers + 1 }, (_, at) => {
    const from = at === 0 ? nInputs : hiddenUnits;
    const to = at === hiddenLayers ? 1 : hiddenUnits;
    const gain = at === hiddenLayers ? 1 : 2;
    return {
      weights: all.normal(`weights${at}`, [from, to], from, gain, stream),
      bias: all.zeros(`bias${at}`, to),
    };
  });
}

function forward(tf: Tfjs, x: Tensor, layers: readonly Layer[]): Tensor {
  const sums = layers.reduce((input, { weights, bias }, at) => {
    // The features are constant: a gradient with respect to them would cost as much as that of the weights.
    const sum = at === 0 ? constantProduct(tf, input, weights) : product(tf, input, weights);
    const out = tf.add(sum, bias);
    return at < layers.length - 1 ? tf.relu(out) : out;
  }, x);
  return tf.reshape(sums, [x.shape[0]]);
}

function batchOf(
  tf: Tfjs,
  features: Matrix<Float64Array>,
  pairs: PairList,
  combination: PairCombination,
  [middle, spread]: readonly [number, number],
): { x: Tensor; y: Tensor } {
  const n = pairs.target.length;
  const rows = new Float32Array(n * 2 * features.shape[1]);
  fillPairRows(features, pairs, combination, rows);
  const target = Float32Array.from(pairs.target, (value) => (value - middle) / spread);
  return { x: tf.tensor(rows, [n, 2 * features.shape[1]]), y: tf.tensor(target, [n]) };
}

function* batches(
  pairs: PairList,
  size: number,
  stream: Random,
  loss: (some: PairList) => () => Tensor,
): Generator<() => Tensor> {
  const order = stream.permutation(pairs.target.length);
  for (let from = 0; from < order.length; from += size)
    yield loss(takePairs(pairs, order.subarray(from, from + size)));
}

/** Pairs whose loss is computed at once. */
const AT_ONCE = 1024;

function meanLoss(
  tf: Tfjs,
  pairs: PairList,
  loss: (some: PairList) => () => Tensor,
): number | undefined {
  const n = pairs.target.length;
  if (n === 0) return undefined;
  let sum = 0;
  for (let from = 0; from < n; from += AT_ONCE) {
    const places = Int32Array.from({ length: Math.min(AT_ONCE, n - from) }, (_, at) => from + at);
    const one = tf.tidy(() => loss(takePairs(pairs, places))().dataSync()[0]);
    sum += one * places.length;
  }
  return sum / n;
}

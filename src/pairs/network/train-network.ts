import { InvalidArgument, Unsupported } from "../../core/errors.ts";
import { pauses, type Pause } from "../../core/job.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { PairModel } from "../pair-model.ts";
import type { TrainingEpoch } from "../pair-result.ts";
import type { Tensor, Tfjs } from "./tfjs.ts";
import type { Weights } from "./weights.ts";

/** How networks are trained. */
export interface NetworkOptions {
  /** Most rounds over the training data. */
  readonly epochs?: number;
  /** Step size of Adam. */
  readonly learningRate?: number;
  /** Share of the training images whose pairs are held out to stop early; 0 for none. Default 0.15. */
  readonly validationShare?: number;
  /** Stop after so many epochs without a better validation loss. Default 5. */
  readonly patience?: number;
  /** Of the first weights and of the order of the pairs. Default 0. */
  readonly seed?: number;
}

/** What a network's training is told about the job. */
export interface TrainingJob {
  readonly signal: AbortSignal | undefined;
  readonly work: string;
  /** Takes how much is done, from 0 to 1. */
  readonly line: (share: number) => void;
}

/** A trained model and how its training went. */
export interface Trained {
  readonly model: PairModel;
  readonly history: readonly TrainingEpoch[];
}

/** What differs between networks. */
export interface Course {
  /** The losses of one epoch, made one after the other; each is computed, its gradients taken, and forgotten. */
  batches(epoch: number): Iterable<() => Tensor>;
  /** Loss of the pairs held out; undefined when there are none. */
  validate(): number | undefined;
}

/** Checked numbers of {@link NetworkOptions}. */
export type Schedule = Required<NetworkOptions>;

/** Throws `InvalidArgument` for numbers that cannot be. */
export function checkSchedule(
  options: NetworkOptions,
  usual: { epochs: number; learningRate: number },
): Schedule {
  const schedule = { validationShare: 0.15, patience: 5, seed: 0, ...usual, ...defined(options) };
  const whole = (name: "epochs" | "patience") => {
    if (!Number.isInteger(schedule[name]) || schedule[name] < 1)
      throw new InvalidArgument(name, schedule[name], "give a whole number from 1");
  };
  whole("epochs");
  whole("patience");
  if (!(schedule.learningRate > 0 && schedule.learningRate < 10))
    throw new InvalidArgument(
      "learningRate",
      schedule.learningRate,
      "give a positive number, usually 0.0001 to 0.01",
    );
  if (!(schedule.validationShare >= 0 && schedule.validationShare < 1))
    throw new InvalidArgument(
      "validationShare",
      schedule.validationShare,
      "give a share from 0 to below 1",
    );
  return schedule;
}

function defined({ epochs, learningRate, validationShare, patience, seed }: NetworkOptions) {
  const all = { epochs, learningRate, validationShare, patience, seed };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as Partial<Schedule>;
}

/** Train by Adam, stop early, and give the weights of the best epoch. Weights are disposed of. */
export async function trainNetwork(
  tf: Tfjs,
  weights: Weights,
  course: Course,
  schedule: Schedule,
  job: TrainingJob,
): Promise<{ arrays: Record<string, Matrix<Float64Array>>; history: TrainingEpoch[] }> {
  const optimizer = tf.train.adam(schedule.learningRate);
  const history: TrainingEpoch[] = [];
  let best = { loss: Infinity, epoch: 0, arrays: weights.values() };
  try {
    // One for all epochs: short ones would never come to a turn of their own.
    const pause = pauses(job.signal, job.work);
    for (let epoch = 1; epoch <= schedule.epochs; epoch++) {
      const trainLoss = await runEpoch(tf, weights, optimizer, course.batches(epoch), pause);
      const validationLoss = course.validate();
      history.push({ epoch, trainLoss, validationLoss: validationLoss ?? NaN });
      job.line(epoch / schedule.epochs);
      const loss = validationLoss ?? -epoch;
      if (loss < best.loss) best = { loss, epoch, arrays: weights.values() };
      if (epoch - best.epoch >= schedule.patience) break;
    }
  } finally {
    optimizer.dispose();
    weights.dispose();
  }
  return { arrays: best.arrays, history };
}

async function runEpoch(
  tf: Tfjs,
  weights: Weights,
  optimizer: ReturnType<Tfjs["train"]["adam"]>,
  batches: Iterable<() => Tensor>,
  pause: Pause,
): Promise<number> {
  let [total, count] = [0, 0];
  for (const batch of batches) {
    total += tf.tidy(() => {
      const { value, grads } = tf.variableGrads(batch, weights.all);
      optimizer.applyGradients(grads);
      return value.dataSync()[0];
    });
    count++;
    if (pause.due()) await pause.turn();
  }
  if (!Number.isFinite(total))
    throw new Unsupported(
      "training ran away: the loss is not finite",
      "give a smaller learningRate",
    );
  return total / count;
}

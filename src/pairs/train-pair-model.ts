import { noteDraw } from "../core/run-record.ts";
import { checkModelOptions } from "./pair-model-names.ts";
import { object, thing } from "../core/gate/kinds.ts";
import { UnknownOption } from "../core/errors.ts";
import { pauses, type JobOptions, type Pause } from "../core/job.ts";
import { toRows } from "../core/matrix.ts";
import { reporter, type ProgressLine } from "../core/progress.ts";
import { inTurns } from "../core/work.ts";
import { fitDistance, type DistanceOptions } from "./baselines/distance.ts";
import {
  fitKernelRidge,
  predictKernelRidge,
  type KernelRidgeOptions,
} from "./baselines/kernel-ridge.ts";
import { fitRidge, type RidgeOptions } from "./baselines/ridge.ts";
import { fitSvr, type SvrOptions } from "./baselines/svr.ts";
import type { ContrastiveOptions } from "./network/contrastive.ts";
import type { MlpOptions } from "./network/mlp.ts";
import type { SiameseOptions } from "./network/siamese.ts";
import type { Trained, TrainingJob } from "./network/train-network.ts";
import type { PairDataset } from "./pair-dataset.ts";
import { PairResult, type PairFoldResult } from "./pair-result.ts";
import { pairModelKinds, predictPairs } from "./predict-pairs.ts";
import { scorePairs } from "./scores.ts";
import type { PairFold } from "./split-pairs.ts";

/** A kind of model and what can be chosen for it. */
export type PairModelOptions =
  | DistanceOptions
  | RidgeOptions
  | SvrOptions
  | KernelRidgeOptions
  | MlpOptions
  | ContrastiveOptions
  | SiameseOptions;

/**
 * Train a model to predict how dissimilar the brain's responses to two images are, on the training pairs of every fold,
 * and score it on the test pairs.
 *
 * `distance` (the plain distance of the features), `ridge`, `svr` (linear support vector regression) and `kernel-ridge`
 * need nothing else. `mlp`, `contrastive`
 * and `siamese-cnn` are networks: they are trained by TensorFlow.js, which is an optional package; without it they
 * throw `MissingPackage`, which says what to install. A trained network predicts without it. The same seed gives the
 * same numbers on one machine.
 *
 * Networks stop early: a share of the training **images** is held out, and the weights that predict their pairs best
 * are kept. Long training shows its progress, and ends with `Cancelled` when the signal fires.
 *
 * @throws UnknownOption, InvalidArgument for options that cannot be; MissingPackage; Cancelled.
 * @example
 * import { pairDataset, Rdm, trainPairModel } from "tsrsa";
 * const features = [[0, 1], [1, 0], [2, 5], [3, 3], [5, 4], [8, 1]];
 * const rdm = new Rdm(Float64Array.from({ length: 15 }, (_, at) => at % 7));
 * const dataset = pairDataset(rdm, features, { testShare: 0.5 });
 * const result = await trainPairModel(dataset, { model: "distance", metric: "euclidean", onProgress: false });
 * result.folds[0].predicted.length; // 3
 */
export async function trainPairModel(
  dataset: PairDataset,
  options: PairModelOptions & JobOptions,
): Promise<PairResult> {
  object(options, "options");
  thing("what pairDataset gives", "rdm", "features", "split", "folds")(dataset, "dataset");
  if (!pairModelKinds.includes(options.model))
    throw new UnknownOption("model", options.model, pairModelKinds);
  checkModelOptions(options);
  if (isNetwork(options)) noteDraw("trainPairModel", { seed: 0, ...options });
  const work = `training ${options.model}`;
  const line = reporter(options, work, dataset.folds.length * 100);
  const folds: PairFoldResult[] = [];
  const pause = pauses(options.signal, work);
  for (const [at, fold] of dataset.folds.entries()) {
    const { signal } = options;
    const job = { signal, work, line: part(line, at) };
    const trained = await train(dataset, fold, options, job, pause);
    folds.push(await resultOf(dataset, fold, trained, pause));
    line.update((at + 1) * 100);
    if (pause.due()) await pause.turn();
  }
  line.finish();
  return new PairResult(dataset, folds);
}

/** Networks start from random weights and see pairs in random order. */
function isNetwork({ model }: PairModelOptions): boolean {
  return ["mlp", "contrastive", "siamese-cnn"].includes(model);
}

/** How far a fold has come, from 0 to 1, as steps of the whole. */
function part(line: ProgressLine, fold: number): (share: number) => void {
  return (share) => line.update(Math.floor((fold + share) * 100));
}

/** Networks are loaded only here, so that nothing of them costs anything before. */
async function train(
  { features: shaped, split }: PairDataset,
  fold: PairFold,
  options: PairModelOptions,
  job: TrainingJob,
  pause: Pause,
): Promise<Trained> {
  const { signal } = job;
  // Only a CNN knows of height and width; to all others an image is a row of pixels.
  const features = options.model === "siamese-cnn" ? shaped : toRows(shaped);
  const plain = (model: Trained["model"]): Trained => ({ model, history: [] });
  switch (options.model) {
    case "distance":
      return plain(fitDistance(features, fold.train, options));
    case "ridge":
      return plain(await fitRidge(features, fold.train, fold.trainImages, { ...options, signal }));
    case "svr":
      return plain(await inTurns(fitSvr(features, fold.train, fold.trainImages, options), pause));
    case "kernel-ridge":
      return plain(
        await inTurns(fitKernelRidge(features, fold.train, fold.trainImages, options), pause),
      );
    case "mlp":
      return (await import("./network/mlp.ts")).trainMlp(features, fold, split, options, job);
    case "contrastive":
      return (await import("./network/contrastive.ts")).trainContrastive(
        features,
        fold,
        split,
        options,
        job,
      );
    case "siamese-cnn":
      return (await import("./network/siamese.ts")).trainSiamese(
        features,
        fold,
        split,
        options,
        job,
      );
  }
}

async function resultOf(
  { features }: PairDataset,
  { train, test }: PairFold,
  { model, history }: Trained,
  pause: Pause,
): Promise<PairFoldResult> {
  const predict = async (pairs: PairFold["test"]): Promise<Float64Array> =>
    model.kind === "kernel-ridge"
      ? inTurns(predictKernelRidge(model, toRows(features), pairs), pause)
      : predictPairs(model, features, pairs);
  const predicted = await predict(test);
  const fitted = await predict(train);
  const trainScores = scorePairs(train.target, fitted);
  return { model, history, predicted, ...scorePairs(test.target, predicted), trainScores };
}

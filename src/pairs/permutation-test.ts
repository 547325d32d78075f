import { noteDraw } from "../core/run-record.ts";
import { thing } from "../core/gate/kinds.ts";
import { checkOptions, type OptionNames, jobNames } from "../core/gate/options.ts";
import { InvalidArgument } from "../core/errors.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import { reporter } from "../core/progress.ts";
import { random } from "../core/random.ts";
import { centredSide, correlationOf, type Centred } from "../stats/centred.ts";
import { rank } from "../stats/index.ts";
import type { PairResult } from "./pair-result.ts";

/** How the test is made. */
export interface PairPermutationOptions extends JobOptions {
  /** Default 1000. */
  readonly nPermutations?: number;
  /** Default 0. */
  readonly seed?: number;
}

/** A permutation test of predictions. */
export interface PairPermutationTest {
  /** Spearman's correlation of predicted and true dissimilarities, mean over folds; `NaN` where a fold has none. */
  readonly spearman: number;
  /**
   * Share of permutations that do as well, the data themselves counted as one. `NaN` where `spearman` is: a constant
   * prediction, or a constant truth, in a fold has no correlation that could be tested.
   */
  readonly pValue: number;
  /** The correlation with images permuted, one a permutation. */
  readonly null: Float64Array;
}

const pairPermutationNames: OptionNames<PairPermutationOptions> = {
  nPermutations: true,
  seed: true,
  ...jobNames,
};

/**
 * Do predictions fit better than chance? Pairs are not independent of each other, so images are permuted, not pairs:
 * predictions are compared with the true dissimilarities of the same images under other names, within each fold's test
 * images (Mantel 1967; one-sided). Small p values say nothing about a leak: what is remembered fits too.
 *
 * @throws InvalidArgument for fewer than 1 permutation; Cancelled.
 * @example
 * import { pairDataset, pairPermutationTest, Rdm, trainPairModel } from "tsrsa";
 * const features = Array.from({ length: 16 }, (_, at) => [at, Math.sin(at)]);
 * const rdm = new Rdm(Float64Array.from({ length: 120 }, (_, at) => at % 11));
 * const result = await trainPairModel(pairDataset(rdm, features), { model: "distance", metric: "euclidean", onProgress: false });
 * const { pValue } = await pairPermutationTest(result, { nPermutations: 99, onProgress: false });
 * pValue > 0 && pValue <= 1; // true
 */
export async function pairPermutationTest(
  result: PairResult,
  options: PairPermutationOptions = {},
): Promise<PairPermutationTest> {
  thing("what trainPairModel gives", "folds", "dataset")(result, "result");
  checkOptions(options, pairPermutationNames);
  const { nPermutations = 1000, seed = 0, signal } = options;
  noteDraw("pairPermutationTest", { nPermutations, seed });
  if (!Number.isInteger(nPermutations) || nPermutations < 1)
    throw new InvalidArgument("nPermutations", nPermutations, "give a whole number from 1");
  const work = "permuting images";
  const line = reporter(options, work, nPermutations);
  const stream = random(seed);
  const folds = result.folds.map(({ predicted }) => centredSide(rank(predicted)));
  const none = result.dataset.folds.map(({ testImages }) => testImages.map((_, at) => at));
  const spearman = meanScore(result, folds, none);
  const scores = new Float64Array(nPermutations);
  const pause = pauses(signal, work);
  for (let at = 0; at < nPermutations; at++) {
    const orders = none.map(({ length }) => stream.permutation(length));
    scores[at] = meanScore(result, folds, orders);
    if (!pause.due()) continue;
    line.update(at + 1);
    await pause.turn();
  }
  line.finish();
  return { spearman, pValue: shareAsGood(scores, spearman), null: scores };
}

/** A permutation without a score cannot be told to do worse, so that it counts; without a score there is no p value. */
function shareAsGood(scores: Float64Array, score: number): number {
  if (Number.isNaN(score)) return NaN;
  const asGood = scores.filter((other) => !(other < score - 1e-12)).length;
  return (asGood + 1) / (scores.length + 1);
}

function meanScore(
  { dataset }: PairResult,
  predicted: readonly Centred[],
  orders: readonly Int32Array[],
): number {
  const scores = dataset.folds.map(({ test, testImages }, fold) => {
    const other = new Map(
      Array.from(testImages, (image, at) => [image, testImages[orders[fold][at]]]),
    );
    const truth = Float64Array.from(test.i, (i, at) =>
      dataset.rdm.at(other.get(i) ?? i, other.get(test.j[at]) ?? test.j[at]),
    );
    return correlationOf(predicted[fold], centredSide(rank(truth)));
  });
  return scores.reduce((sum, score) => sum + score / scores.length, 0);
}

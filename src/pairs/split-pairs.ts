import { InvalidArgument, UnknownItem } from "../core/errors.ts";
import { random } from "../core/random.ts";
import { kFold } from "../stats/index.ts";
import { pairsWithin, takePairs, type PairList } from "./pair-list.ts";

/**
 * What is divided into training and test: the images, so that no image of a test pair was ever seen, or the pairs, so
 * that nearly every image of a test pair was seen with other partners. The second is a leak and is named so.
 */
export type PairSplit = "images" | "pairs-leaky";

/** One division into training and test pairs. */
export interface PairFold {
  readonly train: PairList;
  readonly test: PairList;
  /** Images in training pairs, ascending; scales are learned from these alone. */
  readonly trainImages: Int32Array;
  /** Images in test pairs, ascending. With a leaky split most are training images too. */
  readonly testImages: Int32Array;
  /** Pairs of a training image with a test image: they belong to neither and are left out. */
  readonly nUnused: number;
}

/** How to divide. */
export interface SplitOptions {
  readonly split: PairSplit;
  readonly testShare: number;
  readonly nFolds: number | undefined;
  readonly testImages: readonly string[] | undefined;
  readonly seed: number;
}

/** Fewest images of a part: two make one pair, and one pair has no order to predict. */
const FEWEST = 3;

/** The folds. Throws `InvalidArgument` when there are too few images. */
export function splitPairs(
  pairs: PairList,
  items: readonly string[],
  options: SplitOptions,
): PairFold[] {
  const { split, nFolds, testImages, seed } = options;
  const stream = random(seed);
  if (split === "pairs-leaky") {
    const order = stream.permutation(pairs.target.length);
    return testsOf(order, pairs.target.length, options).map((test) => leakyFold(pairs, test));
  }
  checkImages(items.length, nFolds, testImages);
  const tests =
    testImages === undefined
      ? testsOf(stream.permutation(items.length), items.length, options)
      : [placesOf(testImages, items)];
  return tests.map((test) => imageFold(pairs, items.length, test));
}

/** Places tested in each fold: of a shuffled list the first share, or one consecutive part after the other. */
function testsOf(order: Int32Array, n: number, { nFolds, testShare }: SplitOptions): Int32Array[] {
  if (nFolds !== undefined)
    return kFold(n, nFolds).map(({ test }) => test.map((at) => order[at]).sort());
  const most = n - FEWEST;
  const nTest = Math.ceil(testShare * n);
  if (!(testShare > 0 && testShare < 1) || nTest > most)
    throw new InvalidArgument(
      "testShare",
      testShare,
      `give a share of the ${n}, above 0 and so that ${FEWEST} or more are left to learn from`,
    );
  return [order.slice(0, Math.max(nTest, FEWEST)).sort()];
}

function imageFold(pairs: PairList, nImages: number, testImages: Int32Array): PairFold {
  const tested = new Set(testImages);
  const all = Int32Array.from({ length: nImages }, (_, at) => at);
  const trainImages = all.filter((at) => !tested.has(at));
  const [train, test] = [pairsWithin(pairs, trainImages), pairsWithin(pairs, testImages)];
  const nUnused = pairs.target.length - train.target.length - test.target.length;
  return { train, test, trainImages, testImages, nUnused };
}

function leakyFold(pairs: PairList, places: Int32Array): PairFold {
  const tested = new Set(places);
  const rest = Int32Array.from(pairs.i.keys()).filter((at) => !tested.has(at));
  const [train, test] = [takePairs(pairs, rest), takePairs(pairs, places)];
  return { train, test, trainImages: imagesIn(train), testImages: imagesIn(test), nUnused: 0 };
}

function imagesIn({ i, j }: PairList): Int32Array {
  return Int32Array.from(new Set([...i, ...j])).sort();
}

function checkImages(
  n: number,
  nFolds: number | undefined,
  testImages: readonly string[] | undefined,
): void {
  if (nFolds !== undefined && (!Number.isInteger(nFolds) || nFolds < 2 || nFolds * FEWEST > n))
    throw new InvalidArgument(
      "nFolds",
      nFolds,
      `there are ${n} images and each fold needs ${FEWEST}; give a whole number from 2 to ${Math.floor(n / FEWEST)}`,
    );
  const nTest = testImages?.length ?? FEWEST;
  if (nTest < FEWEST || n - nTest < FEWEST)
    throw new InvalidArgument(
      testImages === undefined ? "images" : "testImages",
      `${testImages === undefined ? n : nTest} of ${n} images`,
      `training and test need ${FEWEST} images each`,
    );
}

function placesOf(names: readonly string[], items: readonly string[]): Int32Array {
  const position = new Map(items.map((item, at) => [item, at]));
  const places = names.map((name) => {
    const at = position.get(name);
    if (at === undefined) throw new UnknownItem(name, items);
    return at;
  });
  return Int32Array.from(new Set(places)).sort();
}

import { random } from "../../core/random.ts";
import { pairsWithin, takePairs, type PairList } from "../pair-list.ts";
import type { PairFold, PairSplit } from "../split-pairs.ts";

/** Fewest images that make a validation set. */
const FEWEST = 4;

/** Training pairs in two parts: to learn from, and to see when to stop. */
export interface HeldOut {
  readonly learn: PairList;
  /** No pairs when none are held out. */
  readonly check: PairList;
  readonly learnImages: Int32Array;
}

/**
 * Hold out a share of the training images, and with them every pair they are in. With a leaky split pairs are held out,
 * as its test pairs were.
 */
export function holdOut(fold: PairFold, split: PairSplit, share: number, seed: number): HeldOut {
  const { train, trainImages } = fold;
  const stream = random(seed + 1);
  if (split === "pairs-leaky") {
    const order = stream.permutation(train.target.length);
    const nCheck = Math.floor(share * order.length);
    const check = takePairs(train, order.slice(0, nCheck).sort());
    const learn = takePairs(train, order.slice(nCheck).sort());
    return { learn, check, learnImages: trainImages };
  }
  const order = stream.permutation(trainImages.length).map((at) => trainImages[at]);
  const wanted = Math.round(share * order.length);
  const nCheck = share === 0 || order.length < 3 * FEWEST ? 0 : Math.max(FEWEST, wanted);
  const learnImages = order.slice(nCheck).sort();
  return {
    learn: pairsWithin(train, learnImages),
    check: pairsWithin(train, order.slice(0, nCheck).sort()),
    learnImages,
  };
}

/** Mean and population standard deviation of targets. */
export function targetScale(target: Float64Array): [middle: number, spread: number] {
  const middle = target.reduce((sum, value) => sum + value / target.length, 0);
  const square = target.reduce((sum, value) => sum + (value - middle) ** 2 / target.length, 0);
  return [middle, Math.sqrt(square) || 1];
}

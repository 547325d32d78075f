import { random } from "../../stats/random.ts";
import { meanPatternOf } from "./two-class.ts";

/** Trials with their items and folds. */
export interface FoldTrials {
  /** nTrials × nFeatures, C order. */
  readonly data: Float64Array;
  readonly nFeatures: number;
  /** The item of each trial; −1 for one that is left out. */
  readonly item: Int32Array;
  readonly fold: Int32Array;
  readonly nFolds: number;
}

/** Means of so many trials of one item in one fold, drawn at random; what is left over goes into the last mean. */
export function pseudoTrials(
  { data, nFeatures, item, fold, nFolds }: FoldTrials,
  nItems: number,
  size: number,
  seed: number,
): FoldTrials {
  const rng = random(seed);
  const [means, items, folds]: [Float64Array[], number[], number[]] = [[], [], []];
  for (let f = 0; f < nFolds; f++)
    for (let i = 0; i < nItems; i++) {
      const rows = Array.from(item.keys()).filter((row) => item[row] === i && fold[row] === f);
      const order = rng.permutation(rows.length);
      const count = Math.max(1, Math.floor(rows.length / size));
      for (let k = 0; k < count; k++) {
        const last = k === count - 1 ? rows.length : (k + 1) * size;
        const own = Array.from(order.subarray(k * size, last), (at) => rows[at]);
        means.push(meanPatternOf(data, nFeatures, own));
        items.push(i);
        folds.push(f);
      }
    }
  const all = new Float64Array(means.length * nFeatures);
  means.forEach((mean, at) => all.set(mean, at * nFeatures));
  return {
    data: all,
    nFeatures,
    item: Int32Array.from(items),
    fold: Int32Array.from(folds),
    nFolds,
  };
}

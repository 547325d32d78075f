import type { NumericArray } from "../../core/matrix.ts";
import type { PatchedPatterns } from "../patched-patterns.ts";

/** Which patterns count in cross-validated distances, and how much. */
export interface FoldWeights {
  readonly nFolds: number;
  /** By how much each fold counts in the training mean of another: nFolds (trained for) × nFolds × nItems. */
  readonly weights: Float64Array;
  /** 1 where an item is in a fold and in another, else 0: nFolds × nItems. */
  readonly known: Float64Array;
  /** In how many folds both items of a pair count, condensed; NaN for none. */
  readonly nKnown: Float64Array;
  /** The value that a voxel may lose in a fold without a distance noticing: sums keep their digits. */
  readonly offset: (voxel: number, fold: number) => number;
}

/** How folds are put together; undefined where an item lacks some voxels of a fold, but not all. */
export function foldWeights(patched: PatchedPatterns): FoldWeights | undefined {
  const { data, shape, nFolds, counts } = patched;
  const [nItems, nVoxels] = shape;
  const there = whoIsThere(data, nFolds * nItems, nVoxels);
  if (there === undefined) return undefined;
  const count = (row: number): number => (there[row] === 1 ? (counts?.[row] ?? 1) : 0);
  const weights = new Float64Array(nFolds * nFolds * nItems);
  const known = new Float64Array(nFolds * nItems);
  for (let fold = 0; fold < nFolds; fold++)
    for (let item = 0; item < nItems; item++) {
      let total = 0;
      for (let other = 0; other < nFolds; other++)
        if (other !== fold || nFolds === 1) total += count(other * nItems + item);
      known[fold * nItems + item] = total > 0 && there[fold * nItems + item] === 1 ? 1 : 0;
      for (let other = 0; other < nFolds; other++)
        if ((other !== fold || nFolds === 1) && total > 0)
          weights[(fold * nFolds + other) * nItems + item] = count(other * nItems + item) / total;
    }
  const nKnown = countPairs(known, nFolds, nItems);
  const balanced = there.every((one, row) => one === 1 && count(row) === count(0));
  const offset = offsets(data, { there, nFolds, nItems, nVoxels, balanced });
  return { nFolds, weights, known, nKnown, offset };
}

/** 1 for each row with a pattern, 0 for one that is not there; undefined where one is there in part. */
function whoIsThere(data: NumericArray, nRows: number, nVoxels: number): Uint8Array | undefined {
  const there = new Uint8Array(nRows);
  for (let row = 0; row < nRows; row++) {
    let missing = 0;
    for (let at = row * nVoxels; at < (row + 1) * nVoxels; at++) {
      if (Number.isFinite(data[at])) continue;
      if (!Number.isNaN(data[at])) return undefined;
      missing++;
    }
    if (missing > 0 && missing < nVoxels) return undefined;
    there[row] = missing > 0 ? 0 : 1;
  }
  return there;
}

function countPairs(known: Float64Array, nFolds: number, nItems: number): Float64Array {
  const counts = new Float64Array((nItems * (nItems - 1)) / 2);
  let pair = 0;
  for (let i = 0; i < nItems; i++)
    for (let j = i + 1; j < nItems; j++, pair++) {
      for (let fold = 0; fold < nFolds; fold++)
        counts[pair] += known[fold * nItems + i] * known[fold * nItems + j];
      if (counts[pair] === 0) counts[pair] = NaN;
    }
  return counts;
}

interface Rows {
  readonly there: Uint8Array;
  readonly nFolds: number;
  readonly nItems: number;
  readonly nVoxels: number;
  readonly balanced: boolean;
}

/** The mean over the items of a fold; where folds have not the same items, over all there are: training means mix folds. */
function offsets(
  data: NumericArray,
  { there, nFolds, nItems, nVoxels, balanced }: Rows,
): FoldWeights["offset"] {
  const mean = (voxel: number, from: number, to: number): number => {
    let [sum, n] = [0, 0];
    for (let row = from; row < to; row++) {
      if (there[row] === 0) continue;
      sum += data[row * nVoxels + voxel];
      n++;
    }
    return n > 0 ? sum / n : 0;
  };
  if (balanced) return (voxel, fold) => mean(voxel, fold * nItems, (fold + 1) * nItems);
  return (voxel) => mean(voxel, 0, nFolds * nItems);
}

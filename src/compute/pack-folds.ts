import type { NumericArray } from "../core/matrix.ts";
import type { GramMetric } from "./kernels.ts";
import { packVoxels } from "./pack-voxels.ts";

/** Patterns of nFolds × nItems × nVoxels. */
interface Folds {
  readonly nFolds: number;
  readonly nItems: number;
  readonly nVoxels: number;
  readonly metric: GramMetric;
}

/**
 * The sets of rows that cross-validated patches are made of, each as `packVoxels` has them. Angles: the mean pattern,
 * then for each fold the mean of the others plus it, and minus it; half the difference of their squares is the product
 * of both. Squares: the mean, then each fold.
 */
export function packFolds(data: NumericArray, folds: Folds, rows: Float64Array): void {
  const { nFolds, nItems, nVoxels, metric } = folds;
  const size = nItems * nVoxels;
  const room = nVoxels * Math.ceil(nItems / 4) * 4;
  let set = 0;
  const put = (patterns: Float64Array): void => {
    const to = rows.subarray(set * room, (set + 1) * room);
    packVoxels(patterns, nItems, nVoxels, metric === "correlation", to);
    set++;
  };
  const mean = meanOf(data, nFolds, size);
  put(mean);
  const isAngle = metric === "correlation" || metric === "cosine";
  for (let fold = 0; fold < nFolds; fold++) {
    const own = Float64Array.from(data.subarray(fold * size, (fold + 1) * size));
    if (!isAngle) {
      put(own);
      continue;
    }
    const others = own.map((value, at) => (mean[at] * nFolds - value) / (nFolds - 1));
    put(others.map((value, at) => value + own[at]));
    put(others.map((value, at) => value - own[at]));
  }
}

function meanOf(data: NumericArray, nFolds: number, size: number): Float64Array {
  const mean = new Float64Array(size);
  for (let fold = 0; fold < nFolds; fold++) {
    for (let at = 0; at < size; at++) mean[at] += data[fold * size + at];
  }
  for (let at = 0; at < size; at++) mean[at] /= nFolds;
  return mean;
}

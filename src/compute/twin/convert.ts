import { withoutNoise } from "../exact-correlation.ts";

/** Numbers of the metrics, as in `assembly/convert.ts`. */
export const CORRELATION = 0;
export const SQEUCLIDEAN = 2;
export const EUCLIDEAN = 3;

/** The number of features in which noise is looked for; only where they are correlated does it matter. */
export function featuresOf(metric: number, inverseCount: number): number {
  return metric === CORRELATION ? Math.round(1 / inverseCount) : Infinity;
}

/** A dissimilarity from a sum of products (or of squared differences). */
export function dissimilarity(
  metric: number,
  sum: number,
  productOfSums: number,
  scale: number,
  nFeatures: number,
): number {
  if (metric === SQEUCLIDEAN) return sum;
  if (metric === EUCLIDEAN) return Math.sqrt(sum);
  return withoutNoise(1 - (sum - productOfSums) * scale, nFeatures);
}

/** Place of item i's row in a condensed vector, such that pair (i, j) is at row + j. */
export function condensedRow(i: number, n: number): number {
  return (i * (2 * n - i - 1)) / 2 - i - 1;
}

/** Row and column of a square of tiles in the upper triangle of nSides × nSides squares. */
export function squareAt(block: number, nSides: number): [number, number] {
  let row = 0;
  let column = block;
  for (; column >= nSides - row; row++) column -= nSides - row;
  return [row, column + row];
}

/** Tiles on a side of a square, and items on a side of a tile. */
export const SIDE = 8;
export const TILE = 4;

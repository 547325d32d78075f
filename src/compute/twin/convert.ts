/** Numbers of the metrics, as in `assembly/convert.ts`. */
export const CORRELATION = 0;
export const SQEUCLIDEAN = 2;
export const EUCLIDEAN = 3;

/** Rounding noise of 1 − r: below it two patterns cannot be told from equal ones, and the distance is 0. */
const NOISE = 8.881784197001252e-16;

/** A dissimilarity from a sum of products (or of squared differences). */
export function dissimilarity(
  metric: number,
  sum: number,
  productOfSums: number,
  scale: number,
): number {
  if (metric === SQEUCLIDEAN) return sum;
  if (metric === EUCLIDEAN) return Math.sqrt(sum);
  const d = 1 - (sum - productOfSums) * scale;
  return Math.abs(d) < NOISE ? 0 : d;
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

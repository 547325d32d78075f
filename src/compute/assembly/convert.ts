export const CORRELATION: i32 = 0;
export const COSINE: i32 = 1;
export const SQEUCLIDEAN: i32 = 2;
export const EUCLIDEAN: i32 = 3;

/** Rounding noise of 1 − r: nearer to 0 or 2, two patterns cannot be told from equal or opposite ones. */
const NOISE: f64 = 9e-16;

/** What counts as noise: two features correlate by 1 or −1 and nothing between, so that there all of it is. */
// @ts-ignore: decorator
@inline
export function noiseOf(metric: i32, inverseCount: f64): v128 {
  return f64x2.splat(metric == CORRELATION && inverseCount == 0.5 ? 1 : NOISE);
}

/** Two dissimilarities from two sums of products (or of squared differences). */
// @ts-ignore: decorator
@inline
export function dissimilarity(
  metric: i32,
  sums: v128,
  productOfSums: v128,
  scale: v128,
  noise: v128,
): v128 {
  if (metric == SQEUCLIDEAN) return sums;
  if (metric == EUCLIDEAN) return f64x2.sqrt(sums);
  const r = f64x2.mul(f64x2.sub(sums, productOfSums), scale);
  const d = f64x2.sub(f64x2.splat(1), r);
  const two = f64x2.splat(2);
  const positive = v128.andnot(d, f64x2.lt(f64x2.abs(d), noise));
  return v128.bitselect(two, positive, f64x2.lt(f64x2.abs(f64x2.sub(two, d)), noise));
}

/** Place of item i's row in a condensed vector, such that pair (i, j) is at row + j. */
// @ts-ignore: decorator
@inline
export function condensedRow(i: i32, n: i32): isize {
  const at: i64 = (<i64>i * (2 * <i64>n - <i64>i - 1)) / 2 - <i64>i - 1;
  return <isize>at;
}

/** Write the part of two neighbouring dissimilarities (i, j) and (i, j + 1) that lies above the diagonal. */
// @ts-ignore: decorator
@inline
export function storePart(out: usize, row: isize, i: i32, j: i32, n: i32, pair: v128): void {
  if (j > i && j < n) store<f64>(out + ((<usize>(row + j)) << 3), f64x2.extract_lane(pair, 0));
  if (j + 1 > i && j + 1 < n) store<f64>(out + ((<usize>(row + j + 1)) << 3), f64x2.extract_lane(pair, 1));
}

import { InvalidArgument } from "../../core/errors.ts";
import { cholesky, inverseOf, solveCholesky } from "../../linalg/cholesky.ts";
import { autocorrelations, lagProducts } from "./autocorrelation.ts";
import { timesBack } from "./basis.ts";
import type { Moments } from "./moments.ts";

/** What a fit found. */
export interface Solution {
  /** p × nSeries in C order. */
  readonly betas: Float64Array;
  /** Variance of the (whitened) noise: squares left over rows less columns. */
  readonly variance: Float64Array;
  /** Autocorrelation of each series; 0 without `ar1`. */
  readonly rho: Float64Array;
  /** (XᵀX)⁻¹ of the whitened design by autocorrelation, p × p. */
  readonly covariances: ReadonlyMap<number, Float64Array>;
}

/** Coefficients, variance and autocorrelation of each series from the sums over its rows. */
export function solveMoments(moments: Moments): Solution {
  const { basis, nSeries, noise } = moments;
  const { p } = basis;
  const rho = noise === "ar1" ? autocorrelations(moments) : new Float64Array(nSeries);
  const betas = new Float64Array(p * nSeries);
  const variance = new Float64Array(nSeries);
  const covariances = new Map<number, Float64Array>();
  const lag = noise === "ar1" ? lagProducts(moments) : new Float64Array(0);
  for (const [value, members] of groupsOf(rho)) {
    const { lower, covariance } = systemOf(moments, value, lag);
    covariances.set(value, covariance);
    for (const s of members) solveSeries(moments, s, value, lower, betas, variance);
  }
  return { betas, variance, rho, covariances };
}

function groupsOf(rho: Float64Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  rho.forEach((value, s) => {
    const members = groups.get(value);
    if (members === undefined) groups.set(value, [s]);
    else members.push(s);
  });
  return groups;
}

interface NormalSystem {
  readonly lower: Float64Array;
  readonly covariance: Float64Array;
}

/** The normal equations of the whitened design. */
function systemOf({ basis, ends }: Moments, rho: number, lag: Float64Array): NormalSystem {
  const { p, n, q, back } = basis;
  const matrix = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) {
      const own = i === j ? 1 : 0;
      let value = own;
      if (rho !== 0) {
        let before = own;
        for (const row of ends) before -= q[i * n + row] * q[j * n + row];
        value += -2 * rho * lag[i * p + j] + rho * rho * before;
      }
      matrix[i * p + j] = value;
    }
  const lower = cholesky(matrix, p);
  if (lower === undefined)
    throw new InvalidArgument(
      "design",
      `singular for noise of autocorrelation ${rho}`,
      'leave a column out, or say noise: "ols"',
    );
  return { lower, covariance: turned(back, inverseOf(lower, p), p) };
}

/** B S Bᵀ with an upper triangle B. */
function turned(back: Float64Array, inner: Float64Array, p: number): Float64Array {
  const half = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++)
      for (let k = i; k < p; k++) half[i * p + j] += back[i * p + k] * inner[k * p + j];
  const both = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++)
      for (let k = j; k < p; k++) both[i * p + j] += half[i * p + k] * back[j * p + k];
  return both;
}

function solveSeries(
  moments: Moments,
  s: number,
  rho: number,
  lower: Float64Array,
  betas: Float64Array,
  variance: Float64Array,
): void {
  const { basis, nSeries } = moments;
  const { n, p, ofOne } = basis;
  const { right, squares } = whitened(moments, s, rho);
  const gamma = rho === 0 ? right : solveCholesky(lower, right);
  let left = squares;
  for (let c = 0; c < p; c++) left -= gamma[c] * right[c];
  variance[s] = Math.max(0, left) / (n - p);
  const own = timesBack(basis.back, gamma);
  const offset = moments.offset[s];
  for (let c = 0; c < p; c++)
    betas[c * nSeries + s] = own[c] + (ofOne === undefined ? 0 : offset * ofOne[c]);
}

/** Qᵀy and yᵀy of the whitened rows. */
function whitened(
  { basis, plain, lagged, squares, products, ends, atEnds }: Moments,
  s: number,
  rho: number,
): { right: Float64Array; squares: number } {
  const { n, p, q } = basis;
  const right = plain.slice(s * p, (s + 1) * p);
  if (rho === 0) return { right, squares: squares[s] };
  let before = squares[s];
  const shifted = right.slice();
  ends.forEach((row, k) => {
    const value = atEnds[s * ends.length + k];
    before -= value * value;
    for (let c = 0; c < p; c++) shifted[c] -= q[c * n + row] * value;
  });
  for (let c = 0; c < p; c++) right[c] += -rho * lagged[s * p + c] + rho * rho * shifted[c];
  return { right, squares: squares[s] - 2 * rho * products[s] + rho * rho * before };
}

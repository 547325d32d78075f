import { InvalidArgument } from "../../core/errors.ts";
import { cholesky, inverseOf, solveCholeskyIn } from "../../linalg/cholesky.ts";
import { autocorrelations, lagProducts } from "./autocorrelation.ts";
import type { DesignBasis } from "./basis.ts";
import { Moments, type NoiseModel } from "./moments.ts";

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
  const solver = new SeriesSolver(moments);
  // Series after series, as they lie in memory: those of one autocorrelation share a system.
  const systems = new Map<number, NormalSystem>();
  for (let s = 0; s < nSeries; s++) {
    const value = rho[s];
    let system = systems.get(value);
    if (system === undefined) {
      system = systemOf(moments, value, lag);
      systems.set(value, system);
      covariances.set(value, system.covariance);
    }
    solver.solve(s, value, system.lower, betas, variance);
  }
  return { betas, variance, rho, covariances };
}

/** The covariances of {@link Solution}, of a design and the autocorrelations of its series alone. */
export function covariancesOf(
  basis: DesignBasis,
  noise: NoiseModel,
  rho: Float64Array,
): Map<number, Float64Array> {
  const none = new Moments(basis, 0, noise);
  const lag = noise === "ar1" ? lagProducts(none) : new Float64Array(0);
  return new Map([...new Set(rho)].map((one) => [one, systemOf(none, one, lag).covariance]));
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

/** Solves one series after the other, in the same memory. */
class SeriesSolver {
  readonly #moments: Moments;
  /** Qᵀy of the whitened rows. */
  readonly #right: Float64Array;
  /** Qᵀy of the rows on which one follows. */
  readonly #shifted: Float64Array;
  /** Coefficients of the basis. */
  readonly #gamma: Float64Array;

  constructor(moments: Moments) {
    const { p } = moments.basis;
    this.#moments = moments;
    this.#right = new Float64Array(p);
    this.#shifted = new Float64Array(p);
    this.#gamma = new Float64Array(p);
  }

  solve(
    s: number,
    rho: number,
    lower: Float64Array,
    betas: Float64Array,
    variance: Float64Array,
  ): void {
    const { basis, nSeries, offset } = this.#moments;
    const { n, p, back, ofOne } = basis;
    const [right, gamma] = [this.#right, this.#gamma];
    let left = this.#whiten(s, rho);
    for (let c = 0; c < p; c++) gamma[c] = right[c];
    if (rho !== 0) solveCholeskyIn(lower, gamma);
    for (let c = 0; c < p; c++) left -= gamma[c] * right[c];
    variance[s] = Math.max(0, left) / (n - p);
    for (let i = 0; i < p; i++) {
      let own = 0;
      for (let j = i; j < p; j++) own += back[i * p + j] * gamma[j];
      betas[i * nSeries + s] = own + (ofOne === undefined ? 0 : offset[s] * ofOne[i]);
    }
  }

  /** Qᵀy of the whitened rows; returns their yᵀy. */
  #whiten(s: number, rho: number): number {
    const { basis, plain, lagged, squares, products, ends, atEnds } = this.#moments;
    const { n, p, q } = basis;
    const [right, shifted] = [this.#right, this.#shifted];
    const at = s * p;
    for (let c = 0; c < p; c++) right[c] = shifted[c] = plain[at + c];
    if (rho === 0) return squares[s];
    let before = squares[s];
    for (let k = 0; k < ends.length; k++) {
      const value = atEnds[s * ends.length + k];
      before -= value * value;
      for (let c = 0; c < p; c++) shifted[c] -= q[c * n + ends[k]] * value;
    }
    for (let c = 0; c < p; c++) right[c] += -rho * lagged[at + c] + rho * rho * shifted[c];
    return squares[s] - 2 * rho * products[s] + rho * rho * before;
  }
}

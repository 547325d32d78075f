import type { Moments } from "./moments.ts";

/**
 * Autocorrelation of the residuals of each series from volume to volume, truncated towards 0 to a hundredth, as in
 * nilearn: of what least squares leave, less one mean over all series. Pairs of rows with a gap between do not count.
 */
export function autocorrelations(moments: Moments): Float64Array {
  const { basis, nSeries, plain, sums } = moments;
  const { n, p } = basis;
  const left = residualMoments(moments);
  // With a constant in the design what is left has no mean.
  const onesOfQ = Float64Array.from({ length: p }, (_, c) =>
    basis.q.subarray(c * n, (c + 1) * n).reduce((sum, value) => sum + value, 0),
  );
  const residualSums = new Float64Array(nSeries);
  if (basis.ofOne === undefined)
    for (let s = 0; s < nSeries; s++) {
      let explained = 0;
      for (let c = 0; c < p; c++) explained += onesOfQ[c] * plain[s * p + c];
      residualSums[s] = sums[s] - explained;
    }
  const mean = residualSums.reduce((sum, value) => sum + value, 0) / (nSeries * n);
  const nPairs = basis.linked.reduce((sum, one) => sum + one, 0);
  return Float64Array.from({ length: nSeries }, (_, s) => {
    const sum = residualSums[s];
    const squares = left.squares[s] - 2 * mean * sum + n * mean * mean;
    const outer = 2 * sum - left.starts[s] - left.ends[s];
    const products = left.products[s] - mean * outer + nPairs * mean * mean;
    const rho = products / nPairs / (squares / n);
    return Number.isFinite(rho) ? Math.trunc(rho * 100) / 100 + 0 : 0;
  });
}

/** Sums over the rows of what least squares leave of each series. */
interface ResidualMoments {
  readonly squares: Float64Array;
  readonly products: Float64Array;
  /** Sum over the rows that follow on none, and over those on which none follows. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

function residualMoments(moments: Moments): ResidualMoments {
  const { basis, nSeries, plain, lagged, squares, products, starts, ends } = moments;
  const { p } = basis;
  const once = lagProducts(moments);
  const atRows = (rows: Int32Array, values: Float64Array): Float64Array =>
    Float64Array.from({ length: nSeries }, (_, s) => {
      let sum = 0;
      rows.forEach((row, k) => {
        sum += values[s * rows.length + k];
        for (let c = 0; c < p; c++) sum -= basis.q[c * basis.n + row] * plain[s * p + c];
      });
      return sum;
    });
  const left = { squares: new Float64Array(nSeries), products: new Float64Array(nSeries) };
  for (let s = 0; s < nSeries; s++) {
    const at = s * p;
    let [square, product] = [squares[s], products[s]];
    for (let i = 0; i < p; i++) {
      let row = 0;
      for (let j = 0; j < p; j++) row += once[i * p + j] * plain[at + j];
      square -= plain[at + i] * plain[at + i];
      product += plain[at + i] * (row - lagged[at + i]);
    }
    left.squares[s] = Math.max(0, square);
    left.products[s] = product;
  }
  return { ...left, starts: atRows(starts, moments.atStarts), ends: atRows(ends, moments.atEnds) };
}

/** Σ (qₜ qₜ₋₁ᵀ + qₜ₋₁ qₜᵀ)/2 over rows that follow on each other, p × p. */
export function lagProducts({ basis: { q, n, p, linked } }: Moments): Float64Array {
  const sums = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++)
      for (let t = 1; t < n; t++)
        if (linked[t] === 1)
          sums[i * p + j] +=
            (q[i * n + t] * q[j * n + t - 1] + q[i * n + t - 1] * q[j * n + t]) / 2;
  return sums;
}

import type { Matrix } from "../../core/matrix.ts";

/** What is left of the data as they are, or after whitening. */
export type ResidualKind = "raw" | "whitened";

/** What a model leaves of each series: nRows × nSeries. */
export function residualsOf(
  rows: Matrix<Float64Array>,
  design: Matrix<Float64Array>,
  betas: Float64Array,
  rho: Float64Array,
  kind: ResidualKind,
): Matrix<Float64Array> {
  const [n, nSeries] = rows.shape;
  const left = rows.data.slice();
  subtractPredictions(left, nSeries, design, betas);
  if (kind === "whitened") whitenRows(left, n, rho);
  return { data: left, shape: [n, nSeries] };
}

/** Take Xβ off rows of the series. */
export function subtractPredictions(
  left: Float64Array,
  nSeries: number,
  { data: x, shape: [n, p] }: Matrix<Float64Array>,
  betas: Float64Array,
): void {
  for (let t = 0; t < n; t++)
    for (let c = 0; c < p; c++) {
      const value = x[t * p + c];
      if (value === 0) continue;
      for (let s = 0; s < nSeries; s++) left[t * nSeries + s] -= value * betas[c * nSeries + s];
    }
}

/** yₜ − ρ yₜ₋₁ of each series, in place; a row that follows on none stays. */
export function whitenRows(
  rows: Float64Array,
  n: number,
  rho: Float64Array,
  linked?: Uint8Array,
): void {
  const nSeries = rho.length;
  for (let t = n - 1; t > 0; t--) {
    if (linked !== undefined && linked[t] === 0) continue;
    for (let s = 0; s < nSeries; s++) rows[t * nSeries + s] -= rho[s] * rows[(t - 1) * nSeries + s];
  }
}

/** Variance of the prediction over that of the data, both whitened. */
export function explainedShare(
  rows: Matrix<Float64Array>,
  design: Matrix<Float64Array>,
  betas: Float64Array,
  rho: Float64Array,
): Float64Array {
  const [n, nSeries] = rows.shape;
  const data = rows.data.slice();
  const left = rows.data.slice();
  subtractPredictions(left, nSeries, design, betas);
  const predicted = data.map((value, at) => value - left[at]);
  whitenRows(data, n, rho);
  whitenRows(predicted, n, rho);
  const [above, below] = [variances(predicted, nSeries), variances(data, nSeries)];
  return above.map((value, s) => value / below[s]);
}

function variances(rows: Float64Array, nSeries: number): Float64Array {
  const n = rows.length / nSeries;
  return Float64Array.from({ length: nSeries }, (_, s) => {
    let [mean, squares] = [0, 0];
    for (let t = 0; t < n; t++) mean += rows[t * nSeries + s] / n;
    for (let t = 0; t < n; t++) squares += (rows[t * nSeries + s] - mean) ** 2;
    return squares / n;
  });
}

import { largestOf } from "../core/extremes.ts";
import { singularValues } from "../linalg/singular-values.ts";
import { columnMeans } from "../stats/standard-scale.ts";
import type { RegressionInput } from "./regression-input.ts";

/**
 * Ridge regression where features are collinear and the penalty cures nothing: the shortest of the equal solutions, by
 * singular values, as scikit-learn falls back to. Directions below rounding count as none.
 */
export function shortestLeastSquares(
  input: RegressionInput,
  targets: readonly number[],
  { alpha, intercept }: { readonly alpha: number; readonly intercept: boolean },
): { coef: Float64Array; intercept: Float64Array } {
  const { features, nRows: n, nFeatures: p, nTargets } = input;
  const means = intercept ? columnMeans(features, n, p) : new Float64Array(p);
  // The longer side of the matrix is kept as columns: rotations then work on the shorter.
  const tall = n >= p;
  const at = (row: number, j: number): number => features[row * p + j] - means[j];
  const columns = tall
    ? Array.from({ length: p }, (_, j) => Float64Array.from({ length: n }, (_u, row) => at(row, j)))
    : Array.from({ length: n }, (_, row) =>
        Float64Array.from({ length: p }, (_u, j) => at(row, j)),
      );
  const { scaled, values, v } = singularValues(columns);
  const cutoff = Number.EPSILON * Math.max(n, p) * Math.max(0, largestOf(values));
  const kept = [...values.keys()].filter((k) => values[k] > cutoff);
  const coef = new Float64Array(targets.length * p);
  const offsets = new Float64Array(targets.length);
  targets.forEach((target, t) => {
    const y = Float64Array.from({ length: n }, (_, row) => input.targets[row * nTargets + target]);
    const mean = intercept ? columnMeans(y, n, 1)[0] : 0;
    const own = coef.subarray(t * p, (t + 1) * p);
    for (const k of kept) {
      const left = (row: number): number => (tall ? scaled[k][row] / values[k] : v[row][k]);
      const right = (j: number): number => (tall ? v[j][k] : scaled[k][j] / values[k]);
      let along = 0;
      for (let row = 0; row < n; row++) along += left(row) * (y[row] - mean);
      const weight = (along * values[k]) / (values[k] ** 2 + alpha);
      for (let j = 0; j < p; j++) own[j] += weight * right(j);
    }
    offsets[t] = mean - own.reduce((sum, value, j) => sum + value * means[j], 0);
  });
  return { coef, intercept: offsets };
}

import { gram } from "../compute/gram.ts";
import { columnMeans } from "../stats/standard-scale.ts";
import type { RegressionInput } from "./regression-input.ts";

/** Features in as few columns as there are rows: products of rows, and so every ridge regression, stay the same. */
export interface ReducedFeatures {
  readonly features: Float64Array;
  readonly nFeatures: number;
  /** Coefficients of the features as they were, from those of the reduced: nTargets × nFeatures. */
  restore(
    coef: Float64Array,
    intercept: Float64Array,
  ): { coef: Float64Array; intercept: Float64Array };
}

/** Below this share of the largest, what is left of a row is a combination of others and rounding. */
const NOTHING = 1e-13;

/**
 * With more features than rows, a triangular factor L of the products of rows (X Xᵀ = L Lᵀ) stands for X; it has a
 * column a row. Otherwise the features are used as they are.
 */
export function reduceFeatures(input: RegressionInput, intercept: boolean): ReducedFeatures {
  const { features, nRows, nFeatures: p } = input;
  if (p <= nRows)
    return { features, nFeatures: p, restore: (coef, offset) => ({ coef, intercept: offset }) };
  const means = intercept ? columnMeans(features, nRows, p) : new Float64Array(p);
  const centred = features.map((value, at) => value - means[at % p]);
  const { rows, pivots } = pivotedCholesky(gram(centred, nRows, p), nRows);
  const r = pivots.length;
  const reduced = new Float64Array(nRows * r);
  rows.forEach((row, i) => reduced.set(row.subarray(0, r), i * r));
  return {
    features: reduced,
    nFeatures: r,
    restore: (coef, offsets) => {
      const nTargets = offsets.length;
      const full = new Float64Array(nTargets * p);
      const moved = new Float64Array(nTargets);
      for (let t = 0; t < nTargets; t++) {
        const weights = solveTransposed(rows, pivots, coef.subarray(t * r, (t + 1) * r));
        const out = full.subarray(t * p, (t + 1) * p);
        pivots.forEach((row, k) => {
          for (let j = 0; j < p; j++) out[j] += weights[k] * centred[row * p + j];
        });
        moved[t] = offsets[t] - out.reduce((sum, value, j) => sum + value * means[j], 0);
      }
      return { coef: full, intercept: moved };
    },
  };
}

/** Rows of L, and the rows that were taken as pivots, in order: those rows of L form a triangle. */
function pivotedCholesky(
  products: Float64Array,
  n: number,
): { rows: Float64Array[]; pivots: number[] } {
  const rows = Array.from({ length: n }, () => new Float64Array(n));
  const left = Float64Array.from({ length: n }, (_, i) => products[i * n + i]);
  const most = left[largest(left)];
  const pivots: number[] = [];
  for (let k = 0; k < n; k++) {
    const pivot = largest(left);
    if (!(left[pivot] > NOTHING * most)) break;
    const root = Math.sqrt(left[pivot]);
    pivots.push(pivot);
    const own = rows[pivot];
    for (let i = 0; i < n; i++) {
      if (left[i] === -Infinity) continue;
      const row = rows[i];
      let value = products[i * n + pivot];
      for (let c = 0; c < k; c++) value -= row[c] * own[c];
      if (i !== pivot) row[k] = value / root;
      if (i !== pivot) left[i] -= row[k] * row[k];
    }
    own[k] = root;
    left[pivot] = -Infinity;
  }
  return { rows, pivots };
}

/** Where the largest is, the first of equals. */
function largest(values: Float64Array): number {
  let best = 0;
  values.forEach((value, at) => {
    if (value > values[best]) best = at;
  });
  return best;
}

/** Solve Tᵀ x = b, T the triangle of the pivots' rows. */
function solveTransposed(
  rows: readonly Float64Array[],
  pivots: readonly number[],
  right: Float64Array,
): Float64Array {
  const x = right.slice();
  for (let k = pivots.length - 1; k >= 0; k--) {
    const row = rows[pivots[k]];
    x[k] /= row[k];
    for (let c = 0; c < k; c++) x[c] -= row[c] * x[k];
  }
  return x;
}

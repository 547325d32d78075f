import { matrixProduct } from "../compute/matrix-product.ts";
import { pauses, type JobOptions } from "../core/job.ts";
import type { WideFeatures } from "./wide-features.ts";

/** Features in as few columns as there are rows: products of rows, and so every ridge regression, stay the same. */
export interface ReducedFeatures {
  readonly features: Float64Array;
  readonly nFeatures: number;
  /** Coefficients of the features as they were, from those of the reduced: nTargets × nFeatures. */
  restore(
    coef: Float64Array,
    intercept: Float64Array,
  ): Promise<{ coef: Float64Array; intercept: Float64Array }>;
}

/** Below this share of the largest, what is left of a row is a combination of others and rounding. */
const NOTHING = 1e-13;

/**
 * A triangular factor L of the products of rows (X Xᵀ = L Lᵀ) stands for more features than rows; it has a column a row,
 * and none for a row that follows from others. For penalties that do not tell such rows apart.
 */
export async function reduceFeatures(
  { means, centred, products }: WideFeatures,
  n: number,
  job: Pick<JobOptions, "signal" | "jobs">,
): Promise<ReducedFeatures> {
  const p = means.length;
  const { rows, pivots } = await pivotedCholesky(products, n, job.signal);
  const r = pivots.length;
  const reduced = new Float64Array(n * r);
  rows.forEach((row, i) => reduced.set(row.subarray(0, r), i * r));
  return {
    features: reduced,
    nFeatures: r,
    restore: async (coef, offsets) => {
      const nTargets = offsets.length;
      const weights = new Float64Array(nTargets * r);
      const pause = pauses(job.signal, "ridge regression");
      for (let t = 0; t < nTargets; t++) {
        const own = coef.subarray(t * r, (t + 1) * r);
        weights.set(solveTransposed(rows, pivots, own), t * r);
        if (pause.due()) await pause.turn();
      }
      const right = new Float64Array(r * p);
      pivots.forEach((row, k) => right.set(centred.subarray(row * p, (row + 1) * p), k * p));
      const factors = { left: weights, nRows: nTargets, k: r, right, nColumns: p };
      const full = await matrixProduct(factors, job);
      const intercept = offsets.map((offset, t) => offset - dotAt(full, t * p, means));
      return { coef: full, intercept };
    },
  };
}

function dotAt(data: Float64Array, from: number, other: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < other.length; j++) sum += data[from + j] * other[j];
  return sum;
}

/** Rows of L, and the rows that were taken as pivots, in order: those rows of L form a triangle. */
async function pivotedCholesky(
  products: Float64Array,
  n: number,
  signal: AbortSignal | undefined,
): Promise<{ rows: Float64Array[]; pivots: number[] }> {
  const pause = pauses(signal, "ridge regression");
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
    if (pause.due()) await pause.turn();
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

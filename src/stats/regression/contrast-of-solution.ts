import { symmetricEigen } from "../../linalg/symmetric-eigen.ts";
import type { Contrast } from "./contrast-of.ts";
import { ContrastResult } from "./contrast-result.ts";
import type { Solution } from "./solve-moments.ts";

/** The contrast of a fit, in every series. */
export function contrastOfSolution(
  { betas, variance, rho, covariances }: Solution,
  { kind, rows }: Contrast,
  dof: number,
): ContrastResult {
  const n = variance.length;
  const dim = rows.length;
  const effect = new Float64Array(dim * n);
  rows.forEach((row, k) =>
    row.forEach((weight, c) => {
      if (weight === 0) return;
      for (let s = 0; s < n; s++) effect[k * n + s] += weight * betas[c * n + s];
    }),
  );
  const spread = new Map(
    [...covariances].map(([value, covariance]) => [value, between(rows, covariance)]),
  );
  if (kind === "t") {
    const scaled = variance.map((noise, s) => noise * (spread.get(rho[s])?.[0] ?? NaN));
    return new ContrastResult({ kind, dim, effect, variance: scaled, dof });
  }
  whitenEffects(effect, rho, spread, dim);
  return new ContrastResult({ kind, dim, effect, variance, dof });
}

/** C S Cᵀ, dim × dim. */
function between(rows: readonly Float64Array[], covariance: Float64Array): Float64Array {
  const p = rows[0].length;
  const q = rows.length;
  const out = new Float64Array(q * q);
  for (let a = 0; a < q; a++)
    for (let b = 0; b < q; b++)
      for (let i = 0; i < p; i++)
        for (let j = 0; j < p; j++)
          out[a * q + b] += rows[a][i] * covariance[i * p + j] * rows[b][j];
  return out;
}

/** Multiplied by the inverse of the symmetric root of their covariance. */
function whitenEffects(
  effect: Float64Array,
  rho: Float64Array,
  spread: ReadonlyMap<number, Float64Array>,
  dim: number,
): void {
  const n = rho.length;
  const roots = new Map([...spread].map(([value, matrix]) => [value, inverseRoot(matrix, dim)]));
  const own = new Float64Array(dim);
  for (let s = 0; s < n; s++) {
    const root = roots.get(rho[s]);
    if (root === undefined) continue;
    for (let k = 0; k < dim; k++) own[k] = effect[k * n + s];
    for (let k = 0; k < dim; k++) {
      let sum = 0;
      for (let j = 0; j < dim; j++) sum += root[k * dim + j] * own[j];
      effect[k * n + s] = sum;
    }
  }
}

function inverseRoot(matrix: Float64Array, n: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, n);
  const root = new Float64Array(n * n);
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        root[i * n + j] += (vectors[k * n + i] * vectors[k * n + j]) / Math.sqrt(values[k]);
  return root;
}

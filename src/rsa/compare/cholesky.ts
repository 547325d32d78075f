/**
 * Lower Cholesky factor of a symmetric positive definite n × n matrix, in C order; undefined when it is not positive
 * definite.
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
      if (i !== j) factor[i * n + j] = sum / factor[j * n + j];
      else if (sum > n * Number.EPSILON * matrix[i * n + i]) factor[i * n + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return factor;
}

/** x of L x = b, L lower triangular. */
export function solveLower(factor: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = b.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i * n + k] * x[k];
    x[i] /= factor[i * n + i];
  }
  return x;
}

/** x of Lᵀ x = b. */
function solveUpper(factor: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = b.slice();
  for (let i = n - 1; i >= 0; i--) {
    x[i] /= factor[i * n + i];
    for (let k = 0; k < i; k++) x[k] -= factor[i * n + k] * x[i];
  }
  return x;
}

/** x of L Lᵀ x = b. */
export function solveCholesky(factor: Float64Array, b: Float64Array): Float64Array {
  return solveUpper(factor, solveLower(factor, b));
}

/** L⁻¹ S L⁻ᵀ of a symmetric S, in C order. */
export function whitenBoth(factor: Float64Array, symmetric: Float64Array, n: number): Float64Array {
  const half = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    // Rows are columns here: S is symmetric, so that each solution is stored as a row of (L⁻¹ S)ᵀ.
    half.set(solveLower(factor, symmetric.subarray(j * n, (j + 1) * n)), j * n);
  }
  const both = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) column[j] = half[j * n + i];
    both.set(solveLower(factor, column), i * n);
  }
  return both;
}

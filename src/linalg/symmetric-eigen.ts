import { tridiagonalize, type Reflection } from "./tridiagonal.ts";
import { tridiagonalEigen } from "./tridiagonal-eigen.ts";

/** Eigenvalues, and eigenvectors as rows, of a symmetric matrix; in no order. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** n × n in C order; row k belongs to value k. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix: reflections to tridiagonal form, then implicit QL steps (Golub &
 * Van Loan, 8.3). Values are exact relative to the largest. `NaN` must not occur.
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const { diagonal, beside, reflections } = tridiagonalize(matrix, n);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const values = tridiagonalEigen(diagonal, beside, vectors);
  for (let k = 0; k < n; k++) reflectBack(vectors.subarray(k * n, (k + 1) * n), reflections);
  return { values, vectors };
}

/** The values alone, many times faster. */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const { diagonal, beside } = tridiagonalize(matrix, n);
  return tridiagonalEigen(diagonal, beside);
}

/** An eigenvector of the tridiagonal matrix to that of the matrix itself: the last reflection is the first undone. */
function reflectBack(vector: Float64Array, reflections: readonly Reflection[]): void {
  for (let r = reflections.length - 1; r >= 0; r--) {
    const { v, half } = reflections[r];
    let along = 0;
    for (let i = 0; i < v.length; i++) along += v[i] * vector[i];
    along /= half;
    for (let i = 0; i < v.length; i++) vector[i] -= along * v[i];
  }
}
